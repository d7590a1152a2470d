"""Tirer vite : `random.choice` et ses cousines coûtent trois fois ces deux fonctions."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def un(alea: random.Random, choix: Sequence[T]) -> T:
    """L'un d'eux, à chances égales."""
    return choix[int(alea.random() * len(choix))]


def un_pese(alea: random.Random, choix: Sequence[T], cumul: Sequence[float]) -> T:
    """L'un d'eux, selon ses poids déjà cumulés."""
    return choix[bisect(cumul, alea.random() * cumul[-1], 0, len(choix) - 1)]
