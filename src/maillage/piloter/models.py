"""Le résumé chiffré de chaque mission, que PostgreSQL tient à jour (docs/decisions/0007)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from maillage.ingenieries.models import Ingenierie
from maillage.socle.quantites import QuantiteField


class ResumeDeMission(models.Model):
    """Ce que le bilan lit d'une mission.

    Aucun code ne l'écrit : la fonction SQL `piloter_resumer`, appelée par des déclencheurs,
    refait la ligne quand la mission, ses structures, son budget, son projet ou ses résultats
    changent. `sans_nom` : les structures que la source compte au-delà de celles qui sont nommées ;
    `attente`, `duree`, `delai` : mois entre le premier signal et le démarrage, du démarrage à la
    fin, de la fin au premier résultat.
    """

    mission = models.OneToOneField(
        Ingenierie, primary_key=True, on_delete=models.CASCADE, related_name="resume"
    )
    annee = models.PositiveSmallIntegerField("année")
    annee_dite = models.BooleanField("année dite par la source")
    nature = models.CharField("nature", max_length=12)
    secteur = models.CharField("secteur", max_length=40, blank=True)
    type_ingenierie = models.CharField("type d’ingénierie", max_length=60, blank=True)
    abandonnee = models.BooleanField("abandonnée")
    operateurs = ArrayField(models.UUIDField(), verbose_name="DLA pilote et associés")
    structures = ArrayField(models.UUIDField(), verbose_name="structures nommées")
    sans_nom = QuantiteField("structures comptées sans être nommées", decimales=0)
    jours = QuantiteField("jours d’intervention", unite="jour")
    cout = QuantiteField("coût", unite="€")
    attente = QuantiteField("mois avant le démarrage", unite="mois", decimales=1)
    duree = QuantiteField("durée", unite="mois", decimales=1)
    delai = QuantiteField("mois avant le premier résultat", unite="mois", decimales=1)

    class Meta:
        verbose_name = "résumé de mission"
        indexes = [models.Index(fields=["annee"], name="resume_annee")]

    def __str__(self) -> str:
        return f"résumé de {self.mission_id}"
