"""Des structures tirées au sort, et ce que l'on en exige."""

from __future__ import annotations

import numpy as np

from maillage.confirmer.groupes.calculs.entrees import Entree
from maillage.confirmer.groupes.calculs.pose import Exigences, Paire
from maillage.confirmer.groupes.calculs.reglages import Dehors, GroupeVoulu, Reglages

MOTS = ("mecenat", "partenariat", "emploi", "budget", "communication", "projet")
CRENEAUX = ("mardi matin", "mardi après-midi", "jeudi matin", "vendredi matin")


def structures(nombre: int, graine: int = 0) -> list[Entree]:
    """Des structures de Franche-Comté ; à chacune il peut manquer quelque chose."""
    hasard = np.random.default_rng(graine)

    def parmi(valeurs: tuple[str, ...], combien: int) -> list[str]:
        return sorted(hasard.choice(valeurs, combien, replace=False).tolist())

    return [
        Entree(
            cle=f"s{i}",
            nom=f"Structure {i}",
            niveau=None if hasard.random() < 0.2 else int(hasard.integers(0, 3)),
            attentes=tuple((m, m) for m in parmi(MOTS, int(hasard.integers(0, 4)))),
            creneaux=None
            if hasard.random() < 0.2
            else frozenset(parmi(CRENEAUX, int(hasard.integers(0, 3)))),
            point=None
            if hasard.random() < 0.1
            else (47 + float(hasard.random()), 5.5 + float(hasard.random())),
            secteur=parmi(("culture", "sport", "social"), 1)[0],
            branche=parmi(("", "musique", "theatre"), 1)[0],
            projet=frozenset(parmi(MOTS, 3)),
            taille=None if hasard.random() < 0.3 else float(hasard.integers(0, 30)),
        )
        for i in range(nombre)
    ]


def exigences(nombre: int, groupes: int, graine: int) -> Exigences:
    """Quelques paires, souhaits et verrous, qui peuvent se contredire."""
    hasard = np.random.default_rng(graine)

    def paires(combien: int) -> tuple[Paire, ...]:
        tirees = (hasard.choice(nombre, 2, replace=False).tolist() for _ in range(combien))
        return tuple((f"s{i}", f"s{j}") for i, j in tirees)

    return Exigences(
        ensemble=paires(int(hasard.integers(0, 3))),
        jamais=paires(int(hasard.integers(0, 4))),
        concurrences=paires(int(hasard.integers(0, 3))),
        souhaits={
            (f"s{i}", int(hasard.integers(0, groupes))): int(hasard.choice([-1, 1]))
            for i in range(0, nombre, 2)
        },
        verrous={
            f"s{int(i)}": int(hasard.integers(0, groupes))
            for i in hasard.choice(nombre, int(hasard.integers(0, 4)), replace=False)
        },
    )


def reglages(nombre: int, groupes: int, graine: int) -> Reglages:
    """Des groupes d'effectifs lâches ou serrés."""
    hasard = np.random.default_rng(graine)
    moyen = nombre // groupes
    return Reglages(
        groupes=tuple(
            GroupeVoulu(
                f"Groupe {rang}",
                minimum=max(0, moyen - int(hasard.integers(0, 3))),
                maximum=moyen + int(hasard.integers(1, 4)),
            )
            for rang in range(groupes)
        ),
        dehors=Dehors(list(Dehors)[int(hasard.integers(0, 3))]),
        plusieurs=int(hasard.integers(1, 4)),
        moteurs=frozenset(f"s{i}" for i in hasard.choice(nombre, 2, replace=False)),
    )
