"""Ce qui se coche et ce qui s'écrit se comparent, et la carte dit ce que la structure a coché."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maillage.confirmer.groupes.bilan import Bilan
from maillage.confirmer.groupes.calculs.reglages import par_defaut
from maillage.confirmer.groupes.lecture import demi_journees_de, ouvrir_l_atelier
from maillage.confirmer.groupes.presentation import plateau
from maillage.confirmer.models import Creneau, ScenarioDeGroupes
from maillage.confirmer.models.campagne import Moment


@pytest.mark.parametrize(
    ("creneau", "demi_journees"),
    [
        (Creneau(jour_semaine=2, moment=Moment.MATIN), {"mardi matin"}),
        (Creneau(jour_semaine=4, moment=Moment.SOIREE), {"jeudi soir"}),
        (Creneau(jour_semaine=2, moment=Moment.JOURNEE), {"mardi matin", "mardi après-midi"}),
        (Creneau(jour=date(2026, 12, 1), moment=Moment.MATIN), {"mardi 1 décembre 2026, matin"}),
    ],
)
def test_un_creneau_se_dit_comme_un_texte(creneau: Creneau, demi_journees: set[str]) -> None:
    assert demi_journees_de(creneau) == demi_journees


@pytest.mark.django_db
def test_qui_coche_la_journee_est_libre_quand_qui_l_ecrit(dossier, a_grouper) -> None:
    ecrit, coche, aucun = a_grouper(3)
    journee = Creneau.objects.create(ingenierie=dossier, jour_semaine=2, moment=Moment.JOURNEE)
    for participation in (coche, aucun):
        participation.disponibilites = ""
    coche.creneaux.set([journee])
    aucun.aucun_creneau = True
    coche.save()
    aucun.save()
    atelier = ouvrir_l_atelier(dossier)
    lues = {entree.cle: entree.creneaux for entree in atelier.entrees}
    assert lues[str(coche.pk)] == lues[str(ecrit.pk)] == {"mardi matin", "mardi après-midi"}
    faits = _faits(dossier, atelier)
    assert faits[str(ecrit.pk)] == "le mardi"
    assert faits[str(coche.pk)] == "mardi matin et mardi après-midi"
    assert faits[str(aucun.pk)] == "aucun créneau ne lui convient"


def _faits(dossier: Any, atelier: Any) -> dict[str, str]:
    """Ce que chaque carte dit des disponibilités, toutes dehors."""
    places: dict[str, list[int]] = {entree.cle: [] for entree in atelier.entrees}
    reglages = par_defaut(len(places)).en_donnees()
    scenario = ScenarioDeGroupes(ingenierie=dossier, nom="A", reglages=reglages, places=places)
    cartes = plateau(Bilan(atelier, scenario), modifier=False)["dehors"]
    return {carte["cle"]: carte["faits"][2] for carte in cartes}
