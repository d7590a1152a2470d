"""Étape 1 : un mot entendu devient une problématique, puis une mission."""

from datetime import date

from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne

TITRE = "Partenariats entre associations et entreprises"
PAROLE = (
    "Des entreprises nous connaissent, aucune ne nous soutient : nous ne savons pas par quel bout "
    "les prendre."
)


def noter_le_signal(lea: Personne) -> None:
    lea.va("/besoins/")
    lea.suit("Noter un premier besoin")
    PageFormulaire(lea).enregistrer("Noter ce besoin", {"Ce que vous avez entendu": PAROLE})
    lea.lit("C’est noté")
    lea.suit("Dire la source et les thèmes")
    PageFormulaire(lea).coche("Mécénat et partenariats privés", "Partenariats d’entreprises")
    PageFormulaire(lea).enregistrer(
        "Enregistrer le besoin",
        {
            "Entendu le": date(2010, 1, 14),
            "D’où vient ce besoin": "Parole des structures",
            "Qui l’a dit": "l’administratrice",
            "Structure concernée": "Théâtre du Pont Neuf",
            "Territoire": "Doubs",
            "Secteur": "Culture",
        },
    )
    lea.lit(PAROLE, "Parole des structures", "Partenariats d’entreprises")


def formuler_la_problematique(lea: Personne) -> None:
    lea.va("/besoins/")
    lea.photographie("besoins")
    lea.contenu.get_by_role("checkbox", name=PAROLE[:40]).check()
    lea.envoie("Rassembler les besoins choisis en problématique")
    lea.lit(PAROLE)
    PageFormulaire(lea).enregistrer(
        "Formuler la problématique",
        {
            "Titre": TITRE,
            "Contexte": "Les financements publics baissent ; les entreprises restent loin.",
            "Enjeux": "Des ressources durables, et des entreprises qui connaissent le secteur.",
            "Comment elle a été vérifiée": "Une journée d’information pour toutes.",
            "Territoires": "Doubs",
        },
    )
    lea.lit("Problématique à confirmer", "Théâtre du Pont Neuf")
    lea.envoie("Confirmer la problématique")
    lea.lit("Problématique confirmée")
    lea.photographie("problematique")


def ouvrir_la_mission(lea: Personne) -> PageMission:
    lea.va("/besoins/problematiques/")
    lea.suit(TITRE)
    lea.suit("Ouvrir une mission")
    assert lea.lit_le_champ("Titre") == TITRE
    PageFormulaire(lea).enregistrer(
        "Ouvrir la mission",
        {
            "Accroche": "Rencontrer une entreprise, et que cela dure.",
            "Année": 2010,
            "Secteur": "Culture",
        },
    )
    mission = PageMission(lea)
    mission.demarche("Cerner une problématique")
    panneau = mission.panneau("La problématique et ses preuves")
    panneau.lit("La problématique est confirmée ; 1 signal à l’appui", PAROLE)
    lea.lit("Doubs", "DLA du Doubs", "0 démarche")
    mission.marquer("fait")
    lea.photographie("mission-identifier", choisie=True)
    return mission


def cibler_les_structures(mission: PageMission) -> None:
    mission.demarche("Cibler les structures bénéficiaires")
    mission.panneau("Les structures visées").ajoute(
        "Préciser le ciblage",
        "Enregistrer le ciblage",
        {
            "Aire d’intervention actuelle": "Le Doubs.",
            "Secteur": "La culture d’abord, sans fermer aux autres.",
            "Buts, axes et activités": "Un projet qui peut se raconter à une entreprise.",
            "Nombre et nature des partenaires": "Peu de partenaires privés, ou aucun.",
            "Acquis nécessaires pour participer": "Un projet écrit.",
        },
    )
    mission.panneau("Les structures visées").lit("Les 5 critères sont précisés")
    mission.marquer("fait")
    mission.personne.photographie("ciblage")


def choisir_la_posture(mission: PageMission) -> None:
    mission.demarche("Définir le rôle du DLA")
    mission.panneau("Le rôle du DLA").ajoute(
        "Choisir une posture",
        "Enregistrer le rôle du DLA",
        {
            "Posture": "Facilitateur (politique affirmée, projet fort)",
            "À quel titre le DLA agit": "Les associations du Doubs sont les siennes.",
            "Cohérence de la démarche": "Un besoin dit par elles, sur tout le département.",
            "Risque à garder à l’œil": "Ne pas démarcher à leur place.",
        },
    )
    mission.panneau("Le rôle du DLA").lit("Posture retenue : facilitateur", "interne au DLA")
    mission.marquer("fait")
    mission.personne.photographie("posture")
