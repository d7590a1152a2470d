"""Les résultats : ce que la mission a produit, parfois longtemps après."""

from __future__ import annotations

from django.db import models

from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise
from maillage.socle.quantites import QuantiteField, contrainte_quantite


class NatureDeResultat(models.TextChoices):
    """Ce qu'un résultat change ; l'argent levé n'en est qu'une sorte (règle 8 du métier)."""

    COOPERATION = "cooperation", "coopération"
    EMPLOI = "emploi", "emploi"
    PROJET = "projet", "projet"
    DISTINCTION = "distinction", "projet distingué"
    OUTIL = "outil", "outil, document"
    COMPETENCE = "competence", "compétence"
    RENDEZ_VOUS = "rendez_vous", "rendez-vous, contact"
    MECENAT = "mecenat", "mécénat"
    PRESTATION = "prestation", "contrat de prestation"
    SUBVENTION = "subvention", "subvention"
    AUTRE = "autre", "autre"


@historise()
class Resultat(ElementDeDossier):
    """Un résultat constaté ; ni recette du budget, ni effectif de la mobilisation.

    `obtenu` est faux pour ce que l'on visait et qui n'est pas venu : cela aussi sert aux autres.
    """

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="resultats"
    )
    nature = models.CharField("nature", max_length=12, choices=NatureDeResultat.choices)
    phrase = models.CharField("le résultat, en une phrase", max_length=300)
    obtenu = models.BooleanField(
        "obtenu", default=True, help_text="Décochez pour un résultat visé qui n’est pas venu."
    )
    nombre = QuantiteField("nombre")
    montant = QuantiteField("montant", unite="€")
    structures = QuantiteField("structures concernées", decimales=0)
    delai = QuantiteField("combien de mois après l’intervention", unite="mois")
    constate_le = models.DateField("constaté le", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "résultat"
        ordering = ["cree_le", "pk"]
        constraints = [
            contrainte_quantite(nom, "resultat")
            for nom in ("nombre", "montant", "structures", "delai")
        ]

    def __str__(self) -> str:
        return self.phrase
