"""Chercher au registre : ce que l'on retrouve, dans quel ordre, en combien de requêtes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.annuaire.models import EntreeDuRegistre, MotDuVocabulaire, Organisation
from maillage.annuaire.recherche.index import reconstruire
from maillage.annuaire.recherche.moteur import dans_le_registre
from maillage.annuaire.recherche.mots import lire
from maillage.annuaire.recherche.vocabulaire import comprendre, filtre_des_fiches
from tests.annuaire.conftest import Lieux
from tests.annuaire.recherche.fabriques import association, unite
from tests.fabriques import organisation

pytestmark = pytest.mark.django_db


def noms(texte: str, **options: object) -> list[str]:
    return [entree.nom for entree in dans_le_registre(texte, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "texte",
    [
        "théâtre du pont neuf",
        "asso THEATRE neuf",
        "theatre besancon neu",
        "theatres ponts neufs",
        "thaetre pont neuf",
        "theatr pont neuf ",
        "theaatre pont neuf",
        "thiatre pont neuf",
        "t p n",
        "tpn",
        "W251000123",
        "w251 000 123",
        "w2510001",
        "552 100 554",
        "552 100 554 00013",
        "spectacle educatif",
    ],
)
def test_on_retrouve_comme_on_tape(registre: None, texte: str) -> None:
    assert noms(texte)[0] == "THEATRE DU PONT NEUF"


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("cheval", "LES AMIS DES CHEVAUX"),
        ("chorale st michel", "CHORALE SAINT-MICHEL"),
        ("chorale bordeaux", "CHORALE SAINT-MICHEL"),
        ("boite outils", "LA BOITE A OUTILS"),
        ("356000000", "LA BOITE A OUTILS"),
        ("chorale michel zzz", "CHORALE SAINT-MICHEL"),
    ],
)
def test_pluriels_abreviations_communes_et_mot_en_cours(
    registre: None, texte: str, nom: str
) -> None:
    assert noms(texte) == [nom]


@pytest.mark.parametrize("texte", ["", " ! ", "asso", "zzzzzz", "theatre zzzzzz ", "W999999999"])
def test_rien_ne_se_retrouve(registre: None, texte: str) -> None:
    assert noms(texte) == []


def test_mon_perimetre_puis_ce_qui_est_en_activite(registre: None, lieux: Lieux) -> None:
    assert noms("theatre pont") == ["THEATRE DU PONT NEUF", "ASSOCIATION THEATRE DU PONT"]

    ailleurs = noms("theatre pont", perimetre=[lieux["d33"].pk])
    assert ailleurs == ["ASSOCIATION THEATRE DU PONT", "THEATRE DU PONT NEUF"]


def test_le_nom_meme_passe_avant_mon_perimetre(registre: None, lieux: Lieux) -> None:
    trouvees = noms("association theatre du pont", perimetre=[lieux["d25"].pk])

    assert trouvees[0] == "ASSOCIATION THEATRE DU PONT"


def test_le_nom_entier_suivi_de_sa_commune_passe_avant_un_nom_plus_long(lieux: Lieux) -> None:
    association("W251000201", "CHORALE DE BESANCON LES CHAPRAIS", lieux["25056"])
    association("W251000202", "CHORALE DE BESANCON", lieux["25056"])
    reconstruire()

    assert noms("chorale de besançon besançon")[0] == "CHORALE DE BESANCON"
    assert noms("chorael de besançon")[0] == "CHORALE DE BESANCON"


def test_ce_que_l_objet_seul_dit_vient_apres(registre: None) -> None:
    trouvees = dans_le_registre("artistique")

    assert (trouvees.entrees, [e.nom for e in trouvees.par_objet]) == ([], ["THEATRE DU PONT NEUF"])


def test_une_entree_dit_ce_qui_se_deduit(registre: None) -> None:
    theatre = EntreeDuRegistre.objects.get(numero="W251000123")
    boite = EntreeDuRegistre.objects.get(numero="356000000")

    assert (theatre.secteur, theatre.branche) == ("culture", "spectacle_vivant")
    assert (theatre.forme, theatre.creee_en) == ("Association déclarée", 1998)
    assert (theatre.source, boite.source) == ("RNA W251000123", "SIREN 356000000")
    assert (boite.secteur, boite.lieu) == ("culture", "Bordeaux")


def test_une_unite_du_rna_n_y_est_qu_une_fois(registre: None, lieux: Lieux) -> None:
    unite("552100554", "THEATRE DU PONT NEUF", lieux["25056"], rna="W251000123")
    unite("732829320", "AMIS", lieux["25056"], rna="W251000124", tranche_effectifs="11")
    reconstruire()

    assert EntreeDuRegistre.objects.count() == 5
    amis = EntreeDuRegistre.objects.get(numero="W251000124")
    assert (amis.siren, amis.tranche_effectifs) == ("732829320", "11")


def test_reconstruire_suit_le_registre_et_garde_ses_index(registre: None, lieux: Lieux) -> None:
    avant = _index()
    association("W251000999", "FANFARE NEUVE", lieux["25056"])
    dits: list[tuple[str, int, int]] = []
    reconstruire(lambda *etape: dits.append(etape))

    assert noms("fanfare") == ["FANFARE NEUVE"]
    assert _index() == avant
    assert [(rang, total) for _, rang, total in dits] == [(0, 3), (1, 3), (2, 3)]


def test_peu_de_requetes_quel_que_soit_le_registre(registre: None, lieux: Lieux) -> None:
    for rang in range(300):
        association(f"W25200{rang:04d}", f"CLUB NUMERO {rang}", lieux["25056"])
    reconstruire()
    perimetre = [lieux["d25"].pk]

    for texte, au_plus in (("club", 2), ("clu numero", 2), ("thaetre pont", 4), ("zzzzzz", 2)):
        with CaptureQueriesContext(connection) as requetes:
            trouvees = dans_le_registre(texte, perimetre=perimetre)
        assert len(requetes) <= au_plus, texte
        assert len(trouvees.entrees) <= 20
    assert dans_le_registre("club").davantage


def test_une_fiche_neuve_se_retrouve_aussitot_faute_comprise(lieux: Lieux) -> None:
    fiche = organisation(nom="Ressourcerie Zanzibar", commune=lieux["25056"], rna="W251000777")

    for texte in ("resourcerie", "zanzibra besancon", "W2510007", "ressourcerie zan"):
        assert list(_fiches(texte)) == [fiche], texte

    fiche.nom = "Recyclerie Tombouctou"
    fiche.save()
    assert list(_fiches("zanzibar")) == []
    assert list(_fiches("tombuctou")) == [fiche]


def test_des_fiches_en_lot_se_retrouvent(lieux: Lieux) -> None:
    Organisation.objects.bulk_create(
        [Organisation(nom=f"Lot {mot}", natures=["structure"]) for mot in ("quartz", "mica")]
    )

    assert [o.nom for o in _fiches("lot micca ")] == ["Lot mica"]
    assert MotDuVocabulaire.objects.get(pk="lot").frequence == 2


def _fiches(texte: str) -> list[Organisation]:
    comprise = comprendre(lire(texte))
    return list(Organisation.objects.filter(filtre_des_fiches(comprise, indulgent=True)))


def _index() -> list[tuple[str, str]]:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN"
            " ('annuaire_entreeduregistre', 'annuaire_motduvocabulaire') ORDER BY 1"
        )
        return curseur.fetchall()
