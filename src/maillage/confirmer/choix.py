"""Listes de choix tirées de la méthode, que portent les champs de l'étape."""

from __future__ import annotations

from functools import partial

from maillage import methode

types_ingenierie = partial(methode.choix, "ingenieries.types")
solutions = partial(methode.choix, "ingenieries.solutions")
prestations = partial(methode.choix, "prestations.types")
registres = partial(methode.choix, "evaluation.registres")
facteurs = partial(methode.choix, "groupes.facteurs")
criteres = partial(methode.choix, "consultation.criteres")


def formes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Les formes de travail, rangées sous leur type d'ingénierie."""
    return [
        (type_.libelle, [(forme.code, forme.libelle) for forme in type_.formes])
        for type_ in methode.ingenieries().types
        if type_.formes
    ]
