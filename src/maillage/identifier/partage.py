"""Jusqu'où va un signal : noté pour lui-même, ou dit par un diagnostic (règle 3)."""

from __future__ import annotations

from django.db import models


class Partage(models.TextChoices):
    """Ce que d'autres que l'équipe en savent ; PostgreSQL la tient pour un diagnostic."""

    LIBRE = "libre", "noté pour lui-même"
    EN_COURS = "en_cours", "d’un diagnostic que sa structure n’a pas encore validé"
    VALIDE = "valide", "d’un diagnostic validé : compté, sans ses mots"
    INTERNE = "interne", "interne au DLA : il reste dans son diagnostic"


COMPTES = (Partage.LIBRE, Partage.VALIDE)
"""Ce que le réseau compte, par thème et sans nom."""
