"""Un collectif déjà constitué, entré d'un coup au clavier, depuis une liste collée."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.parcours.conftest import Entrer
from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne

TITRE = "Un réseau et sa question"
COLLECTIF = "Réseau des Rives"
THEATRE, JARDINS = "Théâtre du Pont Neuf", "Les Jardins de la Loue"
COLLE = f"- {THEATRE}\n- Jardin de la Loue\n- 7,32829E+13\n"
VOIE = "Le collectif constitué"


def test_un_collectif_entre_d_un_coup_au_clavier(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    lea.va("/missions/ouvrir/")
    PageFormulaire(lea).enregistrer("Ouvrir la mission", {"Titre": TITRE})
    mission = PageMission(lea)
    mission.demarche("Mobiliser les structures bénéficiaires")
    mission.panneau("Mobilisation").ouvre("Mener la mobilisation")
    va_au_clavier(lea, "Choisir la voie")
    lea.atteint(lea.contenu.get_by_role("radio").first)
    for _ in range(3):
        if lea.contenu.get_by_role("radio", name="collectif").is_checked():
            break
        lea.tape("ArrowDown")
    lea.atteint(lea.contenu.get_by_role("button", name="Enregistrer la façon"))
    lea.tape("Enter", page=True)
    va_au_clavier(lea, "Entrer le collectif")

    coller(lea)
    lea.lit("2 lignes sur 3 restent à décider", "transformé par un tableur", "Rien n’entre avant")
    lea.photographie("reconnus")
    choisir(lea, "Jardin de la Loue", JARDINS)
    choisir(lea, "7,32829E+13", "La laisser de côté")
    valider(lea, "Entrer le collectif")
    expect(lea.onglet.get_by_text("2 structures sont entrées.")).to_be_visible()
    lea.lit(f"Ici : {COLLECTIF}")

    va_au_clavier(lea, "Suivre les structures")
    for structure in (THEATRE, JARDINS):
        lea.lit("retenue", dans=lea.contenu.get_by_role("row").filter(has_text=structure))
    lea.photographie("entre")


def coller(lea: Personne) -> None:
    lea.atteint(lea.contenu.get_by_label("Nom du collectif"))
    lea.onglet.keyboard.type(COLLECTIF)
    lea.atteint(lea.contenu.get_by_label("Ses membres, un par ligne"))
    lea.onglet.keyboard.insert_text(COLLE)
    valider(lea, "Reconnaître les membres")


def choisir(lea: Personne, ligne: str, structure: str) -> None:
    """Le choix d'une ligne se fait aux flèches, jusqu'à lire ce que l'on veut."""
    liste = lea.contenu.get_by_label(ligne, exact=True)
    lea.atteint(liste)
    for _ in range(liste.locator("option").count()):
        if structure in liste.locator("option:checked").inner_text():
            return
        lea.tape("ArrowDown")
    raise AssertionError(f"{structure} n'est pas proposée pour {ligne}")


def valider(lea: Personne, bouton: str) -> None:
    lea.atteint(lea.contenu.get_by_role("button", name=bouton))
    lea.tape("Enter", page=True)


def va_au_clavier(lea: Personne, lien: str) -> None:
    lea.atteint(lea.contenu.get_by_role("link", name=lien, exact=True))
    lea.tape("Enter", page=True)
