"""Noter d'un trait, coller une liste, coder au clavier seul, retrouver dans le flux."""

from playwright.sync_api import expect

from tests.parcours.conftest import Entrer

COLLE = (
    "- Fin mars, le compte était à découvert",
    "- Nos bénévoles s’en vont un à un",
    "- Le bail de la salle finit en juin",
)


def test_coder_au_clavier_seul(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    clavier = lea.onglet.keyboard

    lea.va("/missions/")
    with lea.arrive():
        clavier.press("n")
    lea.contenu.get_by_label("Ce que vous avez entendu").fill("\n".join(COLLE))
    lea.envoie("Noter un besoin par ligne")
    lea.lit("Missions")
    expect(lea.onglet.get_by_text("3 besoins notés")).to_be_visible()
    lea.onglet.get_by_role("link", name="Les coder").click()

    lea.lit("3 besoins à coder", "Le bail de la salle finit en juin", "parce que")
    expect(lea.contenu.get_by_role("button", name="Locaux et équipement")).to_be_focused()
    with lea.arrive():
        clavier.press("Enter")
    lea.lit("C’est codé : Locaux et équipement", "Nos bénévoles s’en vont")
    lea.photographie("a-coder", choisie=True)

    with lea.arrive():
        clavier.press("p")
    lea.lit("le compte était à découvert")
    with lea.arrive():
        clavier.press("1")
    lea.lit("au bout de la file")
    with lea.arrive():
        clavier.press("a")
    lea.lit("Ce codage est annulé", "3 besoins à coder")
