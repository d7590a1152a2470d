"""Composer des groupes : quarante au clavier, un conflit levé, des groupes qui se croisent."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from maillage.annuaire.models import Nature, Organisation
from maillage.confirmer.demonstration import creer_groupes_a_composer
from maillage.confirmer.models import Palier
from maillage.ingenieries.models import Ingenierie
from tests.parcours.conftest import Entrer
from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne

MISSION = "Convaincre des mécènes, chiffrer ses projets"


def ouvrir_l_atelier(lea: Personne) -> None:
    """De la liste des missions à la page des groupes."""
    creer_groupes_a_composer()
    lea.va("/missions/")
    lea.suit(MISSION)
    mission = PageMission(lea)
    mission.demarche("Mobiliser les structures")
    mission.panneau("Groupes").ouvre("Composer les groupes")


def colonne(lea: Personne, nom: str) -> Locator:
    titre = lea.onglet.get_by_role("heading", name=nom, exact=True, level=2)
    return lea.contenu.locator(".colonne").filter(has=titre)


def test_quarante_structures_en_deux_groupes_au_clavier(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    ouvrir_l_atelier(lea)
    lea.lit("40 structures intéressées ou retenues attendent leur groupe")
    proposer = lea.contenu.get_by_role("button", name="Proposer des groupes")
    lea.atteint(proposer)
    lea.tape("Enter", page=True)
    lea.lit("3 propositions à comparer", "Proposition 2")
    lea.photographie("groupes-proposes", choisie=True)

    clavier = lea.onglet.keyboard
    premiere = (
        colonne(lea, "Groupe A")
        .locator("summary", has_text="Cirque des Deux Rives")
        .or_(colonne(lea, "Groupe B").locator("summary", has_text="Cirque des Deux Rives"))
    )
    depart = "Groupe A" if colonne(lea, "Groupe A").locator(premiere).count() else "Groupe B"
    arrivee = "Groupe B" if depart == "Groupe A" else "Groupe A"
    lea.atteint(premiere)
    clavier.press("ArrowRight" if arrivee == "Groupe B" else "ArrowLeft")
    annonce = lea.onglet.locator("#annonce")
    expect(annonce).to_contain_text(f"Cirque des Deux Rives est dans « {arrivee} ».")
    expect(annonce).to_contain_text("L’objectif")
    deplacee = colonne(lea, arrivee).locator("summary", has_text="Cirque des Deux Rives")
    expect(deplacee).to_be_focused()

    clavier.press("Enter")
    verrouiller = colonne(lea, arrivee).get_by_role("button", name="Verrouiller ici")
    clavier.press("Tab")
    clavier.press("Tab")
    clavier.press("Tab")
    expect(verrouiller).to_be_focused()
    clavier.press("Enter")
    expect(annonce).to_contain_text("verrouillée")

    retenir = lea.contenu.get_by_role("link", name="Retenir : Proposition 1", exact=True)
    lea.atteint(retenir)
    lea.tape("Enter", page=True)
    lea.lit("Un nouveau groupe de")
    lea.atteint(lea.contenu.get_by_label("Pourquoi ce scénario"))
    clavier.type("Deux groupes de même taille, que nous saurons animer.")
    clavier.press("Tab")
    with lea.arrive():
        clavier.press("Enter")
    lea.lit("Les groupes de la mission sont ceux de ce scénario", "2 groupes, 40 structures")


def test_deux_structures_arrivees_depuis_se_placent_a_la_souris_et_au_clavier(
    entrer: Entrer,
) -> None:
    lea = entrer("lea.morel")
    ouvrir_l_atelier(lea)
    lea.envoie("Proposer des groupes")
    lea.ne_lit_pas("depuis cette proposition")
    arriver("Fanfare des Combes", "Atelier du Levier")
    lea.va(lea.onglet.url)
    lea.lit("2 structures sont arrivées depuis cette proposition")
    lea.photographie("arrivees")
    annonce = lea.onglet.locator("#annonce")

    nom = "Fanfare des Combes"
    au_clavier = colonne(lea, "Hors groupe").locator("summary", has_text=nom)
    lea.atteint(au_clavier)
    lea.onglet.keyboard.press("ArrowLeft")
    expect(annonce).to_contain_text(f"{nom} est dans « Groupe B ». L’objectif")
    expect(colonne(lea, "Groupe B").locator("summary", has_text=nom)).to_be_focused()
    lea.lit("1 structure est arrivée depuis cette proposition")

    nom = "Atelier du Levier"
    a_la_souris = colonne(lea, "Hors groupe").locator(".carte", has_text=nom)
    a_la_souris.drag_to(colonne(lea, "Groupe A").get_by_role("heading", level=2))
    expect(annonce).to_contain_text(f"{nom} est dans « Groupe A ». L’objectif")
    expect(colonne(lea, "Groupe A").locator(".carte", has_text=nom)).to_be_visible()
    lea.ne_lit_pas("depuis cette proposition")


def arriver(*noms: str) -> None:
    """Des structures disent leur intérêt après la proposition."""
    mission = Ingenierie.objects.get(titre=MISSION)
    for nom in noms:
        structure = Organisation.objects.create(
            nom=nom, natures=[Nature.STRUCTURE], operateur=mission.operateur
        )
        mission.participations.create(
            structure=structure, palier=Palier.INTERESSEE, atteint=Palier.INTERESSEE
        )


def test_une_contrainte_infaisable_est_expliquee_puis_levee(entrer: Entrer) -> None:
    lea = entrer("lea.morel")
    ouvrir_l_atelier(lea)
    lea.suit("Réunir ou séparer deux structures")
    PageFormulaire(lea).enregistrer(
        "Enregistrer l’exigence",
        {
            "À placer": "jamais ensemble",
            "Une structure": "Sentiers et Combes",
            "L’autre structure": "Graines de Plateau",
        },
    )
    assert lea.envoie("Proposer des groupes") == 422
    lea.lit(
        "Aucune répartition ne peut tenir tout cela à la fois",
        "Graines de Plateau et Sentiers et Combes ne doivent jamais être ensemble.",
    )
    lea.photographie("conflit")
    phrase = "Graines de Plateau et Sentiers et Combes ne doivent jamais être ensemble."
    lea.envoie(f"Accepter de les réunir : {phrase}")
    lea.lit("propositions à comparer")
    lea.ne_lit_pas("jamais ensemble")


def test_des_groupes_qui_se_recouvrent(entrer: Entrer) -> None:
    """Comme dans le Nord : des thèmes, et des structures de plusieurs groupes."""
    lea = entrer("lea.morel")
    ouvrir_l_atelier(lea)
    for rang, theme in ((1, "Convaincre des mécènes"), (2, "Chiffrer ses projets")):
        cadre = lea.contenu.get_by_role("group", name=f"Groupe {rang}", exact=True)
        lea.remplit({"Thème": theme, "Au plus": "24"}, dans=cadre)
    lea.remplit({"Une structure peut être dans": "jusqu’à 2 groupes, si elle le souhaite"})
    lea.envoie("Proposer des groupes")
    for groupe in ("Groupe A", "Groupe B"):
        lea.lit("Radio Loue", dans=colonne(lea, groupe))
    lea.lit("Les places en plus suivent les souhaits, sans preuve.", "aussi dans")
    lea.photographie("recouvrement")
