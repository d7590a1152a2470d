"""Comparer les chiffres que le logiciel calcule à ceux que la source donne."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from maillage.capitaliser.cas.chargement import identifiant
from maillage.capitaliser.cas.lecture import CasRefuse, lire
from maillage.capitaliser.chiffres import chiffres_de
from maillage.capitaliser.contexte.lecture import lire as lire_mission
from maillage.ingenieries.models import Ingenierie
from maillage.socle.formulaires import lire_quantite
from maillage.socle.quantites import Quantite


@dataclass(frozen=True, slots=True)
class Ecart:
    """Un chiffre qui ne dit pas ce que dit la source."""

    cas: str
    chiffre: str
    attendu: str
    calcule: str

    def __str__(self) -> str:
        return f"{self.cas}, {self.chiffre} : attendu {self.attendu}, calculé {self.calcule}"


@dataclass(frozen=True, slots=True)
class Verification:
    """Combien de chiffres comparés, et ceux qui diffèrent."""

    compares: int
    ecarts: tuple[Ecart, ...]


def verifier(chemin: Path) -> Verification:
    """Compare les `attendus` d'un cas chargé. Lève `CasRefuse` s'il ne l'est pas."""
    cas = lire(chemin)
    code, attendus = str(cas.get("cas", "")), cas.get("attendus") or {}
    cle = identifiant(code)
    mission = Ingenierie.objects.filter(pk=cle).first()
    if mission is None:
        raise CasRefuse(chemin.name, 1, "cas", "il n’est pas chargé : « maillage cas charger ».")
    calcules = chiffres_de(mission, lire_mission(cle))
    ecarts = [_comparer(code, nom, ecrit, calcules.get(nom)) for nom, ecrit in attendus.items()]
    return Verification(len(attendus), tuple(e for e in ecarts if e))


def _comparer(code: str, nom: str, ecrit: object, calcule: Quantite | None) -> Ecart | None:
    if calcule is None:
        return Ecart(code, nom, str(ecrit), "aucun chiffre de ce nom")
    try:
        attendu = lire_quantite(str(ecrit), calcule.unite)
    except ValidationError:
        return Ecart(code, nom, str(ecrit), "valeur attendue illisible")
    if (attendu.valeur, attendu.precision) == (calcule.valeur, calcule.precision):
        return None
    return Ecart(code, nom, str(attendu), str(calcule))
