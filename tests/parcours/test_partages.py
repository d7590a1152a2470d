"""Quarante structures disent leurs besoins : un besoin partagé, sa problématique, ses missions."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from maillage.identifier.demonstration import creer_besoins
from tests.parcours.conftest import Entrer
from tests.parcours.monde import faire_les_travaux
from tests.parcours.pages import PageFormulaire
from tests.parcours.personne import Personne

PARTAGE = "Employer à plusieurs"
VOISIN = "Apprendre à être employeur"
TRESORERIE = "Tenir en attendant les versements"
TITRE = "Employer, seul ou à plusieurs"
CUIVRES = "un professeur de cuivres"
CONSULTANTE = "un bureau bénévole qui gère ses salariés au téléphone"
RAISON = "Le fonds départemental de garantie vient d’ouvrir : il y répond déjà."
MISSIONS = (
    (
        "Un temps plein à plusieurs",
        ["Rendre les partenariats plus efficaces", "Ouvrir un espace d’innovation"],
        "Solution produite avec les structures : Pour essayer du neuf",
        "Ouvrir, puis en ouvrir une autre",
    ),
    (
        "Le métier d’employeur",
        ["Mieux identifier les besoins"],
        "Réponse collective aux structures : Pour connaître les besoins",
        "Ouvrir la mission",
    ),
)


def test_d_un_besoin_partage_a_deux_missions(entrer: Entrer) -> None:
    creer_besoins()
    lea = entrer("lea.morel")

    rapprocher(lea, "3 besoins partagés à revoir.")
    lire_les_raisons(lea)
    joindre_et_sortir(lea)
    ouvrir_la_problematique(lea)
    ecarter_avec_une_raison(lea)

    completer_les_preuves(lea)
    orienter_une_structure(lea)
    ouvrir_deux_missions(lea)

    rapprocher(lea, "Rien de nouveau à revoir")
    retrouver_au_tableau(lea)


def test_un_besoin_partage_se_scinde_au_clavier(entrer: Entrer) -> None:
    """Ce que l'on met à part devient un autre besoin partagé ; le refaire ne les réunit pas."""
    creer_besoins()
    lea = entrer("lea.morel")
    rapprocher(lea, "3 besoins partagés à revoir.")
    lea.suit(TRESORERIE)
    rangs = lea.contenu.get_by_role("row").filter(has=lea.onglet.get_by_role("checkbox"))
    avant = rangs.count()
    mis_a_part = [rangs.nth(rang).get_by_role("link").first.inner_text() for rang in range(2)]
    for rang in range(2):
        lea.atteint(rangs.nth(rang).get_by_role("checkbox"))
        lea.tape("Space")
    lea.photographie("scinder")
    lea.atteint(lea.contenu.get_by_role("button", name="Scinder : mettre à part"))
    lea.tape("Enter", page=True)

    expect(lea.onglet.get_by_text("font un autre besoin partagé")).to_be_visible()
    lea.lit("a détaché 2 besoins, en un autre besoin partagé")
    lea.ne_lit_pas(*mis_a_part)
    assert rangs.count() == avant - 2
    reste = rangs.get_by_role("link").first.inner_text()
    lea.photographie("scinde")

    rapprocher(lea, "à revoir")
    trouves = liens_de(lea, TRESORERIE).count()
    assert trouves
    for rang in range(trouves):
        lea.va("/besoins/rapprochements/")
        with lea.arrive():
            liens_de(lea, TRESORERIE).nth(rang).click()
        lus = lea.contenu.inner_text()
        assert not (reste in lus and any(mots in lus for mots in mis_a_part))


def liens_de(lea: Personne, titre: str) -> Locator:
    return lea.contenu.get_by_role("link", name=titre, exact=True)


def rapprocher(lea: Personne, fin: str) -> None:
    """Le travail de fond, de la demande à sa fin."""
    lea.va("/besoins/")
    lea.suit("Rapprochés")
    lea.envoie("Rapprocher les besoins")
    lea.lit("Le travail attend son tour")
    faire_les_travaux()
    lea.lit("C’est fait", fin)
    lea.suit("Continuer")


def lire_les_raisons(lea: Personne) -> None:
    lea.lit(PARTAGE, VOISIN, TRESORERIE)
    lea.photographie("rapprochements")
    lea.suit(PARTAGE)
    lea.lit("3 structures le disent, en 3 besoins notés.")
    lea.lit("Emploi partagé", "« mi-temps »", "Doubs", dans=panneau(lea, "Ce qui les rapproche"))


