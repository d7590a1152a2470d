"""Les pages : ce que chacun y trouve, les mauvaises saisies, le nombre de requêtes."""

from __future__ import annotations

import re
import threading
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire import operations
from maillage.annuaire.models import (
    ChiffresAnnuels,
    Nature,
    Organisation,
    Personne,
    Rattachement,
    Role,
)
from maillage.annuaire.slots import ACCOMPAGNEMENTS, Accompagnement
from maillage.socle.models import Acte, Utilisateur
from maillage.socle.quantites import Precision, Quantite
from tests.annuaire.conftest import Lieux, relu, saisie
from tests.comptes import connecte
from tests.fabriques import agent, organisation

pytestmark = pytest.mark.django_db
BALISES = "<script>alert(1)</script>"


def lu(reponse: Any) -> str:
    """Le texte de la page, espaces ordinaires."""
    return re.sub(r"[\u00a0\u202f]", " ", reponse.content.decode())


def compter(client: Client, adresse: str) -> int:
    client.get(adresse)
    with CaptureQueriesContext(
        connection,
    ) as requetes:
        assert client.get(adresse).status_code == 200
    return len(requetes)


# --- listes ----------------------------------------------------------------------------


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
    a_dix = [compter(client_du_dla, reverse(f"annuaire:{n}")) for n in ("structures", "annuaire")]
    peupler(990)
    a_mille = [compter(client_du_dla, reverse(f"annuaire:{n}")) for n in ("structures", "annuaire")]

    assert a_dix == a_mille
    assert max(a_mille) <= 12


# --- la fiche --------------------------------------------------------------------------


def test_la_fiche_dit_pourquoi_on_la_voit(client_du_dla: Client, theatre: Organisation) -> None:
    page = lu(client_du_dla.get(theatre.get_absolute_url()))

    assert "Pourquoi je vois ceci" in page
    assert "Elle est suivie par votre DLA" in page
    assert "Besançon (25056)" in page


def test_hors_perimetre_la_fiche_n_existe_pas(
    theatre: Organisation, charge_ailleurs: Utilisateur
) -> None:
    client = connecte(charge_ailleurs)
    for nom in ("fiche", "modifier", "chiffres_ajouter", "personnes"):
        assert client.get(reverse(f"annuaire:{nom}", args=[theatre.pk])).status_code == 404
    assert client.get(reverse("annuaire:fiche", args=[uuid4()])).status_code == 404


def test_la_fiche_d_une_partenaire_cache_le_dossier_de_la_structure(
    doubs: Organisation, charge_ailleurs: Utilisateur
) -> None:
    double = organisation(natures=["structure", "reseau"], operateur=doubs)
    ChiffresAnnuels.objects.create(organisation=double, annee=2010)

    page = lu(connecte(charge_ailleurs).get(double.get_absolute_url()))

    assert "ne vous est pas ouvert" in page
    assert "2010" not in page


def test_les_chiffres_disent_l_inconnu_et_l_approche(
    client_du_dla: Client, theatre: Organisation
) -> None:
    for annee, nom in ((2010, "budget"), (2011, "ressources_marchandes")):
        chiffres = ChiffresAnnuels(organisation=theatre, annee=annee)
        setattr(chiffres, nom, Quantite(Decimal(43_200), Precision.ENVIRON, "€"))
        chiffres.save()

    page = lu(client_du_dla.get(theatre.get_absolute_url()))

    assert "environ 43 200 €" in page
    assert page.count(">inconnu</td>") == 2
    assert "Jamais dit : Non marchandes et Non monétaires." in page


