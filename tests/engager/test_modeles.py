"""Les contraintes de la base, et la phrase qui dit comment réparer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from maillage.engager.models import (
    Avis,
    Financement,
    LigneDeBudget,
    Objectif,
    Partenariat,
    ProjetDEvaluation,
    ValidationDuPorteur,
)
from maillage.ingenieries.models import Ingenierie
from maillage.socle.quantites import Quantite
from tests.engager.monde import euros, financeur, partenaire
from tests.fabriques import mission

pytestmark = pytest.mark.django_db


def pourcent(valeur: int) -> Quantite:
    return Quantite(euros(valeur).valeur, euros(valeur).precision, "%")


def fautifs(dossier: Ingenierie) -> dict[str, tuple[Any, str]]:
    region = financeur("Région")
    commun: dict[str, Any] = {"ingenierie": dossier}
    ligne = LigneDeBudget(**commun, nature="conseil", libelle="Conseil")
    ligne.jours, ligne.cout_jour, ligne.montant = euros(5), euros(900), euros(4500)
    deux = Financement(**commun, financeur=region)
    deux.montant, deux.part = euros(10), pourcent(10)
    trop = Financement(**commun, financeur=region)
    trop.part = pourcent(140)
    comite = {**commun, "operateur": dossier.operateur}
    return {
        "objectif vide": (Objectif(**commun, niveau="operationnel"), "Choisissez un objectif"),
        "validation sans date": (
            ValidationDuPorteur(**commun, etat="validee"),
            "Donnez la date",
        ),
        "avis absent sans raison": (Avis(**comite, mode="absent"), "dites pourquoi"),
        "avis absent mais rendu": (
            Avis(**comite, mode="absent", sens="favorable", date=date(2026, 1, 1)),
            "laissez l’avis vide",
        ),
        "avis sans date": (Avis(**comite, sens="favorable"), "porte sa date"),
        "ligne comptée deux fois": (ligne, "effacez l’un des trois"),
        "montant et part": (deux, "pas les deux"),
        "part de 140 %": (trop, "cent pour cent"),
    }


@pytest.mark.parametrize(
    "cas",
    [
        "objectif vide",
        "validation sans date",
        "avis absent sans raison",
        "avis absent mais rendu",
        "avis sans date",
        "ligne comptée deux fois",
        "montant et part",
        "part de 140 %",
    ],
)
def test_la_base_refuse_et_dit_comment_reparer(cas: str) -> None:
    objet, phrase = fautifs(mission())[cas]
    with pytest.raises(ValidationError, match=phrase):
        objet.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        objet.save()


def test_une_organisation_n_est_partenaire_qu_une_fois() -> None:
    premier = partenaire(mission())
    double = Partenariat(
        ingenierie=premier.ingenierie, organisation=premier.organisation, famille="financeurs"
    )
    with pytest.raises(ValidationError, match="déjà partenaire"):
        double.full_clean()


def test_un_objectif_de_la_methode_ne_se_retient_qu_une_fois() -> None:
    dossier = mission()
    Objectif.objects.create(ingenierie=dossier, niveau="operationnel", code="innovation")
    double = Objectif(ingenierie=dossier, niveau="operationnel", code="innovation")
    with pytest.raises(ValidationError, match="déjà retenu"):
        double.full_clean()


def test_le_cout_vient_des_jours_sinon_du_montant() -> None:
    ligne = LigneDeBudget(nature="conseil", libelle="Conseil")
    assert not ligne.cout.connue
    ligne.montant = euros(4000)
    assert ligne.cout == euros(4000)
    ligne.jours, ligne.cout_jour = Quantite(euros(5).valeur, euros(5).precision, "jour"), euros(900)
    assert ligne.cout == euros(4500)


def test_un_long_projet_d_evaluation_se_dit_court() -> None:
    assert len(str(ProjetDEvaluation(objet="x" * 300))) == 80
    assert str(ProjetDEvaluation(objet="La démarche")) == "La démarche"
