"""Le diagnostic partagé : écrit ensemble, relu et validé par le lien personnel."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.parcours.pages import PageFormulaire
from tests.parcours.personne import Personne

SITUATION = "Quatre financeurs, dont deux s’arrêtent l’an prochain."
BESOIN = "Savoir ce que coûte un atelier avant d’en fixer le prix."
NOTE_INTERNE = "Le bureau ne se parle plus : y aller doucement."
BESOIN_INTERNE = "Un conflit couve entre deux administrateurs."


def ouvrir(lea: Personne) -> str:
    """Rend l'adresse du diagnostic."""
    lea.suit("Ouvrir le diagnostic")
    PageFormulaire(lea).enregistrer("Ouvrir le diagnostic", {"Forme": "forme courte"})
    lea.lit("8 à ouvrir")
    return lea.onglet.url


def ecrire(lea: Personne, adresse: str) -> None:
    """Un domaine, deux besoins dont un interne, une note interne, la synthèse."""
    lea.contenu.get_by_role("link", name="Modèle économique et finances").click()
    lea.onglet.wait_for_url("**/domaines/economie/")
    PageFormulaire(lea).enregistrer(
        "Enregistrer le domaine",
        {
            "Situation": SITUATION,
            "Forces": "Les ateliers sont complets.",
            "Fragilités": "Aucun coût de revient.",
            "Note interne au DLA": NOTE_INTERNE,
        },
    )
    economie = f"{adresse}domaines/economie/besoins/"
    for mots, theme, interne in (
        (BESOIN, "Tableaux de bord", False),
        (BESOIN_INTERNE, "Tensions et conflits", True),
    ):
        lea.va(economie)
        PageFormulaire(lea).enregistrer(
            "Noter le besoin",
            {
                "Le besoin, dans leurs mots": mots,
                "Thème": theme,
                "Interne au DLA : la structure ne le lit pas": interne,
            },
        )
    lea.va(f"{adresse}retenir/")
    PageFormulaire(lea).enregistrer(
        "Enregistrer la synthèse", {"Ce qu’il faut retenir": "Connaître ses coûts, puis le lieu."}
    )
    lea.lit(BESOIN, BESOIN_INTERNE)
    lea.photographie("diagnostic", choisie=True)


def soumettre(lea: Personne) -> None:
    lea.envoie("Soumettre à la structure")
    lea.lit("à valider par la structure")


def remettre_le_lien(lea: Personne, structure: str) -> str:
    """Rend le chemin du lien, qui ne se montre qu'une fois."""
    lea.va(f"{structure.replace('/annuaire/', '/structures/')}liens/")
    lea.contenu.get_by_text("Créer un lien à copier").click()
    PageFormulaire(lea).enregistrer(
        "Créer le lien de Zoé Lambert",
        {"Comment vous le lui remettez": "en main propre, au rendez-vous"},
    )
    return urlsplit(lea.contenu.get_by_label("Lien personnel").input_value()).path


def valider_par_son_lien(zoe: Personne, lien: str) -> None:
    """Sans compte : elle lit ce qui est partagé, rien d'interne, et valide avec ses mots."""
    zoe.va(lien)
    zoe.lit("Bonjour Zoé Lambert")
    zoe.envoie("Ouvrir ma page")
    zoe.lit("Relire votre diagnostic", "Dire qui peut lire vos diagnostics")
    zoe.photographie("page-personnelle", choisie=True)
    zoe.suit("Le lire et répondre")
    zoe.lit(SITUATION, BESOIN)
    zoe.n_apprend_rien(NOTE_INTERNE, BESOIN_INTERNE)
    champ = "Vos remarques, ou ce qu’il faut corriger, avec vos mots"
    PageFormulaire(zoe).enregistrer("Valider le diagnostic", {champ: "C’est bien nous."})
    zoe.lit("Validé par Zoé Lambert")


def ouvrir_au_comite_seulement(zoe: Personne) -> None:
    zoe.suit("Répondre")
    PageFormulaire(zoe).enregistrer(
        "Enregistrer mes réponses",
        {
            "Comité d’appui": "Ouvrir mes diagnostics",
            "DLA régional": "Ne pas les ouvrir",
            "Centres de ressources": "Ne pas les ouvrir",
            "Partenaires et financeurs": "Ne pas les ouvrir",
            "Prestataires": "Ne pas les ouvrir",
        },
    )


def soustraire(zoe: Personne) -> None:
    """Elle voit qui a lu, et change d'avis d'un clic."""
    zoe.va("/ma-page/autorisations/")
    zoe.lit("Marc Tissot")
    zoe.photographie("page-personnelle-autorisations", choisie=True)
    zoe.envoie("Lui soustraire ce diagnostic : DLA du Doubs")
    zoe.lit("Lever cette exception")