def test_la_fiche_montre_les_accompagnements_des_pieces_du_bas(
    client_du_dla: Client, theatre: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missions(_organisation: Organisation, _qui: Utilisateur) -> list[Accompagnement]:
        return [
            Accompagnement("Ancienne", "/missions/1/", "accompagnée", 2009),
            Accompagnement("Récente", "/missions/2/", "retenue", 2026),
        ]

    monkeypatch.setattr(ACCOMPAGNEMENTS, "_fournisseurs", {"essai": missions})

    page = lu(client_du_dla.get(theatre.get_absolute_url()))

    assert page.index("Récente") < page.index("Ancienne")
    assert "/missions/2/" in page


def test_une_structure_archivee_ou_au_nom_d_emprunt_le_dit(
    client_du_dla: Client, theatre: Organisation
) -> None:
    Organisation.objects.update(archive=True, nom_publie=False)

    page = lu(client_du_dla.get(theatre.get_absolute_url()))

    assert "est archivée" in page
    assert "nom est d’emprunt" in page


def test_la_fiche_coute_autant_avec_beaucoup_de_lignes(
    client_du_dla: Client, theatre: Organisation
) -> None:
    def peupler(debut: int, fin: int) -> None:
        for rang in range(debut, fin):
            ChiffresAnnuels.objects.create(organisation=theatre, annee=1950 + rang)
            Rattachement.objects.create(
                personne=Personne.objects.create(nom=f"P{rang}"),
                organisation=theatre,
                role=Role.STRUCTURE,
            )

    pages = [reverse(f"annuaire:{n}", args=[theatre.pk]) for n in ("fiche", "personnes")]
    peupler(0, 2)
    peu = [compter(client_du_dla, adresse) for adresse in pages]
    peupler(2, 40)
    beaucoup = [compter(client_du_dla, adresse) for adresse in pages]

    assert peu == beaucoup
    assert max(beaucoup) <= 12


# --- ajouter et modifier ---------------------------------------------------------------


def ajouter(client: Client, genre: str = "structure", **champs: Any) -> Any:
    return client.post(reverse("annuaire:ajouter", args=[genre]), saisie(**champs))


def test_une_structure_sans_lieu_ni_dla_ne_serait_vue_de_personne(client_du_dla: Client) -> None:
    assert "personne ne la verrait" in lu(ajouter(client_du_dla))


def test_une_structure_d_ailleurs_s_ajoute_sans_s_ouvrir(
    client_du_dla: Client, lieux: Lieux
) -> None:
    reponse = client_du_dla.post(
        reverse("annuaire:ajouter", args=["structure"]), saisie(commune="Bordeaux"), follow=True
    )

    assert reponse.redirect_chain[0][0] == reverse("annuaire:structures")
    assert "hors de votre périmètre" in lu(reponse)
    assert Organisation.objects.get(nom="Atelier vélo").commune == lieux["33063"]


def test_le_nom_suffit_pour_ajouter_une_structure(
    client_du_dla: Client, charge: Utilisateur, doubs: Organisation
) -> None:
    reponse = ajouter(client_du_dla, operateur=str(doubs.pk))

    creee = Organisation.objects.get(nom="Atelier vélo")
    assert reponse.status_code == 302
    assert reponse["Location"] == creee.get_absolute_url()
    assert creee.operateur == doubs
    assert creee.est_structure


def test_le_formulaire_propose_mon_dla(client_du_dla: Client, doubs: Organisation) -> None:
    formulaire = client_du_dla.get(reverse("annuaire:ajouter", args=["structure"])).context[
        "formulaire"
    ]

    assert formulaire["operateur"].value() == doubs.pk
    assert list(formulaire.fields["operateur"].queryset) == [doubs]


def test_une_fiche_complete(client_du_dla: Client, lieux: Lieux, doubs: Organisation) -> None:
    ajouter(
        client_du_dla,
        commune="Ornans",
        territoires="Doubs ; Jura",
        branche="reemploi",
        siren="552 100 554",
        siret="552 100 554 00013",
        rna="w251000123",
        agrements=["siae"],
        rattachee_a="DLA du Doubs",
        site="exemple.fr",
        creee_en="1987",
    )

    creee = Organisation.objects.get(nom="Atelier vélo")
    assert creee.commune == lieux["25434"]
    assert set(creee.territoires.all()) == {lieux["d25"], lieux["d39"]}
    assert (creee.secteur, creee.branche) == ("environnement", "reemploi")
    assert (creee.siren, creee.siret, creee.rna) == ("552100554", "55210055400013", "W251000123")
    assert creee.rattachee_a == doubs
    assert creee.site == "https://exemple.fr"


def test_tout_de_travers_rend_la_saisie_et_dit_comment_reparer(client_du_dla: Client) -> None:
    reponse = ajouter(
        client_du_dla,
        nom="",
        commune="Nulle-Part",
        rna="12",
        siren="1",
        siret="1,2E+13",
        secteur="culture",
        branche="reemploi",
        courriel="pas une adresse",
        site="http://",
        creee_en="-4",
        rattachee_a="Personne",
        operateur="pas-un-uuid",
        categorie_juridique="0000",
        natures=["sorcellerie"],
        territoires="Ailleurs",
    )

    page = lu(reponse)
    assert reponse.status_code == 422
    assert "Nulle-Part" in page
    assert "pas une adresse" in page
    assert "tableur" in page
    assert "changez l’un des deux" in page
    assert "ajoutez cette organisation</a>" in page
    assert not Organisation.objects.filter(rna="12").exists()


def test_du_html_dans_chaque_champ_reste_du_texte(client_du_dla: Client) -> None:
    champs = ("nom", "sigle", "objet", "telephone", "commune", "rattachee_a")
    textes = dict.fromkeys(champs, BALISES)

    refuse = ajouter(client_du_dla, **textes)
    accepte = ajouter(client_du_dla, nom=BALISES, sigle="<b>", objet=BALISES, commune="Ornans")
    fiche = client_du_dla.get(accepte["Location"])

    assert refuse.status_code == 422
    assert BALISES not in refuse.content.decode()
    assert BALISES not in fiche.content.decode()
    assert "&lt;script&gt;" in fiche.content.decode()


def test_un_caractere_nul_ne_casse_rien(client_du_dla: Client) -> None:
    assert ajouter(client_du_dla, nom="a\x00b", commune="\x00").status_code == 422


def test_un_doublon_probable_se_confirme(client_du_dla: Client, theatre: Organisation) -> None:
    presque = {"nom": "theatre du Pont-Neuf", "commune": "Besançon"}

    alerte = ajouter(client_du_dla, **presque)
    confirme = ajouter(client_du_dla, **presque, malgre_doublon="on")

    assert alerte.status_code == 422
    assert theatre.get_absolute_url() in lu(alerte)
    assert "peut-être déjà" in lu(alerte)
    assert confirme.status_code == 302
    assert Organisation.objects.structures().count() == 2


def test_un_numero_deja_porte_est_refuse_avec_le_lien(
    client_du_dla: Client, theatre: Organisation
) -> None:
    Organisation.objects.filter(pk=theatre.pk).update(siret="55210055400013")

    reponse = ajouter(client_du_dla, siret="55210055400013", malgre_doublon="on")

    assert reponse.status_code == 422
    assert "porte déjà ce SIRET" in lu(reponse)
    assert theatre.get_absolute_url() in lu(reponse)


def test_un_numero_pris_hors_de_ma_vue_ne_dit_pas_qui(
    theatre: Organisation, charge_ailleurs: Utilisateur
) -> None:
    Organisation.objects.filter(pk=theatre.pk).update(rna="W251000123")

    page = lu(ajouter(connecte(charge_ailleurs), rna="W251000123"))

    assert "hors de votre périmètre" in page
    assert "DLA du Doubs" in page
    assert theatre.nom not in page


def test_ajouter_un_partenaire_demande_sa_nature(client_du_dla: Client) -> None:
    sans = ajouter(client_du_dla, "partenaire", natures=[])
    avec = ajouter(client_du_dla, "partenaire", natures=["financeur", "reseau"])

    assert sans.status_code == 422
    assert avec.status_code == 302
    assert Organisation.objects.get(nom="Atelier vélo").natures == ["financeur", "reseau"]


def test_nul_ne_se_donne_une_nature_du_dla(
    client_du_dla: Client, administrateur: Utilisateur
) -> None:
    champs: dict[str, Any] = {"natures": ["operateur"], "territoires": "France"}

    assert ajouter(client_du_dla, "partenaire", **champs).status_code == 422
    assert ajouter(connecte(administrateur), "partenaire", **champs).status_code == 302


def test_une_responsable_n_agrandit_pas_son_territoire(
    responsable: Utilisateur, doubs: Organisation, lieux: Lieux
) -> None:
    reponse = connecte(responsable).post(
        reverse("annuaire:modifier", args=[doubs.pk]),
        saisie(nom="DLA 25", natures=["national"], territoires="France", version="1"),
    )

    doubs.refresh_from_db()
    assert reponse.status_code == 302
    assert (doubs.nom, doubs.natures) == ("DLA 25", [Nature.OPERATEUR])
    assert list(doubs.territoires.all()) == [lieux["d25"]]


def test_qui_ne_peut_pas_ajouter_sait_pourquoi(theatre: Organisation) -> None:
    reponse = connecte(agent(theatre, Role.STRUCTURE)).get(
        reverse("annuaire:ajouter", args=["structure"])
    )

    assert reponse.status_code == 403
    assert "revient aux opérateurs" in lu(reponse)


def test_un_genre_inconnu_n_existe_pas(client_du_dla: Client) -> None:
    assert client_du_dla.get(reverse("annuaire:ajouter", args=["fantome"])).status_code == 404


def modifier(client: Client, fiche: Organisation, **champs: Any) -> Any:
    adresse = reverse("annuaire:modifier", args=[fiche.pk])
    return client.post(adresse, saisie(nom=fiche.nom, **{"commune": "Besançon", **champs}))


def test_modifier_la_fiche(client_du_dla: Client, theatre: Organisation, lieux: Lieux) -> None:
    reponse = modifier(client_du_dla, theatre, commune="25462", archive="on", version="1")

    theatre.refresh_from_db()
    assert reponse["Location"] == theatre.get_absolute_url()
    assert (theatre.commune, theatre.archive, theatre.version) == (lieux["25462"], True, 2)


def test_deux_personnes_sur_la_meme_fiche(client_du_dla: Client, theatre: Organisation) -> None:
    modifier(client_du_dla, theatre, objet="Ce que dit l'une", version="1")

    conflit = modifier(client_du_dla, theatre, objet="Ce que dit l'autre", version="1")
    page = lu(conflit)
    retenu = modifier(client_du_dla, theatre, objet="Ce que dit l'autre", version="2")

    assert conflit.status_code == 422
    assert "Ce que dit l&#x27;autre" in page
    assert "Ce que dit l&#x27;une" in page
    assert 'name="version" value="2"' in page
    assert retenu.status_code == 302


def test_modifier_ne_cherche_pas_de_doublon(
    client_du_dla: Client, theatre: Organisation, lieux: Lieux
) -> None:
    organisation(nom=theatre.nom, commune=lieux["25056"])

    assert modifier(client_du_dla, theatre, commune="Besançon", version="1").status_code == 302


# --- chiffres --------------------------------------------------------------------------


def chiffrer(client: Client, objet: Organisation, **champs: Any) -> Any:
    adresse = reverse("annuaire:chiffres_ajouter", args=[objet.pk])
    return client.post(adresse, {"annee": "2010", **champs})


def test_saisir_ce_que_l_on_sait_comme_on_le_sait(
    client_du_dla: Client, theatre: Organisation
) -> None:
    reponse = chiffrer(client_du_dla, theatre, budget="environ 43 200", emplois="3", etp="2,5")

    ligne = theatre.chiffres.get()
    assert reponse.status_code == 302
    assert str(ligne.budget).replace("\u202f", " ").startswith("environ 43 200")
    assert not ligne.benevoles.connue
    assert ligne.etp_valeur == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("annee", "mille"),
        ("annee", "3010"),
        ("budget", "beaucoup"),
        ("budget", "-5"),
        ("emplois", "2,5"),
        ("adherents", "9" * 40),
    ],
)
def test_un_chiffre_mal_ecrit_se_repare(
    client_du_dla: Client, theatre: Organisation, champ: str, valeur: str
) -> None:
    reponse = chiffrer(client_du_dla, theatre, **{champ: valeur})

    assert reponse.status_code == 422
    assert champ in reponse.context["formulaire"].errors
    assert valeur in reponse.content.decode()
    assert not theatre.chiffres.exists()


