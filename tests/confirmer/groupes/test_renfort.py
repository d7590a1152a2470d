"""Deux recherches valent la meilleure des deux, dans le temps dit, et l'une suffit."""

from __future__ import annotations

import itertools
import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from time import monotonic

import numpy as np
import pytest

from maillage.confirmer.calculs.groupes import renfort, resolution
from maillage.confirmer.calculs.groupes.blocs import Blocs, assembler
from maillage.confirmer.calculs.groupes.depart import placer
from maillage.confirmer.calculs.groupes.probleme import Entiers
from maillage.confirmer.calculs.groupes.recherche import Trouvaille, chercher
from maillage.confirmer.calculs.groupes.renfort import Renfort, renforcer
from maillage.confirmer.calculs.groupes.resolution import resoudre
from tests.confirmer.groupes.problemes import pur

PROBLEME = pur(40, 4, graine=1)
BLOCS = assembler(PROBLEME)


@pytest.fixture
def deux_coeurs(monkeypatch: pytest.MonkeyPatch) -> None:
    """La suite peut tourner là où il n'y en a qu'un."""
    monkeypatch.setattr(renfort, "_coeurs", lambda: 2)


def _depart() -> np.ndarray:
    depart = placer(BLOCS, np.random.default_rng(0))
    assert depart is not None
    return depart


@pytest.mark.usefixtures("deux_coeurs")
def test_le_renfort_mene_une_recherche_d_une_autre_graine() -> None:
    depart, fin = _depart(), monotonic() + 30
    with renforcer(BLOCS, depart, graine=3, fin=monotonic() + 3) as autre:
        assert autre is not None
        trouvee = autre.rendre(fin)
    assert trouvee is not None
    memes = {"depart": depart, "encore": lambda n: n < trouvee.iterations}
    attendue = chercher(BLOCS, hasard=np.random.default_rng([3, 1]), **memes)
    assert trouvee.valeur == attendue.valeur
    assert trouvee.valeur == pytest.approx(PROBLEME.valeur(trouvee.places))
    assert trouvee.places.tolist() == attendue.places.tolist()


@pytest.mark.usefixtures("deux_coeurs")
def test_un_renfort_en_retard_est_laisse_et_ne_reste_pas() -> None:
    with renforcer(BLOCS, _depart(), graine=0, fin=monotonic() + 60) as autre:
        assert autre is not None
        assert autre.rendre(monotonic()) is None
        processus = autre._processus
        assert processus.poll() is None
    assert processus.poll() is not None


@pytest.mark.usefixtures("deux_coeurs")
def test_la_meilleure_des_deux_est_gardee(monkeypatch: pytest.MonkeyPatch) -> None:
    """La première ne fait rien et attend l'autre, que la machine soit chargée ou non."""

    def ne_rien_faire(
        blocs: Blocs, depart: Entiers, *, hasard: np.random.Generator, encore: Callable[[int], bool]
    ) -> Trouvaille:
        return Trouvaille(depart, PROBLEME.valeur(depart), 1)

    en_retard = Renfort.rendre
    monkeypatch.setattr(resolution, "chercher", ne_rien_faire)
    monkeypatch.setattr(Renfort, "rendre", lambda autre, _: en_retard(autre, monotonic() + 30))
    reponse = resoudre(PROBLEME, secondes=4)
    assert reponse.iterations > 1
    assert reponse.objectif is not None
    assert reponse.objectif > PROBLEME.valeur(_depart()) + 1000


@pytest.mark.usefixtures("deux_coeurs")
@pytest.mark.parametrize("executable", ["", "/nulle/part", "false"])
def test_sans_renfort_possible_la_recherche_se_suffit(
    executable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    reponse = resoudre(PROBLEME, secondes=0.7)
    assert reponse.groupes is not None
    assert PROBLEME.fautes(reponse.groupes) == []


def test_avec_un_seul_coeur_rien_n_est_lance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renfort, "_coeurs", lambda: 1)
    monkeypatch.delattr(subprocess, "Popen")
    assert resoudre(PROBLEME, secondes=0.6).groupes is not None


@pytest.mark.usefixtures("deux_coeurs")
def test_a_iterations_donnees_rien_n_est_lance(monkeypatch: pytest.MonkeyPatch) -> None:
    """La réponse ne dépend alors que du fichier et de la graine."""
    monkeypatch.delattr(subprocess, "Popen")
    assert resoudre(PROBLEME, iterations=50).iterations == 50


@pytest.mark.parametrize("secondes", [0.0, 0.1, 0.6, 5.0])
def test_la_recherche_s_arrete_avant_les_secondes_demandees(
    secondes: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """À une horloge qui avance d'un millième à chaque regard : rien n'y dépend de la machine."""
    coups = itertools.count()
    monkeypatch.setattr(resolution, "monotonic", lambda: next(coups) / 1000)
    monkeypatch.setattr(renfort, "_coeurs", lambda: 1)
    reponse = resoudre(PROBLEME, secondes=secondes)
    assert reponse.groupes is not None
    assert reponse.secondes <= max(secondes, 0.01)
    assert reponse.iterations <= max(1, 1000 * secondes)


def _dans_un_demon(reponses: multiprocessing.Queue[int]) -> None:
    renfort._coeurs = lambda: 2  # type: ignore[assignment]
    with renforcer(BLOCS, _depart(), graine=0, fin=monotonic() + 2) as autre:
        assert autre is not None
        trouvee = autre.rendre(monotonic() + 30)
    reponses.put(trouvee.iterations if trouvee else 0)


def test_un_processus_fils_et_demon_le_peut_aussi() -> None:
    contexte = multiprocessing.get_context("spawn")
    reponses = contexte.Queue()
    fils = contexte.Process(target=_dans_un_demon, args=(reponses,), daemon=True)
    fils.start()
    assert reponses.get(timeout=60) > 0
    fils.join()
