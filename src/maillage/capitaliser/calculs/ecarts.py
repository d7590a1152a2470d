"""L'écart entre deux quantités, en mots, avec ce que l'on en sait."""

from __future__ import annotations

from decimal import Decimal

from maillage.socle.quantites import Precision, Quantite

APPROCHEES = frozenset({Precision.ENVIRON, Precision.PRESQUE})


def ecrire_ecart(a: Quantite, b: Quantite) -> str:
    """Ce que `b` a de plus ou de moins que `a` : « 5 jours de plus », « au moins 12 de moins ».

    Deux valeurs connues, de même unité. Une valeur approchée donne un écart approché ; « au
    moins » ne borne que d'un côté : quand il ne dit plus dans quel sens est l'écart, on le dit.
    """
    if Precision.INCONNU in {a.precision, b.precision}:
        raise ValueError("Un écart demande deux valeurs connues.")
    difference = (b.valeur or Decimal(0)) - (a.valeur or Decimal(0))
    plancher = _plancher(a, b, difference)
    if plancher is None:
        return "« au moins » ne dit pas jusqu’où : on ne compare pas"
    approche = bool(APPROCHEES & {a.precision, b.precision})
    if difference == 0:
        return _egalite(plancher, approche, b_borne=b.precision == Precision.AU_MOINS)
    avant = f"{'au moins ' if plancher else ''}{'environ ' if approche else ''}"
    ecart = Quantite(abs(difference), unite=a.unite or b.unite)
    return f"{avant}{ecart} de {'plus' if difference > 0 else 'moins'}"


def _plancher(a: Quantite, b: Quantite, difference: Decimal) -> bool | None:
    """Vrai si l'écart est un minimum, faux s'il est tout l'écart, None s'il n'a plus de sens."""
    bornes = (a.precision == Precision.AU_MOINS, b.precision == Precision.AU_MOINS)
    if bornes == (False, False):
        return False
    if bornes == (True, True):
        return None
    return True if (difference >= 0) == bornes[1] or difference == 0 else None


def _egalite(plancher: bool, approche: bool, *, b_borne: bool) -> str:
    if plancher:
        return "autant ou plus" if b_borne else "autant ou moins"
    return "à peu près autant" if approche else "autant"