def test_une_annee_deja_saisie_le_dit(client_du_dla: Client, theatre: Organisation) -> None:
    chiffrer(client_du_dla, theatre)

    assert "déjà saisis" in lu(chiffrer(client_du_dla, theatre))


def test_corriger_une_annee_et_son_conflit(client_du_dla: Client, theatre: Organisation) -> None:
    chiffrer(client_du_dla, theatre, budget="10")
    adresse = reverse("annuaire:chiffres_modifier", args=[theatre.pk, 2010])

    assert "10" in lu(client_du_dla.get(adresse))
    corrige = client_du_dla.post(adresse, {"annee": "2010", "budget": "20", "version": "1"})
    conflit = client_du_dla.post(adresse, {"annee": "2010", "budget": "30", "version": "1"})

    assert corrige.status_code == 302
    assert conflit.status_code == 422
    assert theatre.chiffres.get().budget_valeur == 20


def test_une_annee_absente_n_existe_pas(client_du_dla: Client, theatre: Organisation) -> None:
    adresse = reverse("annuaire:chiffres_modifier", args=[theatre.pk, 1999])

    assert client_du_dla.get(adresse).status_code == 404


# --- personnes -------------------------------------------------------------------------


def inviter(client: Client, objet: Organisation, **champs: Any) -> Any:
    adresse = reverse("annuaire:personnes", args=[objet.pk])
    invite = {"nom": "Morel", "prenom": "Léa", "courriel": "lea@exemple.fr", **champs}
    return client.post(adresse, invite)


