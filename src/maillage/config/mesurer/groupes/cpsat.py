"""CP-SAT, en témoin : une variable par place, une par paire ensemble, des poids positifs.

Demande `ortools`, que rien d'autre n'emploie.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import click

from maillage.confirmer.calculs.groupes.probleme import Probleme

MILLIEMES = 1000
"""CP-SAT ne compte qu'en entiers."""
FILS = 2


def resoudre(probleme: Probleme, *, secondes: float) -> float:
    """L'objectif atteint en ces secondes."""
    modele, places = _poser(probleme)
    solveur = _ortools().CpSolver()
    solveur.parameters.max_time_in_seconds = secondes
    solveur.parameters.num_workers = FILS
    solveur.solve(modele)
    groupes = [
        next(g for g in range(probleme.m) if solveur.boolean_value(place[g])) for place in places
    ]
    return probleme.valeur(groupes)


def _poser(probleme: Probleme) -> tuple[Any, list[list[Any]]]:
    modele = _ortools().CpModel()
    places = [[modele.new_bool_var("") for _ in range(probleme.m)] for _ in range(probleme.n)]
    for place in places:
        modele.add_exactly_one(place)
    for groupe in range(probleme.m):
        effectif = sum(place[groupe] for place in places)
        modele.add_linear_constraint(
            effectif, int(probleme.minima[groupe]), int(probleme.maxima[groupe])
        )
    termes = []
    for i, j in combinations(range(probleme.n), 2):
        ensemble = modele.new_bool_var("")
        for une, autre in zip(places[i], places[j], strict=True):
            modele.add_bool_or([une.negated(), autre]).only_enforce_if(ensemble)
        termes.append(round(MILLIEMES * probleme.affinites[i, j]) * ensemble)
    modele.maximize(sum(termes))
    return modele, places


def _ortools() -> Any:
    try:
        from ortools.sat.python import cp_model
    except ImportError as absent:
        raise click.ClickException(
            "CP-SAT demande ortools, que rien d'autre n'emploie : pip install ortools."
        ) from absent
    return cp_model
