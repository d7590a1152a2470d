"""Données d'exemple de la page /composants/, inspirées du cas du Doubs (2010)."""

from typing import Any

from maillage.socle.droits import permis, refuse
from maillage.socle.transitions import Transition, Verbe

FIL = [{"libelle": "Pilotage", "url": "#contenu"}, {"libelle": "Composants", "url": ""}]

# Code (ancre et gabarit), titre, et vrai si le composant veut toute la largeur.
SECTIONS = [
    {"code": code, "gabarit": f"socle/composants/{code}.html", "titre": titre, "large": large}
    for code, titre, large in [
        ("texte", "Texte et termes", False),
        ("boutons", "Boutons et confirmation", False),
        ("etats", "États, étapes, messages", False),
        ("vides", "Vide, refusé, progression", False),
        ("chemin", "Chemin de la mission", True),
        ("panneaux", "Panneaux, journal, notes", False),
        ("taches", "Aujourd’hui", True),
        ("chiffres", "Chiffres clés et entonnoir", False),
        ("budget", "Grand livre du budget", True),
        ("tableaux", "Filtres, tableau, pagination, onglets", True),
        ("formulaires", "Formulaires", False),
        ("matrice", "Matrice d’évaluation", True),
    ]
]


LISTE_SANS_REPONSE = {"total": 0, "filtres": {"actifs": True}}

CHEMIN: list[dict[str, Any]] = [
    {
        "code": "identifier",
        "nom": "Identifier",
        "etat": "fait",
        "resume": "3 démarches sur 3",
        "url": "#chemin",
        "demarches": [
            {"nom": "Cerner une problématique", "etat": "fait", "url": "#chemin"},
            {"nom": "Cibler les structures", "etat": "fait", "url": "#chemin"},
            {"nom": "Définir le rôle du DLA", "etat": "fait", "url": "#chemin"},
        ],
    },
    {
        "code": "engager",
        "nom": "Engager",
        "etat": "en_retard",
        "resume": "1 faite, 1 en retard",
        "ouverte": True,
        "url": "#chemin",
        "demarches": [
            {
                "nom": "Lancer la dynamique partenariale",
                "etat": "fait",
                "url": "#chemin",
                "detail": "5 partenaires",
            },
            {
                "nom": "Définir des objectifs partagés",
                "etat": "en_cours",
                "url": "#chemin",
                "courante": True,
                "detail": "2 objectifs sur 4 validés",
            },
            {
                "nom": "Valider la démarche",
                "etat": "en_retard",
                "url": "#chemin",
                "detail": "avis attendu le 4 mars",
            },
        ],
    },
    {
        "code": "confirmer",
        "nom": "Confirmer",
        "etat": "a_faire",
        "resume": "à venir",
        "url": "#chemin",
        "demarches": [
            {"nom": "Mobiliser les structures", "etat": "en_cours", "url": "#chemin"},
            {"nom": "Établir le projet d’intervention", "etat": "a_faire", "url": "#chemin"},
            {"nom": "Finaliser les modalités", "etat": "a_faire", "url": "#chemin"},
        ],
    },
    {
        "code": "finaliser",
        "nom": "Finaliser",
        "etat": "a_faire",
        "resume": "à venir",
        "url": "#chemin",
        "demarches": [
            {"nom": "Mettre en œuvre", "etat": "a_faire", "url": "#chemin"},
            {"nom": "Évaluer", "etat": "a_faire", "url": "#chemin"},
            {"nom": "Conduire la capitalisation", "etat": "sans_objet", "url": "#chemin"},
        ],
    },
]

ETATS = ["a_faire", "en_cours", "fait", "en_retard", "sans_objet", "perte"]

MANQUES = [
    "Deux cofinanceurs n’ont pas répondu.",
]

JOURNAL = [
    {
        "quoi": "La Région a confirmé 3 000 € de cofinancement",
        "qui": "Nadia Bensalem",
        "quand": "hier à 16 h 40",
    },
    {
        "quoi": "Six projets passés devant un jury de trois personnes",
        "detail": "Quatre associations ont obtenu un rendez-vous.",
        "qui": "Paul Guyot",
        "quand": "12 février",
    },
]

A_FAIRE = [
    {
        "libelle": "Dater l’avis du comité d’appui",
        "contexte": "Mécénat des associations culturelles",
        "echeance": "En retard de 6 jours",
        "etat": "en_retard",
        "url": "#taches",
        "geste_libelle": "Saisir l’avis",
        "geste_url": "#taches",
    },
    {
        "libelle": "Répondre à trois structures non retenues",
        "contexte": "Mécénat des associations culturelles",
        "echeance": "Avant vendredi",
        "etat": "a_faire",
        "url": "#taches",
        "geste_libelle": "Rédiger les réponses",
        "geste_url": "#taches",
    },
]

