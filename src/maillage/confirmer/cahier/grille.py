"""Ce qu'un cahier des charges contient, dans l'ordre où un prestataire le lit (S3, fiche 3/4).

Comme pour la fiche : des textes prêts à lire, le même objet pour l'écran, Word et le PDF. Rien
d'interne n'y a de place (règle 9) ; une structure qui n'est pas retenue n'y est que comptée.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from maillage.confirmer.presentation import Beneficiaires
from maillage.engager.presentation import Objectifs
from maillage.ingenieries.identite import Identite
from maillage.socle.documents.grilles import Chiffre, Grille, Ligne

NON_PRECISE = "non précisé"


@dataclass(frozen=True, slots=True)
class Demarche:
    """La démarche d'ensemble, et la problématique dont elle part."""

    texte: str = ""
    problematique: str = ""
    contexte: str = ""
    enjeux: str = ""
    besoins: str = ""


@dataclass(frozen=True, slots=True)
class Buts(Objectifs):
    """Les objectifs : les mots du cahier, ou ceux du dossier rangés par niveau."""

    texte: str = ""
    collectifs: str = ""
    individuels: str = ""


@dataclass(frozen=True, slots=True)
class Attendus:
    """L'objet de l'intervention et ses résultats : les mots du cahier, ou ceux du projet."""

    texte: str = ""
    qualitatifs: str = ""
    quantitatifs: str = ""


@dataclass(frozen=True, slots=True)
class Deroule:
    """Comment l'intervention est imaginée."""

    typologie: str = ""
    solution: str = ""
    formes: tuple[str, ...] = ()
    prestations: tuple[str, ...] = ()
    contenus: str = ""
    jours: str = ""
    duree: str = ""
    rythme: str = ""
    lieu: str = ""
    logistique: str = ""
    calendrier: str = ""
    prestataires: str = ""
    intervenants: str = ""
    presence_du_dla: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """La part du prestataire dans l'évaluation, et sur quoi elle portera."""

    role: str = ""
    registres: tuple[str, ...] = ()
    indicateurs: str = ""


@dataclass(frozen=True, slots=True)
class Limites:
    """Le temps et l'argent."""

    delai: str = ""
    plafond: str = ""


@dataclass(frozen=True, slots=True)
class Appel:
    """La consultation : jusqu'à quand, avec quel message, à qui répondre."""

    limite: str = ""
    consigne: str = ""
    dla: str = ""
    interlocuteur: str = ""
    courriel: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class ContexteDuCahier(Grille):
    """Un cahier des charges entier ; `muet` : comment s'y dit une rubrique vide."""

    accroche: str = ""
    identite: Identite = field(default_factory=Identite)
    en_bref: tuple[Chiffre, ...] = ()
    demarche: Demarche = field(default_factory=Demarche)
    objectifs: Buts = field(default_factory=Buts)
    public: Beneficiaires = field(default_factory=Beneficiaires)
    attendus: Attendus = field(default_factory=Attendus)
    deroule: Deroule = field(default_factory=Deroule)
    conditions: str = ""
    evaluation: Evaluation = field(default_factory=Evaluation)
    limites: Limites = field(default_factory=Limites)
    criteres: tuple[Ligne, ...] = ()
    consultation: Appel = field(default_factory=Appel)
    muet: str = NON_PRECISE

    @property
    def vides(self) -> tuple[str, ...]:
        """Les rubriques où rien n'est dit ; rien de cela n'empêche d'émettre (règle 1)."""
        return tuple(champ for champ in RUBRIQUES if not _dit(getattr(self, champ)))

    @property
    def manques(self) -> tuple[str, ...]:
        """Leurs noms."""
        return tuple(RUBRIQUES[champ] for champ in self.vides)


RUBRIQUES = {
    "demarche": "La démarche et la problématique",
    "objectifs": "Les objectifs",
    "public": "Le public",
    "attendus": "L’objet et les résultats attendus",
    "deroule": "Le déroulé",
    "conditions": "Les conditions à respecter",
    "evaluation": "La part du prestataire dans l’évaluation",
    "limites": "Le délai et le budget plafond",
}
"""Les rubriques que la mission remplit, dans l'ordre du document."""


def changements(avant: ContexteDuCahier, apres: ContexteDuCahier) -> tuple[str, ...]:
    """Ce qui ne dit plus la même chose d'une édition à l'autre ; l'appel n'en fait pas partie."""
    suivis = {"titre": "Le titre", "accroche": "L’accroche", **RUBRIQUES}
    return tuple(
        nom for champ, nom in suivis.items() if getattr(avant, champ) != getattr(apres, champ)
    )


def _dit(rubrique: Any) -> bool:
    return bool(rubrique) if isinstance(rubrique, str) else any(asdict(rubrique).values())
