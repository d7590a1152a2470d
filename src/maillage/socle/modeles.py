"""Base des modèles suivis : identifiant, dates, verrou optimiste, historique par déclencheurs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.utils.text import capfirst

from maillage.socle.quantites import Quantite

M = TypeVar("M", bound=type[models.Model])


class ModeleSuivi(models.Model):
    """Objet que plusieurs personnes modifient : `version` augmente à chaque enregistrement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        abstract = True


def historise(*, en_lot: bool = False, **options: Any) -> Callable[[M], M]:
    """Garde chaque état du modèle (insertion, modification, suppression) par déclencheurs SQL.

    `en_lot` : un déclencheur par instruction et non par ligne, pour une table qui se verse par
    milliers ; une ligne écrite seule n'y gagne rien.
    """
    niveau = pgtrigger.Statement if en_lot else pgtrigger.Row
    evenements = (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)
    return pghistory.track(*(evenement(level=niveau) for evenement in evenements), **options)


def rubriques(objet: models.Model, noms: Iterable[str]) -> list[tuple[str, str]]:
    """Les textes et les quantités remplis d'un objet, dans cet ordre : (intitulé, texte)."""
    dits = [_rubrique(objet, nom) for nom in noms]
    return [(capfirst(intitule), texte) for intitule, texte in dits if texte]


def _rubrique(objet: models.Model, nom: str) -> tuple[str, str]:
    champs: Any = objet._meta
    valeur = getattr(objet, nom)
    if isinstance(valeur, Quantite):
        return getattr(type(objet), nom).libelle, str(valeur) if valeur.connue else ""
    return champs.get_field(nom).verbose_name, valeur
