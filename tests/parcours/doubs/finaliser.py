"""Étape 4 : cinq jours, un jury de trois, et quatre mois après ; puis la fiche."""

from tests.parcours.doubs.confirmer import GROUPE
from tests.parcours.doubs.identifier import TITRE
from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne, Valeur

JURY = (
    "Le délégué général du MEDEF du Doubs, le président des jeunes dirigeants, un expert-comptable"
)

SEANCES: list[dict[str, Valeur]] = [
    {
        "Forme": "information",
        "Titre": "Sensibilisation au mécénat",
        "Durée (jours)": "1",
        "Structures venues, sans les nommer": "27",
    },
    {
        "Forme": "temps collectifs et individuels alternés",
        "Titre": "Construire sa démarche de partenariat",
        "Groupe": GROUPE,
        "Durée (jours)": "5",
        "Structures venues, sans les nommer": "10",
    },
    {
        "Forme": "présentation devant un jury",
        "Titre": "Six projets devant le jury",
        "Groupe": GROUPE,
        "Intervenants, membres du jury": JURY,
        "Structures venues, sans les nommer": "6",
    },
]
RESULTATS: list[dict[str, Valeur]] = [
    {
        "Nature": "projet",
        "Le résultat, en une phrase": "Des projets de partenariat présentés à un jury de trois.",
        "Nombre": "6",
    },
    {
        "Nature": "rendez-vous, contact",
        "Le résultat, en une phrase": "Des associations obtiennent un rendez-vous avec le jury.",
        "Structures concernées": "4",
    },
    {
        "Nature": "mécénat",
        "Le résultat, en une phrase": "Levés en mécénat auprès des entreprises.",
        "Montant (€)": "30 000",
        "Combien de mois après l’intervention": "4",
    },
    {
        "Nature": "contrat de prestation",
        "Le résultat, en une phrase": "Vendus aux entreprises, par contrat.",
        "Montant (€)": "20 000",
        "Combien de mois après l’intervention": "4",
    },
]
REGISTRES = {
    "Cohérence": "La mission répond à ce que les associations ont dit.",
    "Pertinence": "Apprendre, puis oser devant de vrais dirigeants.",
    "Efficacité": "Quatre rendez-vous sur six projets présentés.",
    "Efficience": "Le coût n’est pas connu : on ne peut pas le dire.",
}


def tenir_les_seances(mission: PageMission) -> None:
    mission.demarche("Mettre en œuvre l’intervention")
    seances = mission.panneau("Séances")
    for saisie in SEANCES:
        seances.ajoute("Ajouter une séance", "Enregistrer la séance", saisie)
    seances.lit("3 séances", "27 venues", "5 jours", "expert-comptable")
    seances.ouvre("Noter les présences")
    case = "Théâtre du Pont Neuf, Construire sa démarche de partenariat"
    mission.personne.remplit({case: "présente"})
    mission.personne.photographie("presences")
    mission.personne.envoie("Enregistrer les présences")
    assert mission.personne.lit_le_champ(case) == "present"
    mission.personne.suit("Revenir à la mission")
    seances.lit("10 venues")
    mission.marquer("fait")
    mission.personne.photographie("seances")


def interroger_les_voix(mission: PageMission) -> None:
    mission.demarche("Évaluer l’ingénierie collective")
    questions = mission.panneau("Questions aux six voix")
    questions.ouvre("Saisir des réponses")
    lea = mission.personne
    for voix, question, niveau in (
        ("Structures", "Mieux se financer", "tout à fait"),
        (
            "Autres partenaires",
            "Les actions ont-elles pu rendre les structures plus compétentes ?",
            "plutôt oui",
        ),
    ):
        lea.suit(voix)
        PageFormulaire(lea).enregistrer("Enregistrer ces réponses", {question: niveau})
    lea.lit("tout à fait", "pas répondu", "pas interrogé")
    lea.photographie(
        "matrice", choisie=lea.onglet.get_by_role("navigation", name="Groupes de questions")
    )
    lea.suit("Revenir à la mission")
    questions.lit("2 réponses sur 81 attendues")


def noter_les_resultats(mission: PageMission) -> None:
    resultats = mission.panneau("Résultats")
    for saisie in RESULTATS:
        resultats.ajoute("Ajouter un résultat", "Enregistrer le résultat", saisie)
    resultats.lit("4 résultats obtenus", "30 000 €", "20 000 €", "4 mois après")
    mission.chiffre("Résultats", "4")


def remplir_les_registres(mission: PageMission) -> None:
    registres = mission.panneau("Quatre registres")
    for registre, texte in REGISTRES.items():
        registres.ajoute(
            "Remplir un registre",
            "Enregistrer l’appréciation d’un registre",
            {"Registre": registre, "Ce que l’on en retient": texte},
        )
    registres.lit("4 registres remplis sur 4", "Le coût n’est pas connu")
    mission.marquer("fait")
    mission.personne.photographie("mission-finaliser", choisie=registres.cadre)


def publier_la_fiche(mission: PageMission) -> None:
    lea = mission.personne
    mission.demarche("Conduire et transférer la capitalisation")
    mission.panneau("Ce que l’on retient").ajoute(
        "Écrire ce que l’on retient",
        "Enregistrer la capitalisation",
        {
            "En bref": "Dix associations apprennent à parler aux entreprises, et osent.",
            "Ce que l’on retient": "Le jury donne une échéance à tout le monde.",
            "Ce qui peut servir ailleurs": "La journée ouverte, puis un groupe resserré.",
            "Ce que l’on garde": ["La méthode"],
        },
    )
    fiche = mission.panneau("La fiche de présentation")
    fiche.cadre.get_by_role("button", name="Publier la fiche…").click()
    fiche.lit("Toute personne connectée à Maillage pourra la lire")
    fiche.envoie("Publier la fiche")
    fiche.lit("La fiche est publiée")
    mission.marquer("fait")
    lea.lit("Toutes les démarches sont faites")
    lea.photographie("mission", choisie=True)


def trouver_la_fiche(personne: Personne) -> None:
    """Par la recherche de tout Maillage, sans accent ni pluriel ; chaque chiffre s'y lit."""
    personne.cherche("partenariat entreprise")
    resultats = personne.contenu.locator("section").filter(has_text="Fiches")
    personne.suit(TITRE, dans=resultats)
    personne.lit("DLA du Doubs", "2010", "Édition 1")
    personne.lit("27", "10", "5 jours", "30 000 €", "20 000 €", "4 mois", "inconnu")
    personne.lit("Six projets devant le jury", JURY, "Le jury donne une échéance")
    personne.n_apprend_rien("Ne pas démarcher", "Se faire connaître", "plus petites associations")
    personne.photographie("fiche", choisie=True)


def emporter_la_fiche(personne: Personne) -> None:
    """En Word et en PDF."""
    for geste, extension in (("Fiche en Word", ".docx"), ("Fiche en PDF", ".pdf")):
        with personne.onglet.expect_download() as attendu:
            personne.contenu.get_by_role("link", name=geste).click()
        assert attendu.value.suggested_filename.endswith(extension)
        assert attendu.value.path().stat().st_size > 5_000
