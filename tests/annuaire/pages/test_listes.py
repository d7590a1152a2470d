"""Les listes de l'annuaire : ce que chacun y trouve, les filtres, l'export, les requêtes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maillage.annuaire.models import Organisation
from maillage.socle.models import Utilisateur
from tests.annuaire.conftest import Lieux, lu
from tests.comptes import connecte
from tests.fabriques import organisation
from tests.requetes import requetes

pytestmark = pytest.mark.django_db
BALISES = "<script>alert(1)</script>"


def test_la_liste_montre_mes_structures_et_elles_seules(
    client_du_dla: Client, theatre: Organisation, fondation: Organisation, gironde: Organisation
) -> None:
    ailleurs = organisation(nom="Cirque du Port", operateur=gironde)

    page = lu(client_du_dla.get(reverse("annuaire:structures")))

    assert theatre.nom in page
    assert ailleurs.nom not in page
    assert fondation.nom not in page


def test_l_annuaire_montre_les_partenaires_et_pas_les_structures(
    client_du_dla: Client, theatre: Organisation, fondation: Organisation
) -> None:
    page = lu(client_du_dla.get(reverse("annuaire:annuaire")))

    assert fondation.nom in page
    assert theatre.nom not in page


@pytest.mark.parametrize(
    ("demande", "attendues"),
    [
        ({"q": "theatre pont"}, {"Théâtre du Pont Neuf"}),
        ({"secteur": "sport"}, {"Club d’Ornans"}),
        ({"territoire": "Besançon"}, {"Théâtre du Pont Neuf"}),
        ({"territoire": "Doubs"}, {"Théâtre du Pont Neuf", "Club d’Ornans", "Chorale"}),
        ({"suivies": "on"}, {"Théâtre du Pont Neuf"}),
        ({"q": "rien de tel"}, set()),
    ],
)
def test_les_filtres_se_lisent_dans_l_adresse(
    client_du_dla: Client,
    theatre: Organisation,
    lieux: Lieux,
    demande: dict[str, str],
    attendues: set[str],
) -> None:
    organisation(nom="Club d’Ornans", commune=lieux["25434"], secteur="sport")
    organisation(nom="Chorale", commune=lieux["25462"])

    reponse = client_du_dla.get(reverse("annuaire:structures"), demande)

    assert {o.nom for o in reponse.context["liste"].page} == attendues


def test_le_filtre_des_partenaires_par_nature(
    client_du_dla: Client, fondation: Organisation, doubs: Organisation
) -> None:
    reponse = client_du_dla.get(reverse("annuaire:annuaire"), {"nature": "financeur"})

    assert [o.nom for o in reponse.context["liste"].page] == [fondation.nom]


@pytest.mark.parametrize(
    "demande",
    [
        {"territoire": "Nulle-Part"},
        {"secteur": "astrologie"},
        {"tri": "motdepasse"},
        {"page": "mille"},
        {"q": BALISES},
    ],
)
def test_une_adresse_abimee_ne_casse_rien(
    client_du_dla: Client, theatre: Organisation, demande: dict[str, str]
) -> None:
    reponse = client_du_dla.get(reverse("annuaire:structures"), demande)

    assert reponse.status_code == 200
    assert BALISES not in lu(reponse)


def test_un_territoire_illisible_le_dit_et_montre_quand_meme(
    client_du_dla: Client, theatre: Organisation
) -> None:
    page = lu(client_du_dla.get(reverse("annuaire:structures"), {"territoire": "Nulle-Part"}))

    assert "n’est pas un lieu connu" in page
    assert theatre.nom in page


def test_une_liste_vide_dit_le_premier_geste(client_du_dla: Client) -> None:
    page = lu(client_du_dla.get(reverse("annuaire:structures")))

    assert "Ajouter une structure" in page
    assert "frappe à la porte" in page


def test_une_liste_filtree_a_vide_propose_de_tout_montrer(
    client_du_dla: Client, theatre: Organisation
) -> None:
    assert "Tout montrer" in lu(client_du_dla.get(reverse("annuaire:structures"), {"q": "zzz"}))


def test_qui_ne_voit_rien_sait_a_qui_s_adresser() -> None:
    seul = Utilisateur.objects.create_user("seul@exemple.fr", "x")

    page = lu(connecte(seul).get(reverse("annuaire:structures")))

    assert "Le DLA du département concerné" in page


def test_l_export_garde_les_filtres_et_desamorce_les_formules(
    client_du_dla: Client, theatre: Organisation, lieux: Lieux
) -> None:
    organisation(nom="=1+1", commune=lieux["25462"])
    adresse = reverse("annuaire:structures")

    tableau = client_du_dla.get(adresse, {"export": "csv", "territoire": "Pontarlier"})
    classeur = client_du_dla.get(adresse, {"export": "xlsx"})

    texte = tableau.getvalue().decode("utf-8-sig")
    assert "'=1+1" in texte
    assert theatre.nom not in texte
    assert classeur.getvalue().startswith(b"PK")


def test_les_listes_coutent_autant_a_10_qu_a_1000_lignes(
    client_du_dla: Client, doubs: Organisation, lieux: Lieux
) -> None:
    besancon = lieux["25056"]

    def peupler(nombre: int) -> None:
        Organisation.objects.bulk_create(
            Organisation(nom=f"N{i}", natures=natures, commune=besancon, operateur=doubs)
            for i in range(nombre)
            for natures in (["structure"], ["reseau"])
        )

    peupler(10)
    a_dix = [requetes(client_du_dla, reverse(f"annuaire:{n}")) for n in ("structures", "annuaire")]
    peupler(990)
    a_mille = [
        requetes(client_du_dla, reverse(f"annuaire:{n}")) for n in ("structures", "annuaire")
    ]

    assert a_dix == a_mille
    assert max(a_mille) <= 12


def test_les_propositions_ne_montrent_que_ce_que_je_vois(
    client_du_dla: Client, theatre: Organisation, gironde: Organisation
) -> None:
    organisation(nom="Théâtre du Port", operateur=gironde)
    adresse = reverse("annuaire:propositions")

    reponse = client_du_dla.get(adresse, {"champ": "o", "o": "theatre", "natures": "structure"})

    assert "Théâtre du Pont Neuf (Besançon)" in lu(reponse)
    assert "Port" not in lu(reponse)
    assert lu(client_du_dla.get(adresse, {"champ": "o", "o": "t"})).strip() == ""
