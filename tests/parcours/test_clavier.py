"""Au clavier seul : noter un besoin entendu, du raccourci à l'enregistrement."""

from playwright.sync_api import expect

from tests.parcours.conftest import Entrer
from tests.parcours.pages import PageFormulaire

MISSION = "Tenir la saison"
PAROLE = "Nous perdons nos bénévoles dès que la saison finit."


def test_noter_un_besoin_sans_souris(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    lea.va("/missions/")
    clavier = lea.onglet.keyboard

    clavier.press("Tab")
    expect(lea.onglet.get_by_role("link", name="Aller au contenu")).to_be_focused()
    clavier.press("Enter")
    expect(lea.contenu).to_be_focused()

    with lea.arrive():
        clavier.press("n")
    expect(lea.contenu.get_by_label("Ce que vous avez entendu")).to_be_focused()
    clavier.type(PAROLE)
    clavier.press("Tab")
    expect(lea.contenu.get_by_role("button", name="Noter ce besoin")).to_be_focused()
    with lea.arrive():
        clavier.press("Enter")
    lea.lit("C’est noté")

    clavier.press("/")
    expect(lea.onglet.get_by_role("searchbox", name="Chercher partout")).to_be_focused()
    clavier.type("bénévoles")
    with lea.arrive():
        clavier.press("Enter")
    lea.lit(PAROLE)


def test_noter_depuis_une_mission_sans_la_redire(entrer: Entrer) -> None:
    """Le besoin entendu garde la mission d'où l'on vient, et se retrouve depuis elle."""
    lea = entrer("lea.morel")
    lea.va("/missions/ouvrir/")
    PageFormulaire(lea).enregistrer(
        "Ouvrir la mission", {"Titre": MISSION, "Territoires": "Doubs (département 25)"}
    )

    lea.atteint(lea.contenu.get_by_role("link", name="Noter un besoin entendu"))
    lea.tape("Enter", page=True)
    lea.lit(f"Entendu dans la mission « {MISSION} »")
    expect(lea.contenu.get_by_label("Ce que vous avez entendu")).to_be_focused()
    lea.onglet.keyboard.type(PAROLE)
    lea.atteint(lea.contenu.locator("summary", has_text="D’où il vient"))
    lea.tape("Enter")
    expect(lea.contenu.get_by_label("Territoire")).to_have_value("Doubs (département 25)")
    lea.photographie("noter-depuis-une-mission")
    lea.atteint(lea.contenu.get_by_role("button", name="Noter ce besoin"))
    lea.tape("Enter", page=True)

    lea.lit(MISSION, "1 besoin entendu au fil de la mission")
    lea.atteint(lea.contenu.get_by_role("link", name="1 besoin entendu au fil de la mission"))
    lea.tape("Enter", page=True)
    lea.lit(PAROLE)
    lea.atteint(lea.contenu.get_by_role("link", name=PAROLE))
    lea.tape("Enter", page=True)
    lea.lit("Un besoin entendu", "Entendu dans la mission", MISSION)
