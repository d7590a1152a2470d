"""Doublons : les paires proposées, ce que l'on en a décidé, les réunions faites."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.annuaire.models.organisations import Organisation
from maillage.annuaire.visibilite import filtre_de_modification

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class Decision(models.TextChoices):
    """Ce que l'on a dit d'une paire ; une recherche ne revient jamais dessus."""

    A_REVOIR = "a_revoir", "à revoir"
    PLUS_TARD = "plus_tard", "plus tard"
    DISTINCTES = "distinctes", "deux structures différentes"
    MEMES = "memes", "une seule et même association"


class Paire(models.Model):
    """Deux notices qui se ressemblent, la probabilité et les indices qui l'ont dit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    probabilite = models.FloatField("probabilité")
    indices = models.JSONField("indices", default=list)
    decision = models.CharField(
        "décision", max_length=10, choices=Decision.choices, default=Decision.A_REVOIR
    )
    decidee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decidee_le = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class PaireDeFichesQuerySet(models.QuerySet["PaireDeFiches"]):
    """Vocabulaire de la liste des doublons à revoir."""

    def visibles_par(self, utilisateur: Utilisateur) -> PaireDeFichesQuerySet:
        """Celles dont cette personne peut modifier les deux fiches."""
        modifiables = Organisation.objects.filter(filtre_de_modification(utilisateur)).values("pk")
        return self.filter(premiere__in=modifiables, seconde__in=modifiables)


class PaireDeFiches(Paire):
    """Deux fiches de l'annuaire ; `premiere` a le plus petit identifiant."""

    premiere = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    seconde = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    objects = PaireDeFichesQuerySet.as_manager()

    class Meta:
        ordering = ["-probabilite", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["premiere", "seconde"], name="paire_de_fiches_unique"),
            models.CheckConstraint(
                condition=Q(premiere__lt=F("seconde")), name="paire_de_fiches_ordonnee"
            ),
        ]
        indexes = [models.Index(fields=["decision", "-probabilite"], name="paire_de_fiches_liste")]

    def __str__(self) -> str:
        return f"{self.premiere} et {self.seconde}"

    def get_absolute_url(self) -> str:
        return reverse("annuaire:doublon", args=[self.pk])


class PaireDuRegistre(Paire):
    """Deux lignes du RNA, par leurs numéros : la table de référence se recharge sans nous."""

    premiere = models.CharField("premier numéro", max_length=20)
    seconde = models.CharField("second numéro", max_length=20, db_index=True)

    class Meta:
        ordering = ["-probabilite", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["premiere", "seconde"], name="paire_du_registre_unique")
        ]
        indexes = [
            models.Index(fields=["decision", "-probabilite"], name="paire_du_registre_liste")
        ]

    def __str__(self) -> str:
        return f"{self.premiere} et {self.seconde}"


class FusionQuerySet(models.QuerySet["Fusion"]):
    """Vocabulaire des réunions de fiches."""

    def visibles_par(self, utilisateur: Utilisateur) -> FusionQuerySet:
        """Celles dont cette personne peut modifier la fiche gardée, donc les annuler."""
        modifiables = Organisation.objects.filter(filtre_de_modification(utilisateur))
        return self.filter(gardee__in=modifiables.values("pk"))

    def valables(self) -> FusionQuerySet:
        return self.filter(annulee_le__isnull=True)


class Fusion(models.Model):
    """Deux fiches réunies en une, et de quoi l'annuler.

    `etapes` est la suite des gestes faits sur la base (`annuaire.doublons.etapes`) : les rejouer à
    l'envers remet l'état d'avant. `absorbee` est l'identifiant de la fiche disparue.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gardee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="fusions")
    absorbee = models.UUIDField(db_index=True)
    nom_absorbee = models.CharField("fiche absorbée", max_length=200)
    etapes = models.JSONField(default=list)
    faite_le = models.DateTimeField(auto_now_add=True)
    faite_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    annulee_le = models.DateTimeField(null=True)
    annulee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = FusionQuerySet.as_manager()

    class Meta:
        ordering = ["-faite_le"]

    def __str__(self) -> str:
        return f"« {self.nom_absorbee} » réunie à « {self.gardee} »"

    def get_absolute_url(self) -> str:
        return reverse("annuaire:fusion", args=[self.pk])
