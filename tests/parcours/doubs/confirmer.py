"""Étape 3 : vingt-sept venues, dix retenues ; un groupe, un projet, un prestataire choisi."""

from datetime import datetime, timedelta

from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne

GROUPE = "Les dix de 2010"
CONSULTANT = "Cabinet Passerelles"


def mobiliser_les_structures(mission: PageMission) -> None:
    lea = mission.personne
    mission.demarche("Mobiliser les structures bénéficiaires")
    mobilisation = mission.panneau("Mobilisation")
    mobilisation.ouvre("Ajouter des structures")
    PageFormulaire(lea).enregistrer(
        "Ajouter les organisations cochées",
        {
            "Elles sont déjà": "intéressées",
            "Théâtre du Pont Neuf": True,
            "Les Jardins de la Loue": True,
        },
    )
    lea.lit("2 structures au dossier en plus")
    lea.suit("Revenir à la mission")
    mobilisation.ouvre("Suivre les structures une à une")
    lea.envoie("Retenir : Théâtre du Pont Neuf")
    lea.envoie("Ne pas retenir : Les Jardins de la Loue")
    lea.photographie("mobilisation")
    lea.suit("Revenir à la mission")
    mobilisation.lit("2 intéressées, 1 retenue", "1 structure non retenue à prévenir")


def prevenir_celle_que_l_on_ne_retient_pas(mission: PageMission) -> None:
    mobilisation = mission.panneau("Mobilisation")
    mobilisation.ajoute("Prévenir les non retenues", "Noter qu’elles sont prévenues", {})


def declarer_les_effectifs(mission: PageMission) -> None:
    """Ce que la source compte sans le nommer : l'entonnoir en tient compte et le dit."""
    mobilisation = mission.panneau("Mobilisation")
    for palier, nombre, precision in (
        ("contactées", "27", "venues à la journée de sensibilisation"),
        ("retenues", "10", "accompagnées"),
    ):
        mobilisation.ajoute(
            "Déclarer un effectif",
            "Enregistrer l’effectif déclaré",
            {
                "Palier": palier,
                "Nombre de structures": nombre,
                "En quelques mots": precision,
                "Source": "Avise, article 1895",
            },
        )
    mobilisation.lit("27 contactées", "10 retenues", "Théâtre du Pont Neuf")
    mission.chiffre("Structures retenues", "10")


def former_le_groupe(mission: PageMission) -> None:
    groupes = mission.panneau("Groupes")
    groupes.ajoute(
        "Former un groupe",
        "Enregistrer le groupe",
        {
            "Nom du groupe": GROUPE,
            "Structures": ["Théâtre du Pont Neuf"],
            "Ce qui fait son profil": ["Territoire", "Complémentarité des projets"],
        },
    )
    groupes.lit(GROUPE, "1 groupe, 1 structure")
    mission.marquer("fait")
    mobilisation = mission.panneau("Mobilisation")
    mission.personne.photographie("mission-confirmer", choisie=mobilisation.cadre)


def ecrire_le_projet(mission: PageMission) -> None:
    mission.demarche("Établir le projet d’intervention")
    projet = mission.panneau("Projet d’intervention")
    projet.ajoute(
        "Écrire le projet d’intervention",
        "Enregistrer le projet d’intervention",
        {
            "Type d’ingénierie": "Solution produite avec les structures",
            "Formes de travail": ["Alternance avec des temps individuels"],
            "Types de prestation": ["Recherche de financements"],
            "Objectifs du groupe": "Une démarche de partenariat, et l’oser devant des dirigeants.",
            "Résultats attendus, en mots": "Un contact durable pour chacune.",
            "Jours d’intervention": "5",
            "Qui intervient": "Un consultant qui connaît les deux mondes.",
        },
    )
    projet.lit("Solution produite avec les structures, 5 jours")
    mission.marquer("fait")
    mission.personne.photographie("projet")


def emettre_le_cahier_des_charges(mission: PageMission) -> None:
    mission.demarche("Arrêter les modalités d’intervention")
    cahier = mission.panneau("Cahier des charges")
    cahier.ajoute(
        "Écrire le cahier des charges",
        "Enregistrer le cahier des charges",
        {"Délai d’exécution": "Avant l’été", "Les conditions à respecter": "Un jury final."},
    )
    cahier.lit("en brouillon")
    cahier.envoie("Émettre le cahier des charges")
    cahier.lit("Émis le")


def consulter(mission: PageMission) -> None:
    consultation = mission.panneau("Consultation")
    consultation.ajoute(
        "Choisir les prestataires", "Ajouter les organisations cochées", {CONSULTANT: True}
    )
    mission.personne.suit("Revenir à la mission")
    limite = datetime.now() + timedelta(days=15)
    consultation.ajoute(
        "Préparer la consultation",
        "Enregistrer la consultation",
        {"Offres attendues jusqu’au": f"{limite:%Y-%m-%dT12:00}"},
    )
    consultation.envoie("Ouvrir la consultation")
    consultation.lit("Ouverte jusqu’au", "0 offre sur 1 prestataire")


def deposer_l_offre(yann: Personne) -> None:
    """Le consultant ne voit que le cahier des charges et son offre."""
    yann.va("/consultations/")
    yann.suit("Partenariats entre associations et entreprises")
    yann.lit("Cahier des charges", "Un jury final")
    yann.n_apprend_rien("plus petites associations", "Ne pas démarcher")
    PageFormulaire(yann).enregistrer(
        "Déposer l’offre",
        {"Montant (€)": "", "Jours": "5", "Ce que vous proposez": "Collectif et individuel."},
    )
    yann.lit("Déposée le")
    yann.photographie("offre-du-prestataire", choisie=True)


def decider(mission: PageMission) -> None:
    lea = mission.personne
    lea.onglet.reload()
    consultation = mission.panneau("Consultation")
    consultation.lit("1 offre sur 1 prestataire")
    consultation.envoie("Clore et ouvrir les offres")
    consultation.ouvre("Comparer les offres, noter, décider")
    lea.suit(f"Noter {CONSULTANT}")
    PageFormulaire(lea).enregistrer(
        "Enregistrer mes notes",
        {"Qualité des contenus et de la méthode": "5", "Échanges et animation": "4"},
    )
    lea.photographie("offres")
    PageFormulaire(lea).enregistrer(
        "Décider",
        {
            "Offres retenues": [CONSULTANT],
            "Ce qui a fait pencher la décision": "Il fait alterner travail commun et individuel.",
        },
    )
    consultation.lit(CONSULTANT, "alterner travail commun et individuel")
    mission.marquer("fait")
    mission.personne.photographie("consultation")
