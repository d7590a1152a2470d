"""Étape 2 : des partenaires, un but commun, un avis avec réserve, un budget que l'on ignore."""

from datetime import date

from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne

MEDEF = "MEDEF du Doubs"
DIRIGEANTS = "Centre des jeunes dirigeants de Bourgogne-Franche-Comté"


def inscrire_les_partenaires(lea: Personne) -> None:
    """Ceux que l'annuaire ne connaît pas encore."""
    for nom in (MEDEF, DIRIGEANTS):
        lea.va("/annuaire/ajouter/partenaire/")
        PageFormulaire(lea).enregistrer(
            "Ajouter à l’annuaire",
            {"Nom": nom, "Natures": ["réseau ou fédération"], "Commune": "Besançon"},
        )
        lea.lit(nom, "Besançon")


def lancer_le_partenariat(mission: PageMission) -> None:
    mission.demarche("Lancer une dynamique partenariale")
    partenaires = mission.panneau("Partenaires")
    for nom, etat in ((MEDEF, "engagé"), (DIRIGEANTS, "sollicité")):
        partenaires.ajoute(
            "Ajouter un partenaire",
            "Enregistrer le partenaire",
            {
                "Organisation": nom,
                "Famille": "Structures et personnes ressources",
                "Rôle dans la mission": "Parler des entreprises, siéger au jury.",
                "Engagement": etat,
            },
        )
    partenaires.lit("2 partenaires : 1 engagé et 1 sollicité", MEDEF, DIRIGEANTS)
    attentes = mission.panneau("Attentes croisées")
    attentes.ajoute(
        f"Noter les attentes de {MEDEF}",
        "Enregistrer les attentes du partenaire",
        {
            "La problématique est-elle partagée ?": "oui",
            "La démarche complète-t-elle l’existant ?": "oui",
            "Les structures y verront-elles un intérêt ?": "à voir",
            "Attentes usuelles": ["Se faire connaître"],
        },
    )
    attentes.lit("Notées pour 1 sur 2 partenaires", "interne au DLA")
    mission.marquer("fait")
    mission.personne.photographie("partenaires")


def convenir_des_objectifs(mission: PageMission) -> None:
    mission.demarche("Définir des objectifs partagés")
    objectifs = mission.panneau("Objectifs partagés")
    for saisie in (
        {"Objectif de la méthode": "Renforcer les dynamiques"},
        {
            "Objectif de la méthode": "Rendre les partenariats plus efficaces",
            "Dans nos mots": "Pour chacune, au moins un contact durable avec une entreprise.",
        },
    ):
        objectifs.ajoute("Ajouter un objectif", "Enregistrer l’objectif", {**saisie})
    objectifs.lit("1 stratégique, 1 opérationnel", "au moins un contact durable")
    mission.panneau("Ce que l’on évaluera").ajoute(
        "Poser le projet d’évaluation",
        "Enregistrer le projet d’évaluation",
        {"Ce que l’on évaluera": "Les contacts noués, quatre mois après."},
    )
    mission.marquer("fait")
    mission.personne.photographie("objectifs")


def valider_la_demarche(mission: PageMission) -> None:
    mission.demarche("Valider la démarche")
    mission.panneau("Structure porteuse du DLA").ajoute(
        "Noter la réponse du porteur",
        "Enregistrer la validation du porteur",
        {"État": "validée", "Date": date(2010, 2, 22), "Par": "le directeur"},
    )
    comite = mission.panneau("Comité d’appui")
    comite.ajoute(
        "Demander ou noter un avis",
        "Enregistrer l’avis du comité d’appui",
        {
            "Comment l’avis est recueilli": "en séance",
            "Date": date(2010, 3, 4),
            "Avis": "favorable avec réserves",
            "Réserves et remarques": "Ne pas laisser de côté les plus petites associations.",
            "Suite que le DLA y donne": "La journée d’information est ouverte à toutes.",
        },
    )
    comite.lit("Avis favorable avec réserves", "les plus petites associations", "ouverte à toutes")


def poser_le_budget(mission: PageMission) -> None:
    """La source ne dit pas le coût : une part d'un total inconnu reste une part."""
    budget = mission.panneau("Budget")
    budget.ajoute(
        "Ajouter une dépense",
        "Enregistrer la ligne de budget",
        {
            "Nature": "jours de conseil",
            "Libellé": "Appui conseil aux dix associations",
            "Jours": "5",
        },
    )
    budget.ajoute(
        "Ajouter un financement",
        "Enregistrer le financement",
        {
            "Financeur": "Fondation des Deux Vallées",
            "Famille de financement": "Autres financeurs, dont privés",
            "Part du coût (%)": "40",
            "Réponse": "pressenti",
        },
    )
    budget.lit("Appui conseil aux dix associations", "5 jours", "40 % du coût", "inconnu")
    mission.chiffre("Budget", "inconnu")
    mission.marquer("fait")
    mission.personne.photographie("mission-engager", choisie=budget.cadre)
