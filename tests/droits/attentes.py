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
LECTEURS = ("charge_associe", "regional", "ressources")

OUVERTE = profil(OUI, anonyme=OUI)
CONNECTES = profil(OUI)
LIRE_DOSSIER = profil(RIEN, **dict.fromkeys((*PILOTES, *LECTEURS), OUI))
ECRIRE_DOSSIER = profil(RIEN, **dict.fromkeys(PILOTES, OUI), **dict.fromkeys(LECTEURS, NON))
AGENTS_DE_DLA = profil(NON, **dict.fromkeys((*PILOTES, "charge_associe", "charge_ailleurs"), OUI))
ADMINISTRATION = profil(RIEN, administrateur=OUI)


@dataclass(frozen=True)
class Ligne:
    """Une adresse : comment la bâtir, et un profil par méthode (None : la méthode est refusée)."""

    cles: Callable[[Monde], list[Any]] = lambda _monde: []
    get: Profil | None = field(default_factory=lambda: CONNECTES)
    post: Profil | None = None
    adresse: str = ""


def _dossier(monde: Monde) -> list[Any]:
    return [monde.mission.pk]


def _note(monde: Monde) -> list[Any]:
    return [monde.mission.pk, monde.objets["note"].pk]


MATRICE: dict[str, Ligne] = {
    "sante": Ligne(get=OUVERTE),
    "composants": Ligne(get=ADMINISTRATION),
    "ingenieries:liste": Ligne(),
    "ingenieries:ouvrir": Ligne(get=AGENTS_DE_DLA, post=AGENTS_DE_DLA),
    "ingenieries:dossier": Ligne(_dossier, LIRE_DOSSIER),
    "ingenieries:modifier": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "ingenieries:etat": Ligne(lambda m: [m.mission.pk, "suspendre"], None, ECRIRE_DOSSIER),
    "ingenieries:avancer": Ligne(
        lambda m: [m.mission.pk, "identifier.cerner"], None, ECRIRE_DOSSIER
    ),
    "ingenieries:demarche": Ligne(lambda m: [m.mission.pk, "identifier.cerner"], LIRE_DOSSIER),
    "ingenieries:note_ajouter": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "ingenieries:note_modifier": Ligne(_note, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "ingenieries:note_retirer": Ligne(_note, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
}