CETTE_SEMAINE = [
    {
        "libelle": "Séance collective 2, Besançon",
        "contexte": "10 associations attendues, 8 ont confirmé",
        "echeance": "Mardi 10 mars, 9 h 30",
        "etat": "en_cours",
        "url": "#taches",
    },
]

PALIERS = [
    {"libelle": "Contactées", "valeur": 40, "precision": "environ", "url": "#chiffres"},
    {"libelle": "Sensibilisées", "valeur": 27},
    {"libelle": "Intéressées", "valeur": None},
    {"libelle": "Accompagnées", "valeur": 10, "url": "#chiffres", "detail": "5 jours de conseil"},
]

DEPENSES = [
    {"libelle": "5 jours de conseil", "montant": "4 500 €", "detail": "900 € la journée, TTC"},
    {"libelle": "Journée d’information", "montant": "1 200 €"},
    {"libelle": "Jury et frais de salle", "montant": "environ 300 €"},
]

FINANCEMENTS = [
    {"libelle": "Crédits DLA", "montant": "3 000 €", "etat": "fait", "mot": "acquis"},
    {"libelle": "Région", "montant": "1 500 €", "etat": "en_cours", "mot": "demandé"},
    {
        "libelle": "Fondation d’entreprise",
        "montant": "montant inconnu",
        "etat": "en_retard",
        "mot": "sans réponse",
        "detail": "relancée le 2 mars",
    },
]

REGLES = [
    {
        "texte": "La journée d’information donnée par un partenaire n’est pas payée par le DLA.",
        "source": "Fiche 7",
    },
]

COLONNES = [
    {"libelle": "Structure", "cle": "nom"},
    {"libelle": "Commune", "cle": "commune"},
    {"libelle": "Réponse"},
    {"libelle": "Budget annuel", "cle": "budget", "nombre": True},
]

STRUCTURES = [
    {
        "nom": "Le Bastringue",
        "commune": "Besançon",
        "etat": "fait",
        "mot": "retenue",
        "budget": "212 000 €",
    },
    {
        "nom": "Les Passeurs du Lison",
        "commune": "Nans-sous-Sainte-Anne",
        "etat": "a_faire",
        "mot": "pas répondu",
        "budget": "inconnu",
    },
]

ONGLETS = [
    {"libelle": "Toutes", "url": "#tableaux", "actif": True, "compte": 27},
    {"libelle": "À relancer", "url": "#tableaux", "actif": False, "compte": 3},
    {"libelle": "Hors groupe", "url": "#tableaux", "actif": False, "compte": 0},
]

VOIX = [
    {"libelle": nom}
    for nom in [
        "Structures",
        "DLA régional",
        "Centre de ressources",
        "Prestataires",
        "Autres partenaires",
        "DLA",
    ]
]


def _reponses(*niveaux: int | str) -> list[dict[str, Any]]:
    """Six réponses, une par voix : un niveau de 0 à 4, « ? » sans réponse, « - » non interrogé."""
    mots = ["pas du tout", "un peu", "en partie", "bien", "pleinement"]
    etats = {"?": "sans_reponse", "-": "non_interroge"}
    reponses = []
    for voix, niveau in zip(VOIX, niveaux, strict=True):
        if isinstance(niveau, int):
            reponse = {"etat": "repondu", "niveau": niveau, "mot": mots[niveau]}
        else:
            reponse = {"etat": etats[niveau]}
        reponses.append({**reponse, "voix": voix["libelle"]})
    return reponses


MATRICE = [
    {
        "libelle": "Effets sur les structures",
        "questions": [
            {
                "libelle": "Les associations coopèrent-elles davantage ?",
                "reponses": _reponses(4, 0, "?", 1, "-", 2),
                "accord": "divergence",
                "accord_mot": "Les voix divergent",
                "mots": [
                    {"voix": "Structures", "texte": "On s’appelle, on se prête du matériel."},
                    {"voix": "Prestataires", "texte": "Chacune est repartie avec son dossier."},
                ],
            },
        ],
    },
]

_CLORE = Transition("clore", {"ouverte"}, "close", "Clore la consultation")
_DECIDER = Transition("decider", {"close"}, "decidee", "Choisir un prestataire")
VERBES = [
    Verbe(_CLORE, permis("Rien ne s’y oppose."), "#boutons"),
    Verbe(_DECIDER, refuse("Trois offres restent à noter."), "#boutons"),
]
