"""Ce qu'un tableau doit porter, ce que l'on en lit, et comment il devient une table.

Une disposition est reconnue à son en-tête : le nom des colonnes, jamais leur place ni leur nombre.
`lues` est une liste blanche : une colonne qui n'y est pas n'est jamais lue, ce qui tient dehors les
adresses de gestion, civilités, noms, téléphones et courriels des personnes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl
from django.db import models

from maillage.annuaire.registre.importer.communes import Communes
from maillage.annuaire.registre.importer.refus import FichierRefuse

Nettoyage = Callable[[pl.DataFrame, Communes], pl.DataFrame]
TOUJOURS = "-infinity"
DE_COMPTE = ("_ligne", "_numero", "_raison", "_remarque", "_ecartee")
"""De quoi rendre compte d'une ligne : où, qui, pourquoi rejetée, remarquée, ou hors du registre."""


@dataclass(frozen=True, slots=True)
class Disposition:
    """La forme d'un tableau.

    `nettoyer` reçoit les colonnes `lues` (absentes : vides) et rend celles du modèle, dans
    l'ordre de `champs`, avec `_raison` (rejetée), `_remarque` (un champ laissé vide) et `_ecartee`
    (hors du registre). `rang` ordonne deux dires sur la même clé, en SQL pour l'alias `{0}` : le
    plus grand l'emporte, le plus récent à égalité d'origine. `si` restreint ce qui entre.
    """

    code: str
    libelle: str
    modele: type[models.Model]
    exigees: frozenset[str]
    lues: tuple[str, ...]
    nettoyer: Nettoyage
    numero: str
    rang: str = f"coalesce({{0}}.maj_le, '{TOUJOURS}')"
    si: str = ""
    ordre: int = 0
    champs: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        champs = tuple(f.column for f in self.modele._meta.concrete_fields)
        object.__setattr__(self, "champs", champs)

    def appliquer(self, cadre: pl.DataFrame, communes: Communes) -> pl.DataFrame:
        """`champs` et `DE_COMPTE` de ces lignes, `_numero` étant ce qui était écrit."""
        nettoye = self.nettoyer(cadre.with_columns(_numero=pl.col(self.numero)), communes)
        return nettoye.select(*self.champs, *DE_COMPTE)

    @property
    def clef(self) -> str:
        return self.champs[0]

    @property
    def table(self) -> str:
        return self.modele._meta.db_table


def reconnaitre(
    colonnes: Sequence[str], dispositions: Sequence[Disposition], nom: str
) -> Disposition:
    """La disposition dont toutes les colonnes exigées sont là. Lève `FichierRefuse`."""
    presentes = set(colonnes)
    if len(presentes) < len(colonnes):
        raise FichierRefuse(
            f"« {nom} » porte deux fois la même colonne : son en-tête est abîmé, reprenez "
            "le fichier à sa source."
        )
    for disposition in dispositions:
        if disposition.exigees <= presentes:
            return disposition
    proche = min(dispositions, key=lambda d: len(d.exigees - presentes))
    manquantes = ", ".join(sorted(proche.exigees - presentes))
    raise FichierRefuse(
        f"L’en-tête de « {nom} » n’est pas connu : pour {proche.libelle}, il manque {manquantes}."
    )
