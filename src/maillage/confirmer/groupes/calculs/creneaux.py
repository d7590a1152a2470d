"""Les créneaux que nomme un texte libre : « le mardi et le jeudi matin, pas le lundi »."""

from __future__ import annotations

import re

from maillage.socle.normalisation import normaliser

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOMENTS = {"matin": "matin", "apres midi": "après-midi", "soir": "soir"}
OUVRES = ("matin", "après-midi")
_DIT = re.compile(
    rf"\b(?P<non>(?:sauf|hors|pas|jamais)(?: l[ea]s?)? )?(?P<jour>{'|'.join(JOURS)})s?\b"
    rf"(?: (?:en )?(?P<moment>{'|'.join(MOMENTS)})s?\b)?"
)


def lire_creneaux(texte: str) -> frozenset[str]:
    """Les créneaux d'un texte, « mardi matin » ; un jour sans moment vaut sa journée de travail."""
    lisse = normaliser(texte)
    oui: set[str] = set()
    non: set[str] = set()
    for dit in _DIT.finditer(lisse):
        moments = (MOMENTS[dit["moment"]],) if dit["moment"] else OUVRES
        (non if dit["non"] else oui).update(f"{dit['jour']} {moment}" for moment in moments)
    return frozenset(oui - non)


def rang_du_creneau(creneau: str) -> tuple[int, int]:
    """Pour ranger les créneaux dans la semaine."""
    jour, _, moment = creneau.partition(" ")
    moments = list(MOMENTS.values())
    return (
        JOURS.index(jour) if jour in JOURS else len(JOURS),
        moments.index(moment) if moment in moments else len(moments),
    )
