"""La matrice : chaque adresse de l'instance, et ce que chacun y obtient.

Un profil dit, pour chaque personne, l'une de quatre issues : `OUI` (la page s'ouvre, ou le
formulaire répond), `NON` (403, avec la raison), `RIEN` (404 : cela n'existe pas pour elle) et
`ENTRER` (on lui demande de se connecter). `reste` vaut pour les personnes non nommées.
Une adresse absente de la matrice fait échouer la suite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.droits.monde import ANONYME, PERSONNES, Monde

OUI, NON, RIEN, ENTRER = "oui", "non", "rien", "entrer"
Profil = dict[str, str]


def profil(reste: str, **issues: str) -> Profil:
    """Un profil complet ; l'anonyme doit se connecter sauf mention contraire."""
    return dict.fromkeys(PERSONNES, reste) | {ANONYME: ENTRER} | issues


PILOTES = ("charge", "responsable")
LECTEURS = ("charge_associe", "regional", "ressources", "comite", "partenaire", "structure")

OUVERTE = profil(OUI, anonyme=OUI)
CONNECTES = profil(OUI)
LIRE_DOSSIER = profil(RIEN, **dict.fromkeys((*PILOTES, *LECTEURS), OUI))
ECRIRE_DOSSIER = profil(RIEN, **dict.fromkeys(PILOTES, OUI), **dict.fromkeys(LECTEURS, NON))
AGENTS_DE_DLA = profil(NON, **dict.fromkeys((*PILOTES, "charge_associe", "charge_ailleurs"), OUI))
ADMINISTRATION = profil(RIEN, administrateur=OUI)

# L'annuaire : la structure de Besançon, suivie par le DLA du Doubs.
LIRE_STRUCTURE = profil(
    RIEN, **dict.fromkeys((*PILOTES, "regional", "ressources", "structure"), OUI)
)
ECRIRE_STRUCTURE = LIRE_STRUCTURE | dict.fromkeys(("regional", "ressources", "structure"), NON)
TERRITORIAUX = AGENTS_DE_DLA | dict.fromkeys(("regional", "regional_ailleurs"), OUI)


@dataclass(frozen=True)
class Ligne:
    """Une adresse : comment la bâtir, et un profil par méthode (None : la méthode est refusée)."""

    cles: Callable[[Monde], list[Any]] = lambda _monde: []
    get: Profil | None = field(default_factory=lambda: CONNECTES)
    post: Profil | None = None
    adresse: str = ""


def _dossier(monde: Monde) -> list[Any]:
    return [monde.mission.pk]


def _objet(nom: str, *suite: str) -> Callable[[Monde], list[Any]]:
    """La clé d'un objet du monde, et ce qui la suit dans l'adresse."""
    return lambda monde: [monde.objets[nom].pk, *suite]


def _dans_le_dossier(*suite: str) -> Callable[[Monde], list[Any]]:
    return lambda monde: [monde.mission.pk, *suite]


def _sujet(monde: Monde) -> list[Any]:
    return [monde.mission._meta.label_lower, monde.mission.pk]


def _structure(monde: Monde) -> list[Any]:
    return [monde.organisations["structure"].pk]


def _contact(monde: Monde) -> list[Any]:
    structure = monde.organisations["structure"]
    return [structure.pk, structure.rattachements.get().pk]


MATRICE: dict[str, Ligne] = {
    "sante": Ligne(get=OUVERTE),
    "composants": Ligne(get=ADMINISTRATION),
    "territoires:propositions": Ligne(),
    "annuaire:structures": Ligne(),
    "annuaire:annuaire": Ligne(),
    "annuaire:propositions": Ligne(),
    "annuaire:ajouter": Ligne(lambda _: ["structure"], TERRITORIAUX, TERRITORIAUX),
    "annuaire:fiche": Ligne(_structure, LIRE_STRUCTURE),
    "annuaire:modifier": Ligne(_structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:chiffres_ajouter": Ligne(_structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:chiffres_modifier": Ligne(
        lambda m: [*_structure(m), 2010], ECRIRE_STRUCTURE, ECRIRE_STRUCTURE
    ),
    "annuaire:personnes": Ligne(_structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:revoquer": Ligne(_contact, None, ECRIRE_STRUCTURE),
    "ingenieries:liste": Ligne(),
    "ingenieries:ouvrir": Ligne(get=AGENTS_DE_DLA, post=AGENTS_DE_DLA),
    "ingenieries:dossier": Ligne(_dossier, LIRE_DOSSIER),
    "ingenieries:modifier": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "ingenieries:etat": Ligne(_dans_le_dossier("suspendre"), None, ECRIRE_DOSSIER),
    "ingenieries:avancer": Ligne(_dans_le_dossier("identifier.cerner"), None, ECRIRE_DOSSIER),
    "ingenieries:demarche": Ligne(_dans_le_dossier("identifier.cerner"), LIRE_DOSSIER),
}

# Ce qui s'édite dans un dossier : pièce, élément, et les gestes que son édition offre.
TOUS = ("ajouter", "modifier", "retirer")
ELEMENTS = {
    "ingenieries": {"note": TOUS},
    "identifier": {"role": TOUS},
    "engager": {
        "attentes": ("modifier",),
        **dict.fromkeys(("partenaire", "objectif", "evaluation", "validation"), TOUS),
        **dict.fromkeys(("avis", "ligne", "financement"), TOUS),
    },
    "confirmer": {
        **dict.fromkeys(("participation", "offre"), ("modifier", "retirer")),
        **dict.fromkeys(("effectif", "concurrence", "groupe", "projet"), TOUS),
        **dict.fromkeys(("cahier", "consultation"), TOUS),
    },
    "finaliser": {
        "reponse": ("modifier", "retirer"),
        **dict.fromkeys(("seance", "resultat", "registre"), TOUS),
        **dict.fromkeys(("question_ajoutee", "mise_de_cote"), TOUS),
    },
    "capitaliser": {"capitalisation": TOUS},
}


def _lignes_des_elements() -> dict[str, Ligne]:
    return {
        f"{piece}:{element}_{geste}": Ligne(_cles(element, geste), ECRIRE_DOSSIER, ECRIRE_DOSSIER)
        for piece, elements in ELEMENTS.items()
        for element, gestes in elements.items()
        for geste in gestes
    }


def _cles(element: str, geste: str) -> Callable[[Monde], list[Any]]:
    if geste == "ajouter":
        return _dossier
    return lambda monde: [monde.mission.pk, monde.objets[element].pk]


MATRICE |= _lignes_des_elements()
