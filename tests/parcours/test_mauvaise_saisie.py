"""Mauvaise saisie : un message clair, rien de perdu, rien d'à moitié écrit."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.droits.attentes import MATRICE
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
    assert en_tete.enregistrer("Enregistrer l’en‑tête", {"Titre": "Titre de Karim"}) == 200

    en_tete = PageFormulaire(lea)
    saisie = {"Titre": "Titre de Léa", "Accroche": "Rencontrer une entreprise, vraiment."}
    assert en_tete.enregistrer("Enregistrer l’en‑tête", saisie) == 422
    lea.lit("Quelqu’un d’autre a enregistré cette page", "Titre de Karim", dans=en_tete.erreurs)
    lea.photographie("conflit")
    assert lea.lit_le_champ("Titre") == "Titre de Léa"
    assert lea.lit_le_champ("Accroche") == "Rencontrer une entreprise, vraiment."

    assert lea.envoie("Enregistrer l’en‑tête") == 200
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


FORMULAIRES = [
    "/missions/ouvrir/",
    "/annuaire/ajouter/structure/",
    "/annuaire/ajouter/partenaire/",
    "/besoins/noter/",
    "/besoins/problematiques/formuler/",
]


def ajouts(mission: str) -> list[str]:
    """Tout ce que ce dossier laisse ajouter ; une édition nouvelle y entre d'elle-même."""
    cle = mission.rstrip("/").rpartition("/")[2]
    du_dossier = (nom for nom in MATRICE if not nom.startswith("accueillir:"))
    adresses = [reverse(nom, args=[cle]) for nom in du_dossier if nom.endswith("_ajouter")]
    return [adresse for adresse in adresses if adresse.startswith("/missions/")]


def inonder(personne: Personne, adresse: str) -> None:
    """Rien de ce qui est écrit ne devient du code : ni dans la page qui refuse, ni après."""
    personne.va(adresse)
    personne.inonde(PIEGE)
    bouton = personne.contenu.locator("form.formulaire .bouton-principal")
    assert personne.envoie(bouton.inner_text()) in (200, 422), adresse
    relire_sans_piege(personne)


def relire_sans_piege(personne: Personne) -> None:
    assert personne.onglet.title() != "pris"
    assert personne.contenu.locator("[onerror], script").count() == 0


def test_du_html_dans_chaque_champ(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    for adresse in FORMULAIRES:
        inonder(lea, adresse)

    mission = ouvrir_une_mission(lea, PIEGE)
    for adresse in [*ajouts(mission), f"{mission}ciblage/"]:
        inonder(lea, adresse)

    lea.va(mission)
    for lien in lea.onglet.locator(".station-lien").all():
        statut, source = lea.obtient(lien.get_attribute("href") or "")
        assert statut == 200
        assert "<img src=x" not in source
    for adresse in ("/", "/missions/", "/besoins/", f"{mission}fiche/"):
        lea.va(adresse)
        relire_sans_piege(lea)


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