def test_une_responsable_invite_une_collegue(responsable: Utilisateur, doubs: Organisation) -> None:
    reponse = inviter(connecte(responsable), doubs, role="charge_accompagnement")

    assert reponse.status_code == 302
    compte = Utilisateur.objects.get(courriel="lea@exemple.fr")
    assert Organisation.objects.visibles_par(compte).filter(pk=doubs.pk).exists()
    (courriel,) = mail.outbox
    assert courriel.to == ["lea@exemple.fr"]
    assert courriel.subject == "[Maillage] Choisir votre mot de passe"
    assert courriel.body.startswith("Bonjour,\n\nSuivez ce lien pour choisir votre mot de passe")
    assert "/compte/password/reset/key/" in courriel.body


def test_qui_a_deja_un_mot_de_passe_ne_recoit_pas_de_courriel(
    responsable: Utilisateur, doubs: Organisation
) -> None:
    Utilisateur.objects.create_user("lea@exemple.fr", "le-sien-est-long")

    inviter(connecte(responsable), doubs, role="charge_accompagnement")

    assert mail.outbox == []
    assert Rattachement.objects.filter(personne__courriel="lea@exemple.fr").exists()


def test_une_personne_sans_adresse_est_seulement_connue(
    client_du_dla: Client, theatre: Organisation
) -> None:
    inviter(client_du_dla, theatre, courriel="", role="structure")

    assert Personne.objects.get(nom="Morel").compte is None
    assert "Léa Morel" in lu(client_du_dla.get(theatre.get_absolute_url()))


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"role": "administrateur"}, "n’en fait pas partie"),
        ({"role": "charge_accompagnement", "territoires": "Jura"}, "hors du territoire"),
        ({"role": "charge_accompagnement", "territoires": "Zzz"}, "pas un lieu connu"),
        ({"role": "charge_accompagnement", "jusqua": "2001-01-01"}, "précède son début"),
        ({"role": "charge_accompagnement", "courriel": "non"}, "adresse"),
        ({"role": ""}, "obligatoire"),
    ],
)
def test_une_invitation_mal_remplie_n_ouvre_rien(
    responsable: Utilisateur, doubs: Organisation, champs: dict[str, str], dit: str
) -> None:
    reponse = inviter(connecte(responsable), doubs, **champs)

    assert reponse.status_code == 422
    assert dit in lu(reponse)
    assert "Morel" in lu(reponse)
    assert not Personne.objects.filter(nom="Morel").exists()
    assert mail.outbox == []


