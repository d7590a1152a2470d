"""Le gabarit Word qu'un opérateur préfère à celui de Maillage."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from maillage.socle.modeles import ModeleSuivi, historise


@historise()
class GabaritWord(ModeleSuivi):
    """Un document Word à champs, vérifié au dépôt ; un par opérateur et par document.

    `document` est le code d'une `Presentation` : « fiche », « cahier ».
    """

    operateur = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.CASCADE, related_name="gabarits_word"
    )
    document = models.CharField("document", max_length=20, default="fiche")
    nom = models.CharField("nom du fichier", max_length=200)
    contenu = models.BinaryField("document")
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "gabarit Word"
        constraints = [
            models.UniqueConstraint(
                fields=["operateur", "document"],
                name="gabarit_word_unique",
                violation_error_message="Ce document a déjà son gabarit : le dernier le remplace.",
            )
        ]

    def __str__(self) -> str:
        return self.nom
