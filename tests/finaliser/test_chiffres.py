"""Le chiffre d'en-tête : combien de résultats, sans les additionner."""

import pytest

from maillage.finaliser.chiffres import RESULTATS
from maillage.finaliser.models import NatureDeResultat, Resultat
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.socle.quantites import Precision, Quantite
from tests.fabriques import mission

pytestmark = pytest.mark.django_db


def dire(dossier: Ingenierie) -> str:
    return RESULTATS.dire(Ingenierie.objects.annotate(**RESULTATS.expressions).get(pk=dossier.pk))


def resultat(dossier: Ingenierie, montant: Quantite | None = None, **champs: object) -> Resultat:
    voulus = {"nature": NatureDeResultat.MECENAT, "phrase": "Un don"} | champs
    note = Resultat(ingenierie=dossier, **voulus)
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


def test_un_mecenat_et_un_contrat_ne_s_additionnent_pas() -> None:
    """Règle 8 : la fiche dit chaque montant ; l'en-tête dit combien de résultats."""
    dossier = mission()
    resultat(dossier, Quantite(30_000, unite="€"))
    resultat(dossier, Quantite(20_000, Precision.ENVIRON, "€"), nature="prestation")
    assert dire(dossier) == "2"


def test_close_sans_resultat_note_ils_restent_inconnus() -> None:
    assert dire(mission(etat=EtatIngenierie.CLOSE)) == "inconnu"
