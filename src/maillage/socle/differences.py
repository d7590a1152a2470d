"""Dire en français ce qui a changé dans un objet : le champ, avant, après."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey
from django.utils import formats, timezone

from maillage.socle.quantites import ecrire_nombre

if TYPE_CHECKING:
    from django.db.models import Field, Model

MUETS = frozenset({"id", "version", "cree_le", "modifie_le", "recherche", "nom_normalise"})
"""Champs que tient la machine : leur changement ne dit rien à personne."""

VIDE = "vide"
Noms = Mapping[tuple[type["Model"], Any], str]


@dataclass(frozen=True, slots=True)
class Changement:
    """Un champ d'un modèle, sa valeur Python avant et après."""

    champ: Field[Any, Any]
    avant: Any
    apres: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """Un changement, prêt à lire ; `nom` est celui de la colonne."""

    champ: str
    avant: str
    apres: str
    nom: str = field(default="", compare=False)


def decrire(changements: Iterable[Changement], noms: Noms | None = None) -> list[Difference]:
    """Écrit chaque changement qui se voit ; `noms` évite de relire les objets liés (`nommer`).

    De « vide » à « vide » (un champ laissé blanc à l'ajout), rien ne s'est passé pour qui lit.
    """
    retenus = [c for c in changements if c.champ.name not in MUETS and c.avant != c.apres]
    noms = nommer(retenus) if noms is None else noms
    ecrits = (
        Difference(
            str(c.champ.verbose_name),
            _ecrire(c.champ, c.avant, noms),
            _ecrire(c.champ, c.apres, noms),
            c.champ.name,
        )
        for c in retenus
    )
    return [difference for difference in ecrits if difference.avant != difference.apres]


def nommer(changements: Iterable[Changement]) -> Noms:
    """Le nom des objets liés que citent ces changements ; une requête par modèle lié."""
    cherches: dict[type[Model], set[Any]] = defaultdict(set)
    for changement in changements:
        if isinstance(changement.champ, ForeignKey):
            modele = changement.champ.remote_field.model
            cherches[modele] |= {changement.avant, changement.apres} - {None}
    return {
        (modele, cle): str(objet)
        for modele, cles in cherches.items()
        for cle, objet in modele._base_manager.in_bulk(list(cles)).items()
    }


def _ecrire(champ: Any, valeur: Any, noms: Noms) -> str:
    if valeur in (None, "", [], {}):
        return VIDE
    if isinstance(champ, ForeignKey):
        return noms.get((champ.remote_field.model, valeur), "supprimé depuis")
    if isinstance(valeur, list):
        return ", ".join(_ecrire(getattr(champ, "base_field", champ), v, noms) for v in valeur)
    if champ.choices:
        return str(dict(champ.flatchoices).get(valeur, valeur))
    return _ecrire_simple(valeur)


def _ecrire_simple(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, int | Decimal):
        return ecrire_nombre(valeur)
    if isinstance(valeur, datetime):
        return formats.date_format(timezone.localtime(valeur), "j F Y à H:i")
    if isinstance(valeur, date):
        return formats.date_format(valeur, "j F Y")
    return str(valeur)
