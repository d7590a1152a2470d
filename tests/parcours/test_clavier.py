"""Au clavier seul : noter un besoin entendu, du raccourci à l'enregistrement."""

from playwright.sync_api import expect

from tests.parcours.conftest import Entrer

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
