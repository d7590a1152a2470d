"""Ce qu'un diagnostic partagé donne à lire : écran de la structure, Word, PDF.

Rien d'interne n'y a de place (règle 9) : ni note, ni besoin gardé au DLA.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from maillage.socle.documents.grilles import Grille, Ligne

NON_PRECISE = "rien n’est encore écrit"


@dataclass(frozen=True, slots=True)
class BesoinDit:
    """Un besoin : les mots de la structure, et le thème qui le range."""

    dit: str = ""
    theme: str = ""
    prioritaire: str = ""


@dataclass(frozen=True, slots=True)
class DomaineDit:
    """Un domaine, tel que la structure le lit."""

    libelle: str = ""
    sans_objet: str = ""
    situation: str = ""
    forces: str = ""
    fragilites: str = ""
    reponses: tuple[Ligne, ...] = ()
    preuves: str = ""
    besoins: tuple[BesoinDit, ...] = ()
    vide: str = ""


@dataclass(frozen=True, slots=True)
class Identite:
    """De qui, par qui, quand, et ce que la structure en a dit."""

    structure: str = ""
    lieu: str = ""
    dla: str = ""
    charge: str = ""
    annee: str = ""
    date: str = ""
    etat: str = ""


@dataclass(frozen=True, slots=True)
class ContexteDuDiagnostic(Grille):
    """Un diagnostic entier ; `muet` : comment s'y dit un domaine vide."""

    identite: Identite = field(default_factory=Identite)
    synthese: str = ""
    priorites: tuple[BesoinDit, ...] = ()
    domaines: tuple[DomaineDit, ...] = ()
    pieces: tuple[str, ...] = ()
    remarques: str = ""
    muet: str = NON_PRECISE

    @property
    def ecrits(self) -> tuple[DomaineDit, ...]:
        """Les domaines dont quelque chose est dit."""
        return tuple(domaine for domaine in self.domaines if not domaine.vide)

    @property
    def vides(self) -> tuple[str, ...]:
        """Les noms des autres : à l'écran, une seule ligne."""
        return tuple(domaine.libelle for domaine in self.domaines if domaine.vide)
