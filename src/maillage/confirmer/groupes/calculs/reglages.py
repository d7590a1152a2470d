"""Ce que l'agent règle avant de demander une proposition, et sa forme gardée en JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from maillage.confirmer.groupes.calculs.facteurs import FACTEURS, MAXIMUM

GROUPES_AU_PLUS = 12
EFFECTIF_AU_PLUS = 400
PLUSIEURS_AU_PLUS = 4


class ReglagesInvalides(ValueError):
    """Ces réglages ne se lisent pas ; le message dit lequel et comment le réparer."""


class Dehors(StrEnum):
    """Peut-on laisser des structures hors des groupes ?"""

    NON = "non"
    SI_BESOIN = "si_besoin"
    VOLONTIERS = "volontiers"


@dataclass(frozen=True, slots=True)
class GroupeVoulu:
    """Un groupe à former : son nom, son thème, son effectif."""

    nom: str
    theme: str = ""
    minimum: int = 0
    maximum: int = EFFECTIF_AU_PLUS


@dataclass(frozen=True, slots=True)
class AutrePoids:
    """Un poids, de 0 à 3, qui ne se mesure pas entre deux structures quelconques."""

    code: str
    libelle: str
    aide: str
    defaut: int


AUTRES_POIDS = (
    AutrePoids(
        "concurrence",
        "Risque de concurrence",
        "séparer celles que vous avez notées concurrentes",
        2,
    ),
    AutrePoids("souhaits", "Thème souhaité", "placer chacune où elle le demande", 2),
    AutrePoids("moteurs", "Une structure d’envergure par groupe", "celles que vous cochez", 1),
)


def _poids_par_defaut() -> dict[str, int]:
    return {p.code: p.defaut for p in (*FACTEURS, *AUTRES_POIDS)}


@dataclass(frozen=True, slots=True)
class Reglages:
    """`plusieurs` : dans combien de groupes, au plus, une structure peut être.

    `moteurs` : les clés des structures d'envergure.
    """

    groupes: tuple[GroupeVoulu, ...]
    poids: Mapping[str, int] = field(default_factory=_poids_par_defaut)
    dehors: Dehors = Dehors.NON
    plusieurs: int = 1
    moteurs: frozenset[str] = frozenset()

    def en_donnees(self) -> dict[str, Any]:
        """La forme JSON, que `lire_reglages` relit à l'identique."""
        return asdict(self) | {"poids": dict(self.poids), "moteurs": sorted(self.moteurs)}

    def sans_minimum(self, rang: int) -> Reglages:
        return self._avec(rang, replace(self.groupes[rang], minimum=0))

    def sans_maximum(self, rang: int) -> Reglages:
        return self._avec(rang, replace(self.groupes[rang], maximum=EFFECTIF_AU_PLUS))

    def _avec(self, rang: int, groupe: GroupeVoulu) -> Reglages:
        groupes = [*self.groupes[:rang], groupe, *self.groupes[rang + 1 :]]
        return replace(self, groupes=tuple(groupes))


def par_defaut(structures: int, noms: tuple[str, ...] = ("Groupe A", "Groupe B")) -> Reglages:
    """Des groupes d'effectifs voisins, à une structure près de chaque côté."""
    combien = len(noms)
    moyen = structures / combien
    minimum, maximum = max(0, int(moyen) - 1), min(EFFECTIF_AU_PLUS, -int(-moyen // 1) + 1)
    return Reglages(tuple(GroupeVoulu(nom, "", minimum, maximum) for nom in noms))


def lire_reglages(donnees: Any) -> Reglages:
    """Les réglages d'un objet JSON. Lève `ReglagesInvalides`."""
    if not isinstance(donnees, dict):
        raise ReglagesInvalides("Des réglages sont un objet JSON.")
    attendues = {"groupes", "poids", "dehors", "plusieurs", "moteurs"}
    if inconnues := sorted(set(donnees) - attendues):
        raise ReglagesInvalides(f"Réglage inconnu : {', '.join(inconnues)}.")
    groupes = donnees.get("groupes")
    if not isinstance(groupes, list | tuple) or not 1 <= len(groupes) <= GROUPES_AU_PLUS:
        raise ReglagesInvalides(f"Formez de 1 à {GROUPES_AU_PLUS} groupes.")
    lus = tuple(_groupe(rang, dit) for rang, dit in enumerate(groupes))
    if len({g.nom for g in lus}) < len(lus):
        raise ReglagesInvalides("Deux groupes portent le même nom : changez l’un des deux.")
    dehors = donnees.get("dehors", "non")
    if dehors not in set(Dehors):
        raise ReglagesInvalides("dehors : « non », « si_besoin » ou « volontiers ».")
    moteurs = donnees.get("moteurs", [])
    if not isinstance(moteurs, list | tuple) or not all(isinstance(m, str) for m in moteurs):
        raise ReglagesInvalides("moteurs : une liste de clés est attendue.")
    return Reglages(
        groupes=lus,
        poids=_poids(donnees.get("poids", {})),
        dehors=Dehors(dehors),
        plusieurs=_entier(donnees.get("plusieurs", 1), "plusieurs", 1, PLUSIEURS_AU_PLUS),
        moteurs=frozenset(moteurs),
    )


def _groupe(rang: int, dit: Any) -> GroupeVoulu:
    if not isinstance(dit, dict) or not set(dit) <= {"nom", "theme", "minimum", "maximum"}:
        raise ReglagesInvalides(f"Groupe {rang + 1} : nom, theme, minimum et maximum.")
    nom, theme = dit.get("nom"), dit.get("theme", "")
    if not isinstance(nom, str) or not nom.strip() or len(nom) > 120:
        raise ReglagesInvalides(f"Groupe {rang + 1} : donnez-lui un nom (120 signes au plus).")
    if not isinstance(theme, str) or len(theme) > 200:
        raise ReglagesInvalides(f"« {nom} » : un thème de 200 signes au plus.")
    minimum = _entier(dit.get("minimum", 0), f"« {nom} », au moins", 0, EFFECTIF_AU_PLUS)
    maximum = _entier(
        dit.get("maximum", EFFECTIF_AU_PLUS), f"« {nom} », au plus", 1, EFFECTIF_AU_PLUS
    )
    if minimum > maximum:
        raise ReglagesInvalides(f"« {nom} » : au moins {minimum} dépasse au plus {maximum}.")
    return GroupeVoulu(nom.strip(), theme.strip(), minimum, maximum)


def _poids(dits: Any) -> dict[str, int]:
    bornes = {f.code: f.minimum for f in FACTEURS} | {p.code: 0 for p in AUTRES_POIDS}
    if not isinstance(dits, dict) or not set(dits) <= set(bornes):
        raise ReglagesInvalides("poids : un nombre par facteur connu.")
    lus = {code: _entier(v, f"poids {code}", bornes[code], MAXIMUM) for code, v in dits.items()}
    return _poids_par_defaut() | lus


def _entier(valeur: Any, lieu: str, minimum: int, maximum: int) -> int:
    if isinstance(valeur, bool) or not isinstance(valeur, int) or not minimum <= valeur <= maximum:
        raise ReglagesInvalides(f"{lieu} : un entier de {minimum} à {maximum} est attendu.")
    return valeur
