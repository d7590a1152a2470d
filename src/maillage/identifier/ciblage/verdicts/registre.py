"""Ce que dit une entrée du registre (`EntreeDuRegistre`) : tout y est public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, Func, IntegerField, Q
from django.db.models.lookups import Exact

from maillage.annuaire.recherche.tailles import EFFECTIFS
from maillage.annuaire.recherche.vocabulaire import Question, ou
from maillage.identifier.ciblage.verdicts.communs import Lecteur, question, verdict


def dans(lieux: Sequence[Any], _lecteur: Lecteur) -> Case:
    """Sa commune est dans ces lieux."""
    voulus = Question(ou(f"dans:{pk}" for pk, _ in lieux))
    return verdict(Q(mots=voulus), Q(commune__isnull=True))


def objet(mots: Sequence[str], _lecteur: Lecteur) -> Case:
    """Les mots de l'objet déclaré ; SIRENE seul n'en dit pas."""
    longueur = Func(F("objet"), function="length", output_field=IntegerField())
    return verdict(Q(objet=question(mots)), Exact(longueur, 0))


def effectif(valeur: Any, _lecteur: Lecteur) -> Case:
    """La tranche d'effectifs : tout entière dans les bornes, oui ; tout entière dehors, non.

    À cheval sur une borne, ou sans tranche connue : on ne sait pas.
    """
    de, a = valeur["de"] or 0, valeur["a"]
    dedans = [code for code, (bas, haut) in EFFECTIFS.items() if bas >= de and _tient(haut, a)]
    dehors = [
        code
        for code, (bas, haut) in EFFECTIFS.items()
        if (haut is not None and haut < de) or (a is not None and bas > a)
    ]
    sues = Q(tranche_effectifs__in=[*dedans, *dehors])
    return verdict(Q(tranche_effectifs__in=dedans), ~sues)


def _tient(haut: int | None, a: int | None) -> bool:
    return a is None or (haut is not None and haut <= a)
