"""Les chiffres d'un bilan : ce qu'ils disent, la liste qu'ils comptent, ce qui leur manque."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.ingenieries.models import NatureIngenierie
from maillage.piloter.bilan.demande import Demande
from maillage.piloter.bilan.liens import Liens
from maillage.piloter.calculs.bilan import Cellule, dire, manquent, moyenne, reserves
from maillage.socle.mots import compter
from maillage.socle.quantites import Total, ecrire_nombre

DELAIS = (
    ("attente", "Du premier signal au démarrage"),
    ("duree", "Durée de la mission"),
    ("delai", "De la fin au premier résultat"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """Un chiffre, la liste qu'il compte, et ce qui manque avec sa propre liste."""

    texte: str
    url: str = ""
    detail: str = ""
    manque: str = ""
    url_manque: str = ""


def chiffres(d: Demande) -> Iterator[tuple[str, Case]]:
    """Les chiffres en tête du bilan, chacun avec son nom."""
    e, liens = d.bilan.ensemble, d.liens
    yield (
        "Missions menées",
        Case(
            ecrire_nombre(e.missions),
            liens.missions(),
            f"{compter(e.collectives, NatureIngenierie.COLLECTIVE)}, "
            f"{compter(e.individuelles, NatureIngenierie.INDIVIDUELLE)}",
        ),
    )
    yield "Structures touchées", _case_des_structures(liens, e)
    yield "Jours d’intervention", case(liens, "jours", e.jours)
    yield "Coût", case(liens, "cout", e.cout)
    acquis = d.bilan.acquis
    yield "Financements acquis", Case(dire(acquis) or "rien encore", "", "accordés ou versés")


def case(liens: Liens, nom: str, somme: Total, *, en_moyenne: bool = False) -> Case:
    """Une somme ou sa moyenne, les missions qu'elle connaît et celles qui ne la disent pas."""
    texte = str(moyenne(somme)) if en_moyenne else dire(somme)
    return Case(
        texte or "rien encore",
        liens.missions(**{nom: "connu"}) if somme.connues else "",
        reserves(somme),
        manquent(somme),
        liens.missions(**{nom: "inconnu"}),
    )


def cases(liens: Liens, cellule: Cellule) -> list[tuple[str, Case]]:
    """Les chiffres d'une ligne de la ventilation."""
    return [
        ("Missions", Case(ecrire_nombre(cellule.missions), liens.missions())),
        ("Structures", _case_des_structures(liens, cellule)),
        ("Jours", case(liens, "jours", cellule.jours)),
        ("Coût", case(liens, "cout", cellule.cout)),
    ]


def _case_des_structures(liens: Liens, cellule: Cellule) -> Case:
    """Les nommées, une fois chacune, et celles que la source compte sans les nommer."""
    structures = cellule.structures
    sans_nom = cellule.sans_nom.valeur
    detail = f"{compter(cellule.nommees, 'nommée')}, {dire(cellule.sans_nom)} sans nom"
    return Case(
        dire(structures) or "rien encore",
        liens.missions(structures="connu") if structures.connues else "",
        detail if sans_nom else "",
        f"{compter(structures.inconnues, 'mission')} sans compte" if structures.inconnues else "",
        liens.missions(structures="inconnu"),
    )
