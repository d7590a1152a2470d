"""L'entonnoir comparé aux missions passées : seulement ce que l'on sait, et sur combien."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from maillage.confirmer.calculs.entonnoir import Declare, tracer
from maillage.confirmer.calculs.passages import comparer
from maillage.confirmer.models import Atteint, EffectifDeclare
from maillage.socle.quantites import Quantite
from tests.fabriques import mission

PALIERS = Atteint.choices


def entonnoir(**comptes: int) -> Any:
    return tracer(PALIERS, [], {c: Declare(Quantite(Decimal(n))) for c, n in comptes.items()})


def test_la_mediane_ne_porte_que_sur_ce_que_l_on_sait() -> None:
    nord = entonnoir(contactee=30, interessee=20, retenue=20)
    passees = [
        entonnoir(contactee=10, interessee=5),
        entonnoir(contactee=20, interessee=6),
        entonnoir(contactee=10, interessee=9),
        entonnoir(retenue=12),
    ]
    passages = {p.code: p for p in comparer(nord, passees)}
    assert passages["interessee"].ici == pytest.approx(2 / 3)
    assert (passages["interessee"].mediane, passages["interessee"].missions) == (0.5, 3)
    assert (passages["retenue"].ici, passages["retenue"].missions) == (1.0, 0)
    assert passages["contactee"].ici is None


def test_un_palier_vide_n_est_pas_un_palier_inconnu() -> None:
    """Vingt contactées, aucune intéressée : de zéro à zéro, il n'y a pas de part à connaître."""
    arretee = entonnoir(contactee=20, interessee=0, retenue=0)
    passages = {p.code: p for p in comparer(arretee, [])}
    assert (passages["interessee"].ici, passages["interessee"].personne_avant) == (0.0, False)
    assert (passages["retenue"].ici, passages["retenue"].personne_avant) == (None, True)
    ignoree = {p.code: p for p in comparer(entonnoir(retenue=0), [])}
    assert not ignoree["retenue"].personne_avant


@pytest.mark.django_db
def test_la_page_dit_qu_il_n_y_a_personne_au_palier_precedent(page: Any, dossier: Any) -> None:
    for palier, nombre in (("contactee", 30), ("interessee", 0), ("retenue", 0)):
        EffectifDeclare.objects.create(
            ingenierie=dossier, palier=palier, nombre_valeur=nombre, nombre_precision="exact"
        )
    reponse = page.get(reverse("confirmer:mobilisation", args=[dossier.pk]))
    parts = {m.code: part["ici"] for m, part in reponse.context["entonnoir"]["lignes"]}
    assert (parts["interessee"], parts["retenue"]) == (
        "0\u00a0%",
        "aucune au palier précédent",
    )
    assert "aucune au palier précédent" in reponse.content.decode()


@pytest.mark.django_db
def test_la_page_dessine_et_compare(page: Any, dossier: Any) -> None:
    passee = mission(dossier.operateur, etat="close")
    for cible, comptes in ((dossier, (30, 20)), (passee, (10, 5))):
        for palier, nombre in zip(("contactee", "interessee"), comptes, strict=True):
            EffectifDeclare.objects.create(
                ingenierie=cible, palier=palier, nombre_valeur=nombre, nombre_precision="exact"
            )
    corps = page.get(reverse("confirmer:mobilisation", args=[dossier.pk])).content.decode()
    assert "<svg" in corps
    assert "67\u00a0%" in corps
    assert "50\u00a0% sur 1\u00a0mission" in corps
