"""Le chiffre d'en-tête : combien de résultats, et ce qu'ils valent quand on le sait."""

import pytest

from maillage.finaliser.chiffres import RESULTATS
from maillage.finaliser.models import NatureDeResultat, Resultat
from maillage.ingenieries.models import Ingenierie
from maillage.socle.quantites import Precision, Quantite
from tests.fabriques import mission

pytestmark = pytest.mark.django_db


def dire(dossier: Ingenierie) -> str:
    return RESULTATS.dire(Ingenierie.objects.annotate(**RESULTATS.expressions).get(pk=dossier.pk))


def resultat(dossier: Ingenierie, montant: Quantite | None = None, **champs: object) -> Resultat:
    note = Resultat(ingenierie=dossier, nature=NatureDeResultat.MECENAT, phrase="Un don", **champs)
    if montant:
        note.montant = montant
    note.save()
    return note


def test_sans_resultat_il_n_y_a_rien_encore() -> None:
    assert dire(mission()) == "rien encore"


def test_un_resultat_sans_argent_compte() -> None:
    dossier = mission()
    resultat(dossier)
    resultat(dossier, obtenu=False)
    assert dire(dossier) == "1"


def test_les_montants_s_ajoutent_et_restent_approches() -> None:
    dossier = mission()
    resultat(dossier, Quantite(30_000, unite="€"))
    resultat(dossier, Quantite(20_000, Precision.ENVIRON, "€"))
    assert dire(dossier).replace("\u202f", " ").replace("\u00a0", " ") == "2, dont environ 50 000 €"
