"""Le Doubs rejoué comme ciblage : des critères posés, ce que l'on ignore, un résultat versé."""

import pytest
from playwright.sync_api import expect

from maillage.territoires.models import Territoire
from tests.identifier.ciblage.monde import entree
from tests.parcours.conftest import Entrer
from tests.parcours.doubs import identifier
from tests.parcours.monde import faire_les_travaux
from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne

NOM = "Associations du Doubs sans mécène"
THEATRE, JARDINS = "Théâtre du Pont Neuf", "Les Jardins de la Loue"
FANFARE = "Fanfare du soir"


def test_cibler_les_structures_du_doubs(entrer: Entrer, monkeypatch: pytest.MonkeyPatch) -> None:
    lea = entrer("lea.morel")
    identifier.noter_le_signal(lea)
    identifier.formuler_la_problematique(lea)
    mission = identifier.ouvrir_la_mission(lea)

    poser_les_criteres(mission)
    voir_ce_que_l_on_ignore(lea)
    garder_et_verser(lea)
    rejouer(lea)
    compter_le_registre(lea, monkeypatch)
    retrouver_dans_la_mission(lea)


def poser_les_criteres(mission: PageMission) -> None:
    lea = mission.personne
    mission.demarche("Cibler les structures bénéficiaires")
    mission.panneau("Les structures visées").ouvre("Chercher les structures")
    PageFormulaire(lea).enregistrer(
        "Voir ce que cela donne",
        {
            "Nom": NOM,
            "Où chercher": "Doubs",
            "Problématique": identifier.TITRE,
            "Besoins dits": ["Mécénat et partenariats privés"],
            "Besoins dits : garder celles dont on l’ignore": False,
            "Budget, au moins": 10000,
            "Nombre et nature des partenaires": "Peu de partenaires privés, ou aucun.",
        },
    )


def voir_ce_que_l_on_ignore(lea: Personne) -> None:
    """Seul le théâtre a dit ce besoin ; des autres, on n'en sait rien, et cela se compte."""
    lea.lit(NOM, "1 reste", "1 perdue", "Peu de partenaires privés", identifier.TITRE)
    lea.lit(THEATRE)
    lea.photographie("ciblage-strict")
    lea.suit("Modifier les critères")
    PageFormulaire(lea).enregistrer(
        "Enregistrer les critères", {"Besoins dits : garder celles dont on l’ignore": True}
    )
    lea.lit("1 gardée", THEATRE, JARDINS)
    lea.photographie("ciblage", choisie=True)


def garder_et_verser(lea: Personne) -> None:
    lea.envoie("Garder le résultat d’aujourd’hui")
    lea.lit("Ce résultat est figé", THEATRE, JARDINS)
    lea.contenu.get_by_role("checkbox", name=f"Choisir « {THEATRE} »").check()
    lea.envoie("Repérer ces structures")
    lea.lit("1 structure repérée dans la mission")
    lea.photographie("ciblage-resultat", choisie=True)


def rejouer(lea: Personne) -> None:
    """Un critère de plus : le résultat d'après dit qui sort, et que l'on a changé la recherche."""
    lea.suit("Revenir au ciblage")
    lea.suit("Modifier les critères")
    PageFormulaire(lea).enregistrer("Enregistrer les critères", {"Secteurs": ["Culture"]})
    lea.envoie("Garder le résultat d’aujourd’hui")
    lea.lit("On a changé la recherche entre-temps", "est ajouté", "désormais écartée", JARDINS)
    lea.suit("Revenir au ciblage")
    expect(lea.contenu.get_by_role("region", name="Résultats gardés").locator("li")).to_have_count(
        2
    )


def compter_le_registre(lea: Personne, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le registre tout entier, trop grand pour une page : un travail le compte, la page le dit."""
    monkeypatch.setattr("maillage.identifier.ciblage.lecture.AU_REGISTRE", 2)
    besancon = Territoire.objects.get(code="25056")
    entree("W251000001", FANFARE, besancon, secteur="culture")
    for numero in ("W251000002", "W251000003"):
        entree(numero, f"Club {numero}", besancon, secteur="sport")
    lea.suit("Modifier les critères")
    PageFormulaire(lea).enregistrer(
        "Enregistrer les critères", {"Et parmi celles du registre": True}
    )
    lea.lit("Le registre reste à compter")
    lea.ne_lit_pas(FANFARE)
    lea.envoie("Compter le registre")
    lea.lit("Le travail attend son tour")
    faire_les_travaux()
    lea.lit("C’est fait", "3 entrées jugées au registre")
    lea.suit("Continuer")
    lea.lit("Le registre est compté au", "3 entrées jugées", FANFARE)
    lea.ne_lit_pas("Club W251000002")
    lea.photographie("ciblage-registre-compte")


def retrouver_dans_la_mission(lea: Personne) -> None:
    lea.suit(identifier.TITRE)
    mission = PageMission(lea)
    mission.demarche("Cibler les structures bénéficiaires")
    mission.panneau("Les structures visées").lit(NOM, "interne au DLA")
    mission.demarche("Mobiliser les structures bénéficiaires")
    mission.panneau("Mobilisation").lit("1 repérée")


def test_garder_un_ciblage_sans_souris(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    lea.va("/besoins/ciblages/nouveau/")
    clavier = lea.onglet.keyboard

    lea.atteint(lea.contenu.get_by_label("Nom").first)
    clavier.type(NOM)
    lea.atteint(lea.contenu.locator("summary", has_text="Secteur d’activité"))
    clavier.press("Enter")
    culture = lea.contenu.get_by_role("checkbox", name="Culture", exact=True).first
    for _ in range(3):
        clavier.press("Tab")
        if culture.evaluate("c => c === document.activeElement"):
            break
    expect(culture).to_be_focused()
    clavier.press("Space")
    with lea.arrive():
        clavier.press("Enter")
    lea.lit(NOM, "Secteurs")
    garder = lea.contenu.get_by_role("button", name="Garder le résultat d’aujourd’hui")
    lea.atteint(garder)
    with lea.arrive():
        clavier.press("Enter")
    lea.lit("Ce résultat est figé", THEATRE)
