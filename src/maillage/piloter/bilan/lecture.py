"""Lire le bilan d'une portée, et le rendre aux calculs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from maillage.ingenieries.models.dossier import IngenierieQuerySet
from maillage.piloter.bilan import requete
from maillage.piloter.bilan.requete import APPROCHES, ENSEMBLE, UNITES
from maillage.piloter.calculs.bilan import Annee, Apports, Bilan, Cellule, total
from maillage.socle.quantites import Total

Lues = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Periode:
    """Quelles années : une condition sur les résumés, et ses bornes."""

    condition: str
    bornes: Sequence[int] = ()


DERNIERE = Periode(requete.DERNIERE_ANNEE)
TOUTES = Periode(requete.TOUJOURS)
SANS_ANNEE = Periode(requete.SANS_ANNEE)


def de_a(debut: int, fin: int) -> Periode:
    """Les missions dont la source dit l'année, de `debut` à `fin` comprises."""
    return Periode(requete.DE_A, (debut, fin))


def lire(missions: Iterable[IngenierieQuerySet] | None, periode: Periode, axe: str = "") -> Bilan:
    """Le bilan de la réunion de ces missions (None : toutes) sur la période.

    Deux requêtes au plus. `axe` : la ventilation voulue, vide sans ventilation.
    """
    if missions is None:
        return _lire_tout(periode, axe)
    choix = [m.order_by().values("pk").query.sql_with_params() for m in missions]
    voulues = "\nUNION\n".join(f"({sql})" for sql, _ in choix)
    parametres = [valeur for _, valeurs in choix for valeur in valeurs]
    lues = _executer(
        requete.composer(voulues, periode.condition, axe), (*parametres, *periode.bornes)
    )
    return _bilan(lues)


def _lire_tout(periode: Periode, axe: str) -> Bilan:
    """L'ensemble vient des cumuls ; une ventilation qu'ils ne disent pas, des résumés."""
    cumulee = axe if axe in requete.CUMULES else ""
    lues = _executer(requete.composer_entier(periode.condition, cumulee), periode.bornes)
    if cumulee != axe:
        lignes = _executer(requete.composer_ventilation(periode.condition, axe), periode.bornes)
        for sujet, ajoutees in lignes.items():
            lues[sujet] += ajoutees
    return _bilan(lues)


def _executer(sql: str, parametres: Sequence[Any]) -> Lues:
    lues: Lues = {"annees": [], "chiffres": [], "nommees": [], "apports": []}
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        for sujet, valeurs in curseur.fetchall():
            lues[sujet].append(json.loads(valeurs, parse_float=Decimal))
    return lues


def _bilan(lues: Lues) -> Bilan:
    ensemble, lignes = _cellules(lues["chiffres"], lues["nommees"])
    return Bilan(ensemble, lignes, _apports(lues["apports"]), _annees(lues["annees"]))


def _cellules(
    chiffres: Sequence[Mapping[str, Any]], nommees: Sequence[Mapping[str, Any]]
) -> tuple[Cellule, list[Cellule]]:
    distinctes = {ligne["cle"]: ligne["nommees"] for ligne in nommees}
    lues: dict[str, dict[bool, Mapping[str, Any]]] = {ENSEMBLE: {}}
    for ligne in chiffres:
        lues.setdefault(ligne["cle"], {})[ligne["abandonnee"]] = ligne
    cellules = [_cellule(cle, lignes, distinctes.get(cle, 0)) for cle, lignes in lues.items()]
    return cellules[0], cellules[1:]


def _cellule(cle: str, lignes: Mapping[bool, Mapping[str, Any]], nommees: int) -> Cellule:
    """Les deux lignes d'une clé, missions menées et abandonnées ; l'une ou l'autre peut manquer."""
    menees: Mapping[str, Any] = lignes.get(False, {})
    abandonnees: Mapping[str, Any] = lignes.get(True, {})
    missions = menees.get("missions", 0)
    return Cellule(
        cle=cle,
        libelle=(menees or abandonnees).get("libelle") or "",
        missions=missions,
        collectives=menees.get("collectives", 0),
        abandonnees=abandonnees.get("missions", 0),
        types={code: menees.get(f"type_{code}", 0) for code, _ in requete.types()},
        nommees=nommees,
        **{
            q: total(
                menees.get(q),
                {p: menees.get(f"{q}_{p}", 0) for p in APPROCHES},
                menees.get(f"{q}_connues", 0),
                missions,
                unite,
            )
            for q, unite in UNITES.items()
        },
    )


def _apports(lignes: Sequence[Mapping[str, Any]]) -> list[Apports]:
    """Les familles présentes, dans l'ordre de la méthode."""
    lues: dict[str, dict[bool, Mapping[str, Any]]] = {}
    for ligne in lignes:
        lues.setdefault(ligne["famille"], {})[ligne["acquis"]] = ligne
    return [
        Apports(
            code,
            libelle,
            acquis=_euros(lues[code].get(True)),
            attendus=_euros(lues[code].get(False)),
            parts=sum(ligne["parts"] for ligne in lues[code].values()),
        )
        for code, libelle in requete.familles()
        if code in lues
    ]


def _euros(ligne: Mapping[str, Any] | None) -> Total:
    """Le total d'une famille ; une part non convertie n'y est ni connue ni inconnue."""
    if ligne is None:
        return Total.de((), "€")
    approches = {p: ligne[p] for p in APPROCHES}
    return total(ligne["euros"], approches, ligne["connus"], ligne["tous"] - ligne["parts"], "€")


def _annees(lignes: Sequence[Mapping[str, Any]]) -> list[Annee]:
    """Une ligne par année dite, de la plus récente ; celles que la source ne dit pas à la fin."""
    dites = [Annee(x["annee"], x["missions"], x["collectives"]) for x in lignes if x["annee_dite"]]
    tues = [x for x in lignes if not x["annee_dite"]]
    sans = Annee(None, sum(x["missions"] for x in tues), sum(x["collectives"] for x in tues))
    dites.sort(key=lambda annee: -(annee.annee or 0))
    return [*dites, sans] if tues else dites
