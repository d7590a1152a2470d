"""Chercher des mots sans souci des accents, par une colonne que tient le modèle."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from maillage.socle.normalisation import normaliser


class ChampNormalise(models.CharField):
    """Texte normalisé des champs `sources`, recalculé à chaque écriture (aussi en lot).

    Sans longueur maximale : écrit en lettres simples, un texte s'allonge (« œ » donne « oe »).
    """

    def __init__(self, *, sources: tuple[str, ...], **options: Any) -> None:
        self.sources = tuple(sources)
        super().__init__(**{"editable": False, **options})

    def deconstruct(self) -> Any:
        nom, chemin, args, options = super().deconstruct()
        return nom, chemin, args, {**options, "sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        texte = normaliser(" ".join(getattr(model_instance, s) for s in self.sources))
        setattr(model_instance, self.attname, texte)
        return texte


def contient(champ: str, texte: str) -> Q:
    """Chaque mot du texte se trouve dans ce champ normalisé ; sans mot, tout convient."""
    return Q(*((f"{champ}__contains", mot) for mot in normaliser(texte).split()))