def test_un_role_deja_tenu_le_dit(responsable: Utilisateur, doubs: Organisation) -> None:
    client = connecte(responsable)
    inviter(client, doubs, role="charge_accompagnement")

    assert "tient déjà ce rôle" in lu(inviter(client, doubs, role="charge_accompagnement"))


def test_une_chargee_ne_gere_pas_les_personnes_de_son_dla(
    client_du_dla: Client, doubs: Organisation
) -> None:
    reponse = client_du_dla.get(reverse("annuaire:personnes", args=[doubs.pk]))

    assert reponse.status_code == 403
    assert "son ou sa responsable" in lu(reponse)


def retirer(client: Client, rattachement: Rattachement, version: object = 1) -> Any:
    adresse = reverse("annuaire:revoquer", args=[rattachement.organisation_id, rattachement.pk])
    return client.post(adresse, {"version": version}, follow=True)


def test_retirer_un_role_vaut_aussitot(responsable: Utilisateur, doubs: Organisation) -> None:
    collegue = agent(doubs)
    page = retirer(connecte(responsable), collegue.personne.rattachements.get())

    assert "n’a plus le rôle" in lu(page)
    assert "Rôles passés" in lu(page)
    assert connecte(relu(collegue)).get(doubs.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("version", [7, "", "x"])
def test_retirer_un_role_change_entre_temps_demande_de_relire(
    responsable: Utilisateur, doubs: Organisation, version: object
) -> None:
    rattachement = agent(doubs).personne.rattachements.get()

    assert "Rien n’a changé" in lu(retirer(connecte(responsable), rattachement, version))
    assert Rattachement.objects.get(pk=rattachement.pk).revoque_le is None


def test_on_ne_retire_pas_le_role_d_une_autre_organisation(
    responsable: Utilisateur, doubs: Organisation, charge_ailleurs: Utilisateur
) -> None:
    ailleurs = charge_ailleurs.personne.rattachements.get()
    adresse = reverse("annuaire:revoquer", args=[doubs.pk, ailleurs.pk])

    assert connecte(responsable).post(adresse).status_code == 404


def test_on_ne_retire_pas_son_propre_role(responsable: Utilisateur) -> None:
    le_mien = responsable.personne.rattachements.get()

    reponse = retirer(connecte(responsable), le_mien)

    assert reponse.status_code == 403
    assert "votre propre rôle" in lu(reponse)


# --- choisir une organisation ----------------------------------------------------------


def test_les_propositions_ne_montrent_que_ce_que_je_vois(
    client_du_dla: Client, theatre: Organisation, gironde: Organisation
) -> None:
    organisation(nom="Théâtre du Port", operateur=gironde)
    adresse = reverse("annuaire:propositions")

    reponse = client_du_dla.get(adresse, {"champ": "o", "o": "theatre", "natures": "structure"})

    assert "Théâtre du Pont Neuf (Besançon)" in lu(reponse)
    assert "Port" not in lu(reponse)
    assert lu(client_du_dla.get(adresse, {"champ": "o", "o": "t"})).strip() == ""


def test_l_anonyme_doit_se_connecter(client: Client, theatre: Organisation) -> None:
    assert client.get(theatre.get_absolute_url()).status_code == 302
    assert client.get(reverse("annuaire:propositions")).status_code == 302


def test_aucune_page_n_ecrit_en_lecture(client_du_dla: Client, theatre: Organisation) -> None:
    with CaptureQueriesContext(connection) as requetes:
        for nom in ("fiche", "modifier", "chiffres_ajouter", "personnes"):
            client_du_dla.get(reverse(f"annuaire:{nom}", args=[theatre.pk]))
    ecritures = [r["sql"] for r in requetes if not r["sql"].startswith(("SELECT", "DECLARE"))]
    assert ecritures == []


@pytest.mark.django_db(transaction=True)
def test_de_deux_saisies_simultanees_la_seconde_le_dit_au_formulaire(
    monkeypatch: pytest.MonkeyPatch, charge: Utilisateur, theatre: Organisation
) -> None:
    """Les deux formulaires sont vérifiés avant que l'un des deux n'écrive."""
    vraie, depart, passages = operations.enregistrer_chiffres, threading.Barrier(2), count()

    def ensemble(*objets: Any, **options: Any) -> Any:
        if next(passages) < 2:
            depart.wait(10)
        return vraie(*objets, **options)

    monkeypatch.setattr(operations, "enregistrer_chiffres", ensemble)
    adresse = reverse("annuaire:chiffres_ajouter", args=[theatre.pk])
    issues: list[Any] = []

    def envoyer() -> None:
        try:
            issues.append(connecte(charge).post(adresse, {"annee": 2020, "budget": "5"}))
        finally:
            connection.close()

    fils = [threading.Thread(target=envoyer) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(r.status_code for r in issues) == [302, 422]
    refusee = next(r for r in issues if r.status_code == 422)
    assert "déjà saisis" in lu(refusee)
    assert ChiffresAnnuels.objects.filter(annee=2020).count() == 1


def test_une_personne_se_corrige(client_du_dla: Client, theatre: Organisation) -> None:
    inviter(client_du_dla, theatre, nom="Fournié", courriel="", role="structure")
    connue = Personne.objects.get(nom="Fournié")
    adresse = reverse("annuaire:personne", args=[theatre.pk, connue.pk])
    assert adresse in lu(client_du_dla.get(reverse("annuaire:personnes", args=[theatre.pk])))
    saisie = {"prenom": "Léa", "nom": "Fournier", "fonction": "trésorière"}
    saisie["courriel"] = "nadia@exemple.fr"
    assert client_du_dla.post(adresse, saisie).status_code == 422  # sans la version lue
    reponse = client_du_dla.post(adresse, saisie | {"version": connue.version})
    assert reponse.status_code == 302
    connue.refresh_from_db()
    assert (connue.nom, connue.fonction) == ("Fournier", "trésorière")
    assert (connue.courriel, connue.recherche) == ("nadia@exemple.fr", "lea fournier")
    assert "Fournier" in Acte.objects.latest("quand").phrase


def test_l_adresse_d_un_compte_ne_se_change_pas_a_sa_place(
    client_du_dla: Client, theatre: Organisation
) -> None:
    """Les rôles que l'on donne à une adresse iraient à un autre compte."""
    inviter(client_du_dla, theatre, role="structure")
    connue = Personne.objects.get(courriel="lea@exemple.fr")
    adresse = reverse("annuaire:personne", args=[theatre.pk, connue.pk])
    saisie = {"nom": "Morel", "courriel": "autre@exemple.fr", "version": connue.version}
    assert client_du_dla.post(adresse, saisie).status_code == 302
    connue.refresh_from_db()
    assert connue.courriel == "lea@exemple.fr"


def test_une_personne_a_deux_roles_se_corrige_aussi(
    responsable: Utilisateur, doubs: Organisation
) -> None:
    for role in ("charge_accompagnement", "animateur"):
        inviter(connecte(responsable), doubs, role=role)
    connue = Personne.objects.get(courriel="lea@exemple.fr")
    adresse = reverse("annuaire:personne", args=[doubs.pk, connue.pk])
    assert connecte(responsable).get(adresse).status_code == 200


def test_rattacher_quelqu_un_ne_donne_pas_la_main_sur_lui(
    client_du_dla: Client, theatre: Organisation, gironde: Organisation
) -> None:
    """Son téléphone est aussi celui que lisent les prestataires de l'autre DLA."""
    collegue = Personne.objects.create(nom="Loin", courriel="loin@exemple.fr", telephone="05")
    Rattachement.objects.create(
        personne=collegue, organisation=gironde, role=Role.CHARGE_ACCOMPAGNEMENT
    )
    assert (
        inviter(client_du_dla, theatre, courriel="loin@exemple.fr", role="structure").status_code
        == 302
    )
    adresse = reverse("annuaire:personne", args=[theatre.pk, collegue.pk])
    saisie = {"nom": "Autre", "telephone": "06", "version": collegue.version}
    assert client_du_dla.get(adresse).status_code == 403
    assert client_du_dla.post(adresse, saisie).status_code == 403
    collegue.refresh_from_db()
    assert (collegue.nom, collegue.telephone) == ("Loin", "05")
    Rattachement.objects.filter(organisation=gironde).update(revoque_le=timezone.now())
    assert client_du_dla.get(adresse).status_code == 200


def test_une_personne_d_ailleurs_ne_se_corrige_pas_d_ici(
    client_du_dla: Client, theatre: Organisation, gironde: Organisation
) -> None:
    ailleurs = Personne.objects.create(nom="Loin")
    Rattachement.objects.create(
        personne=ailleurs, organisation=gironde, role=Role.CHARGE_ACCOMPAGNEMENT
    )
    adresse = reverse("annuaire:personne", args=[theatre.pk, ailleurs.pk])
    assert client_du_dla.get(adresse).status_code == 404
