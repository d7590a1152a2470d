"""Champ de modèle qui tient à jour la forme normalisée d'autres champs."""

from __future__ import annotations

from typing import Any

from django.db import models

from maillage.socle.normalisation import normaliser


class ChampNormalise(models.CharField):
    """Texte normalisé des champs `sources`, recalculé à chaque écriture (aussi en lot)."""

    def __init__(self, *, sources: tuple[str, ...], **options: Any) -> None:
        self.sources = tuple(sources)
        super().__init__(**{"max_length": 480, "editable": False, **options})

    def deconstruct(self) -> Any:
        nom, chemin, args, options = super().deconstruct()
        return nom, chemin, args, {**options, "sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        texte = normaliser(" ".join(getattr(model_instance, s) for s in self.sources))
        setattr(model_instance, self.attname, texte)
        return texte
