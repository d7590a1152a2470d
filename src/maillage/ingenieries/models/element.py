"""Base des éléments qu'une étape range dans un dossier."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maillage.socle.modeles import ModeleSuivi


class ElementDeDossier(ModeleSuivi):
    """Un élément du dossier : un partenaire, une ligne de budget, une séance…

    `interne` : vrai si l'élément ne sort jamais du DLA pilote (règle 9 du métier).
    """

    interne: ClassVar[bool] = False

    ingenierie = models.ForeignKey("ingenieries.Ingenierie", on_delete=models.CASCADE)

    class Meta:
        abstract = True
