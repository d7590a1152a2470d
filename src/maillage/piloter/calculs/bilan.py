"""Le bilan d'un ensemble de missions : des sommes qui disent ce qui leur manque.

Règle 6 du métier : connu, approché et inconnu restent séparés, une part d'un total inconnu reste
une part. Une structure nommée compte une fois, si nombreuses que soient ses missions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maillage.socle.mots import compter
from maillage.socle.quantites import Precision, Quantite, Total, accorder, ecrire_nombre, meler


@dataclass(frozen=True, slots=True)
class Apports:
    """Ce qu'apporte une famille de financement.

    `acquis` : accordé ou versé ; `attendus` : demandé (un financement pressenti reste au DLA) ;
    `parts` : apports que la
    source ne donne qu'en part d'un coût inconnu, comptés sans être convertis.
    """

    code: str
    libelle: str
    acquis: Total
    attendus: Total
    parts: int


@dataclass(frozen=True, slots=True)
class Cellule:
    """Les chiffres d'un ensemble de missions : toutes, ou celles d'une ligne d'une ventilation.

    `missions`, et tout ce qui suit, ne compte pas les `abandonnees`. `nommees` : structures
    nommées, chacune une fois ; `sans_nom` : celles que la source compte au-delà. `attente`,
    `duree`, `delai` : des mois, à lire en moyenne.
    """

    cle: str
    libelle: str
    missions: int
    collectives: int
    abandonnees: int
    types: Mapping[str, int]
    nommees: int
    sans_nom: Total
    jours: Total
    cout: Total
    attente: Total
    duree: Total
    delai: Total

    @property
    def individuelles(self) -> int:
        return self.missions - self.collectives

    @property
    def structures(self) -> Total:
        """Nommées et comptées sans nom ; ses inconnues sont les missions qui n'en disent rien."""
        return Total(
            self.sans_nom.valeur + self.nommees,
            self.sans_nom.connues,
            self.sans_nom.approchees,
            self.sans_nom.inconnues,
            precision=self.sans_nom.precision,
        )


@dataclass(frozen=True, slots=True)
class Annee:
    """Les missions menées d'une année ; `annee` vaut None quand la source ne la dit pas."""

    annee: int | None
    missions: int
    collectives: int


@dataclass(frozen=True, slots=True)
class Bilan:
    """L'ensemble, sa ventilation, qui paie, et la ligne des années (hors période)."""

    ensemble: Cellule
    lignes: Sequence[Cellule]
    apports: Sequence[Apports]
    annees: Sequence[Annee]

    @property
    def acquis(self) -> Total:
        """Tout ce qui est accordé ou versé, toutes familles réunies."""
        return sum((apport.acquis for apport in self.apports), Total.de((), "€"))


def total(
    valeur: Decimal | None,
    approches: Mapping[Precision, int],
    connues: int,
    tous: int,
    unite: str = "",
) -> Total:
    """Un total compté ailleurs : `approches`, par précision ; `tous`, inconnus compris."""
    presentes = [precision for precision, combien in approches.items() if combien]
    return Total(
        Decimal(valeur or 0),
        connues,
        sum(approches.values()),
        tous - connues,
        unite,
        meler(presentes),
    )


def moyenne(mois: Total) -> Quantite:
    """La moyenne de ce qui est connu, au dixième ; inconnue si rien ne l'est."""
    if not mois.connues:
        return Quantite.inconnue(mois.unite)
    valeur = (mois.valeur / mois.connues).quantize(Decimal("0.1"))
    return Quantite(valeur, mois.precision, mois.unite)


def dire(somme: Total) -> str:
    """La somme seule : « 43 200 € », « environ 40 jours », « inconnu »."""
    if not somme.connues:
        return "inconnu" if somme.inconnues else ""
    return str(Quantite(somme.valeur, somme.precision, somme.unite))


def reserves(somme: Total) -> str:
    """Sur combien de missions elle porte : « sur 6 missions, dont 2 approchées »."""
    if not somme.connues:
        return ""
    approchees = somme.approchees
    dont = f", dont {ecrire_nombre(approchees)} {accorder(approchees, 'approchée')}"
    return f"sur {compter(somme.connues, 'mission')}{dont if approchees else ''}"


def manquent(somme: Total) -> str:
    """« 8 inconnues » ; vide quand rien ne manque."""
    return compter(somme.inconnues, "inconnue") if somme.inconnues else ""
