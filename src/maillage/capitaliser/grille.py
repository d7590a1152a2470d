"""Ce qu'une fiche contient, sur la grille de présentation d'une ingénierie (S3, fiche 5).

Toutes les valeurs sont des textes prêts à lire, des nombres entiers ou des suites : le même objet
sert l'écran, Word et le PDF, et se garde tel quel en JSON. L'inconnu y est dit, jamais zéro.
Rien d'interne n'y a de place : ni posture, ni attentes, ni concurrence présumée, ni note (règle 9).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from maillage.confirmer.presentation import Beneficiaires
from maillage.engager.presentation import Objectifs
from maillage.ingenieries.identite import Identite
from maillage.socle.documents.grilles import Chiffre, Grille
from maillage.socle.quantites import Precision, Quantite


@dataclass(frozen=True, slots=True)
class Problematique:
    """Ce qui se passe, ce qui manque, d'où on le sait, comment on l'a vérifié."""

    titre: str = ""
    contexte: str = ""
    enjeux: str = ""
    besoins: str = ""
    themes: tuple[str, ...] = ()
    origine: tuple[str, ...] = ()
    validation: str = ""


@dataclass(frozen=True, slots=True)
class Acteur:
    """Quelqu'un qui prend part à la mission : son nom, à quel titre, pour quoi faire."""

    nom: str = ""
    titre: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Humains:
    """Qui a donné de son temps."""

    animation: str = ""
    intervenants: tuple[Acteur, ...] = ()
    systeme_intervenant: str = ""
    partenaires: tuple[Acteur, ...] = ()


@dataclass(frozen=True, slots=True)
class Montant:
    """Une ligne des comptes ; `montant` est écrit, « inconnu » compris."""

    libelle: str = ""
    titre: str = ""
    montant: str = ""


@dataclass(frozen=True, slots=True)
class Financiers:
    """Ce que la mission a coûté et qui l'a payée."""

    budget: str = ""
    prestations: str = ""
    depenses: tuple[Montant, ...] = ()
    financements: tuple[Montant, ...] = ()


@dataclass(frozen=True, slots=True)
class Moyens:
    """Les trois sortes de moyens de la grille."""

    humains: Humains = field(default_factory=Humains)
    financiers: Financiers = field(default_factory=Financiers)
    logistiques: tuple[Montant, ...] = ()


@dataclass(frozen=True, slots=True)
class Seance:
    """Un temps de l'intervention."""

    titre: str = ""
    forme: str = ""
    quand: str = ""
    duree: str = ""
    presents: str = ""
    intervenants: str = ""
    contenu: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Ce qui s'est fait auprès des structures."""

    typologie: str = ""
    solution: str = ""
    intervention: tuple[str, ...] = ()
    journees: str = ""
    duree: str = ""
    rythme: str = ""
    lieu: str = ""
    prestations: tuple[str, ...] = ()
    contenus: str = ""
    seances: tuple[Seance, ...] = ()


@dataclass(frozen=True, slots=True)
class Resultat:
    """Un résultat, obtenu ou non ; `mesure` est vide quand il ne se compte pas."""

    nature: str = ""
    phrase: str = ""
    mesure: str = ""
    quand: str = ""
    obtenu: bool = True


@dataclass(frozen=True, slots=True)
class Registre:
    """Un registre de l'évaluation, rempli."""

    libelle: str = ""
    aide: str = ""
    appreciation: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Les registres remplis, et le nom de ceux qui ne le sont pas encore."""

    registres: tuple[Registre, ...] = ()
    a_apprecier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capitalisation:
    """Ce que l'on retient, et comment cela doit voyager (S3, fiche 4/4)."""

    a_retenir: str = ""
    natures: tuple[str, ...] = ()
    transferable: str = ""
    but_du_transfert: str = ""
    destinataires: tuple[str, ...] = ()
    responsables: tuple[str, ...] = ()
    formes: tuple[str, ...] = ()
    ton: str = ""


@dataclass(frozen=True, slots=True)
class Mesure:
    """Un chiffre de la mission tel qu'il se compare ; `nombre` est vide quand il est inconnu."""

    code: str = ""
    libelle: str = ""
    nombre: str = ""
    precision: str = ""
    unite: str = ""

    @property
    def quantite(self) -> Quantite:
        if not self.nombre:
            return Quantite.inconnue(self.unite)
        return Quantite(Decimal(self.nombre), Precision(self.precision), self.unite)


@dataclass(frozen=True, slots=True)
class ContexteDeFiche(Grille):
    """Une fiche entière."""

    accroche: str = ""
    resume: str = ""
    identite: Identite = field(default_factory=Identite)
    en_bref: tuple[Chiffre, ...] = ()
    problematique: Problematique = field(default_factory=Problematique)
    objectifs: Objectifs = field(default_factory=Objectifs)
    beneficiaires: Beneficiaires = field(default_factory=Beneficiaires)
    moyens: Moyens = field(default_factory=Moyens)
    action: Action = field(default_factory=Action)
    resultats: tuple[Resultat, ...] = ()
    evaluation: Evaluation = field(default_factory=Evaluation)
    capitalisation: Capitalisation = field(default_factory=Capitalisation)
    manques: tuple[str, ...] = ()
    mesures: tuple[Mesure, ...] = ()

    @property
    def inconnus(self) -> tuple[str, ...]:
        """Les chiffres d'« En bref » que l'on ne connaît pas, par leur nom."""
        return tuple(chiffre.libelle for chiffre in self.en_bref if not chiffre.connu)
