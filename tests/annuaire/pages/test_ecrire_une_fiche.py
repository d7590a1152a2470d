"""Ajouter et modifier une fiche : les mauvaises saisies, les doublons, les conflits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.annuaire.models import Nature, Organisation, Role
from maillage.socle.models import Utilisateur
from tests.annuaire.conftest import Lieux, lu, saisie
from tests.comptes import connecte
from tests.fabriques import agent, organisation

pytestmark = pytest.mark.django_db
BALISES = "<script>alert(1)</script>"


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
