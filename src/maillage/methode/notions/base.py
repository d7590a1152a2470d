"""Ce dont toute la méthode est faite : des éléments emboîtés et des renvois entre listes.

Tout élément a un ``code`` stable, un ``libelle``, une ``aide`` (vide quand le libellé suffit) et
une ``source``. Le code d'un élément emboîté commence par celui qui le contient
(``engager.valider.budget``) ; la source se transmet de même, le YAML n'écrit que ce qui change.
"""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Vers:
    """Annotation d'un champ qui contient le code d'un élément d'une autre liste."""

    liste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Une ligne de la méthode : ce que l'on choisit, coche, demande ou lit."""

    code: str
    libelle: str
    aide: str = ""
    source: str


Elements = tuple[Element, ...]
VersDemarche = Annotated[str, Vers("cycle.demarches")]
VersPoint = Annotated[str, Vers("cycle.points")]
VersFait = Annotated[str, Vers("faits.faits")]
VersFiche = Annotated[str, Vers("cycle.fiches")]
VersCritere = Annotated[str, Vers("ciblage.criteres")]
VersType = Annotated[str, Vers("ingenieries.types")]
VersObjectif = Annotated[str, Vers("objectifs.tous")]
VersOperationnel = Annotated[str, Vers("objectifs.operationnels")]
VersPrestation = Annotated[str, Vers("prestations.types")]
VersThemeNational = Annotated[str, Vers("themes.nationaux")]
VersPublic = Annotated[str, Vers("resultats.publics")]
VersRecueil = Annotated[str, Vers("resultats.recueils")]
VersManiere = Annotated[str, Vers("resultats.manieres")]
VersPole = Annotated[str, Vers("postures.poles")]
