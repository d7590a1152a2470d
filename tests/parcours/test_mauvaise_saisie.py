"""Mauvaise saisie : un message clair, rien de perdu, rien d'à moitié écrit."""

import pytest
from playwright.sync_api import expect

from tests.parcours.conftest import Entrer
from tests.parcours.pages import PageConnexion, PageFormulaire
from tests.parcours.personne import Personne

PIEGE = "<img src=x onerror=alert(1)><script>document.title='pris'</script> « & »"


def ouvrir_une_mission(personne: Personne, titre: str) -> str:
    """Une mission ouverte par le formulaire ; rend son adresse."""
    personne.va("/missions/ouvrir/")
    PageFormulaire(personne).enregistrer("Ouvrir la mission", {"Titre": titre, "Année": 2010})
    personne.lit(titre)
    return personne.onglet.url.partition("etape/")[0]


def test_deux_agents_enregistrent_le_meme_dossier(entrer: Entrer) -> None:
    lea, karim = entrer("lea.morel"), entrer("karim.bensaid")
    mission = ouvrir_une_mission(lea, "Partenariats associations-entreprises")
    for personne in (lea, karim):
        personne.va(f"{mission}en-tete/")

    en_tete = PageFormulaire(karim)
    assert en_tete.enregistrer("Enregistrer l’en-tête", {"Titre": "Titre de Karim"}) == 200

    en_tete = PageFormulaire(lea)
    saisie = {"Titre": "Titre de Léa", "Accroche": "Rencontrer une entreprise, vraiment."}
    assert en_tete.enregistrer("Enregistrer l’en-tête", saisie) == 422
    lea.lit("Quelqu’un d’autre a enregistré cette page", "Titre de Karim", dans=en_tete.erreurs)
    lea.photographie("conflit")
    assert lea.lit_le_champ("Titre") == "Titre de Léa"
    assert lea.lit_le_champ("Accroche") == "Rencontrer une entreprise, vraiment."

    assert lea.envoie("Enregistrer l’en-tête") == 200
    lea.lit("Titre de Léa", "Rencontrer une entreprise, vraiment.")


def test_un_formulaire_entierement_faux(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    lea.va("/missions/ouvrir/")
    faux = {
        "Titre": "",
        "Année": "1850",
        "Territoires": "Nulle-Part-sur-Loue",
        "Source": "x" * 301,
    }
    formulaire = PageFormulaire(lea)
    lea.onglet.locator("[maxlength]").evaluate_all(
        "champs => champs.forEach((c) => c.removeAttribute('maxlength'))"
    )
    assert formulaire.enregistrer("Ouvrir la mission", faux) == 422
    lea.lit("4 réponses à reprendre", "Nulle-Part-sur-Loue", dans=formulaire.erreurs)
    lea.photographie("tout-faux")
    for libelle, tape in faux.items():
        assert lea.lit_le_champ(libelle) == tape
    formulaire.erreurs.get_by_role("link", name="Territoires").click()
    expect(lea.contenu.get_by_label("Territoires")).to_be_focused()

    lea.va("/missions/")
    lea.lit("Aucune mission dans votre périmètre")


@pytest.mark.parametrize(
    ("adresse", "bouton"),
    [
        ("/missions/ouvrir/", "Ouvrir la mission"),
        ("/annuaire/ajouter/structure/", "Ajouter à l’annuaire"),
        ("/annuaire/ajouter/partenaire/", "Ajouter à l’annuaire"),
    ],
)
def test_du_html_dans_chaque_champ(entrer: Entrer, adresse: str, bouton: str) -> None:
    lea = entrer("lea.morel")
    lea.va(adresse)
    lea.inonde(PIEGE)
    titre = lea.onglet.title()
    assert lea.envoie(bouton) in (200, 422)
    assert lea.onglet.title() == titre
    assert lea.contenu.locator("[onerror], script").count() == 0
    lea.lit("Ce que vous avez tapé est toujours là")


def test_la_session_expire_au_milieu_d_un_long_formulaire(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    lea.va("/annuaire/ajouter/structure/")
    saisie = {
        "Nom": "Compagnie des Trois Rivières",
        "Activité": "Spectacles de rue et ateliers d’écriture dans les villages du Haut-Doubs.",
        "Commune": "Pontarlier",
        "Téléphone de l’organisation": "03 81 00 00 00",
    }
    lea.remplit(saisie)
    lea.onglet.context.clear_cookies(name="sessionid")
    lea.envoie("Ajouter à l’annuaire")
    lea.lit("Connectez-vous")

    PageConnexion(lea).remplir("lea.morel@exemple.fr")
    lea.lit("Un brouillon du")
    lea.photographie("brouillon-retrouve")
    lea.contenu.get_by_role("button", name="Reprendre le brouillon").click()
    for libelle, tape in saisie.items():
        assert lea.lit_le_champ(libelle) == tape
    assert lea.envoie("Ajouter à l’annuaire") == 200
    lea.lit("Compagnie des Trois Rivières", "Pontarlier")

    lea.va("/annuaire/ajouter/structure/")
    lea.ne_lit_pas("Un brouillon du")
