"""Le secteur que l'on déduit d'un objet social du RNA ou d'un code NAF ; il se dit « déduit »."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.annuaire import nomenclatures


@dataclass(frozen=True, slots=True)
class Activite:
    """Un secteur et, si l'on sait, une branche de l'annuaire ; vides si rien ne se déduit."""

    secteur: str = ""
    branche: str = ""


def _objets_sociaux() -> dict[str, Activite]:
    lues = {}
    for famille in nomenclatures.lire("objets_sociaux.yaml")["familles"]:
        for entree in (famille, *famille["objets"]):
            source = entree if "secteur" in entree else famille
            lues[entree["code"]] = Activite(source.get("secteur", ""), source.get("branche", ""))
    return lues


OBJETS_SOCIAUX = _objets_sociaux()
_NAF = {
    a["naf"]: Activite(a["secteur"], a.get("branche", ""))
    for a in nomenclatures.lire("activites.yaml")["activites"]
}


def du_code_naf(naf: str) -> Activite:
    """L'activité d'un code NAF rév. 2 (« 90.01Z »), par son début le plus long."""
    debuts = (naf[:longueur] for longueur in range(len(naf), 0, -1))
    return next((_NAF[debut] for debut in debuts if debut in _NAF), Activite())


def table(activites: Iterable[tuple[str, Activite]]) -> tuple[list[str], list[str], list[str]]:
    """Codes, secteurs et branches en colonnes, pour `unnest` en SQL ; sans ceux qui sont muets."""
    parlantes = [(code, a.secteur, a.branche) for code, a in activites if a.secteur]
    codes, secteurs, branches = zip(*parlantes, strict=True) if parlantes else ((), (), ())
    return list(codes), list(secteurs), list(branches)