def joindre_et_sortir(lea: Personne) -> None:
    """Deux façons de dire la même chose ; et une phrase qui n'a rien à y faire."""
    lea.remplit({"Joindre un autre rapprochement": f"{VOISIN} (Fonction employeur)"})
    lea.envoie("Joindre")
    lea.lit("6 structures le disent, en 6 besoins notés.")
    cocher(lea, CONSULTANTE)
    lea.envoie("Sortir les besoins cochés")
    lea.lit("5 structures le disent, en 5 besoins notés.", "en a sorti 1 besoin")
    lea.ne_lit_pas(CONSULTANTE)
    lea.envoie("Retenir ce besoin partagé")
    lea.lit("Besoin partagé retenu")
    lea.photographie("rapprochement", choisie=True)


def ouvrir_la_problematique(lea: Personne) -> None:
    lea.envoie("Ouvrir une problématique")
    lea.lit("Problématique à confirmer", "5 signaux.", "5 structures.")


def ecarter_avec_une_raison(lea: Personne) -> None:
    lea.va("/besoins/rapprochements/")
    lea.suit(TRESORERIE)
    lea.onglet.get_by_text("Écarter ce rapprochement…").click()
    lea.envoie("Écarter ce rapprochement")
    expect(lea.onglet.get_by_text("Dites pourquoi vous écartez")).to_be_visible()
    lea.lit("Besoin partagé proposé")
    lea.onglet.get_by_text("Écarter ce rapprochement…").click()
    lea.remplit({"Pourquoi l’écarter": RAISON})
    lea.envoie("Écarter ce rapprochement")
    lea.lit("Besoin partagé écarté", RAISON)


def completer_les_preuves(lea: Personne) -> None:
    lea.va("/besoins/problematiques/")
    lea.suit(PARTAGE)
    lea.suit("Modifier")
    PageFormulaire(lea).enregistrer(
        "Enregistrer la problématique",
        {
            "Titre": TITRE,
            "Contexte": "De petites structures emploient peu, et leurs bureaux s’y épuisent.",
            "Enjeux": "Des emplois qui durent, des bénévoles qui restent.",
            "Rencontres tenues pour la vérifier": "2",
            "Comment elle a été vérifiée": "Un tour des bureaux, puis deux réunions.",
        },
    )
    lea.suit("Joindre des besoins")
    lea.remplit({"Chercher dans les besoins": "cuivres"})
    lea.envoie("Chercher")
    cocher(lea, CUIVRES)
    lea.envoie("Joindre les besoins cochés")
    lea.lit("6 signaux.", "6 structures.", CUIVRES, "Harmonie de la Vallée")
    lea.envoie("Confirmer la problématique")
    lea.lit("Problématique confirmée")


def orienter_une_structure(lea: Personne) -> None:
    lea.suit("Orienter une structure")
    PageFormulaire(lea).enregistrer(
        "Orienter la structure",
        {
            "Structure orientée": "Judo Club des Tilleroyes",
            "Ou, hors de l’annuaire": "le service emploi de son comité départemental",
            "Pourquoi": "Il tient la paie et les contrats des clubs affiliés.",
        },
    )
    lea.envoie("La structure le sait : Judo Club des Tilleroyes")
    lea.lit("Dit à la structure le")


def ouvrir_deux_missions(lea: Personne) -> None:
    """L'aide au choix dit vers quoi penche chacune ; la seconde s'ouvre sans revenir en arrière."""
    lea.suit("Ouvrir une mission")
    for titre, objectifs, piste, bouton in MISSIONS:
        lea.contenu.get_by_text("Individuelle ou collective ?").click()
        lea.remplit({"Ce que la mission vise": objectifs})
        lea.envoie("Voir vers quoi cela penche")
        lea.lit(piste)
        lea.photographie("aide-au-choix")
        PageFormulaire(lea).enregistrer(bouton, {"Titre": titre})
    lea.va("/besoins/problematiques/")
    lea.suit(TITRE)
    for titre, *_ in MISSIONS:
        lea.lit(titre)
    lea.photographie("problematique-et-missions", choisie=True)


def retrouver_au_tableau(lea: Personne) -> None:
    """Le refaire n'apprend rien de neuf : ce qu'elle a décidé tient. Puis le tableau, le thème."""
    lea.lit("Besoin partagé", PARTAGE)
    lea.ne_lit_pas(TRESORERIE)
    lea.suit("Partagés")
    emploi = lea.contenu.get_by_role("row").filter(has_text="Emploi partagé")
    lea.lit("5", "émerge", dans=emploi)
    lea.photographie("besoins-partages", choisie=True)
    lea.suit("Emploi partagé")
    lea.lit(CUIVRES, f"{TITRE} (confirmée)", "Jura : 3 structures")
    lea.photographie("besoin-partage")
    lea.suit(TITRE)
    lea.lit(*(titre for titre, *_ in MISSIONS))


def cocher(lea: Personne, mots: str) -> None:
    lea.contenu.get_by_role("row").filter(has_text=mots).get_by_role("checkbox").check()


def panneau(lea: Personne, titre: str) -> Locator:
    entete = lea.onglet.get_by_role("heading", name=titre, exact=True)
    return lea.contenu.locator("section.panneau").filter(has=entete)
