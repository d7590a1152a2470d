"""Imports des registres : où chacun en est, ce qu'il a compté, les lignes qu'il n'a pas prises."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from maillage.socle.mots import compter, enumerer


class Registre(models.TextChoices):
    """Les deux registres nationaux."""

    RNA = "rna", "RNA"
    SIRENE = "sirene", "SIRENE"


class EtatImport(models.TextChoices):
    """Où en est un import ; un import en cours dont le processus meurt reprend où il en était."""

    EN_COURS = "en_cours", "en cours"
    FINI = "fini", "fini"
    REFUSE = "refuse", "refusé"


class ImportDeRegistreQuerySet(models.QuerySet["ImportDeRegistre"]):
    """Vocabulaire des imports."""

    def finis(self) -> ImportDeRegistreQuerySet:
        return self.filter(etat=EtatImport.FINI)

    def en_cours(self) -> ImportDeRegistreQuerySet:
        return self.filter(etat=EtatImport.EN_COURS)


class ImportDeRegistre(models.Model):
    """L'import d'un fichier. Le point de reprise s'écrit dans la transaction des lignes versées.

    `sources` est ce que la vérification a reconnu (une description par CSV ou Parquet) ; le point
    de reprise est un rang dans cette liste, un décalage dans la source (octets d'un CSV déplié,
    lignes d'un Parquet) et le numéro de la ligne suivante.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registre = models.CharField("registre", max_length=6, choices=Registre.choices)
    nom = models.CharField("fichier", max_length=200)
    chemin = models.CharField(max_length=1000)
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    sources = models.JSONField(default=list)
    etat = models.CharField(
        "état", max_length=8, choices=EtatImport.choices, default=EtatImport.EN_COURS
    )
    message = models.CharField(max_length=1000, blank=True)
    source = models.PositiveIntegerField(default=0)
    decalage = models.PositiveBigIntegerField(default=0)
    ligne = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField("lignes du fichier", default=0)
    lues = models.PositiveBigIntegerField("lues", default=0)
    ajoutees = models.PositiveBigIntegerField("ajoutées", default=0)
    changees = models.PositiveBigIntegerField("changées", default=0)
    dissoutes = models.PositiveBigIntegerField("dissoutes ou fermées", default=0)
    rejetees = models.PositiveBigIntegerField("rejetées", default=0)
    ecartees = models.PositiveBigIntegerField("écartées", default=0)
    demande_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    commence_le = models.DateTimeField("commencé le", auto_now_add=True)
    fini_le = models.DateTimeField("fini le", null=True)

    objects = ImportDeRegistreQuerySet.as_manager()

    class Meta:
        ordering = ["-commence_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["registre", "empreinte"],
                condition=models.Q(etat=EtatImport.EN_COURS),
                name="import_en_cours_unique",
                violation_error_message="Ce fichier est déjà en cours d’import.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_registre_display()} : {self.nom}"

    @property
    def inchangees(self) -> int:
        """Lues et déjà telles au registre, ou plus anciennes que ce qu'il dit."""
        return self.lues - self.ajoutees - self.changees - self.rejetees - self.ecartees

    @property
    def badge(self) -> str:
        """La forme de c-badge qui dit cet état."""
        formes = {EtatImport.FINI: "fait", EtatImport.REFUSE: "en_retard"}
        return formes.get(EtatImport(self.etat), "en_cours")

    @property
    def bilan(self) -> str:
        """« 2 000 lignes lues : 1 900 ajoutées, 50 changées… », sans ce qui vaut zéro."""
        comptes = (
            (self.ajoutees, "ajoutée"),
            (self.changees, "changée"),
            (self.inchangees, "inchangée"),
            (self.ecartees, "écartée"),
            (self.rejetees, "rejetée"),
        )
        dits = [compter(nombre, mot) for nombre, mot in comptes if nombre]
        return f"{compter(self.lues, 'ligne')} : {enumerer(dits) or 'rien encore'}."


class ConstatDImport(models.Model):
    """Une ligne rejetée, ou retenue sans un champ illisible, et pourquoi."""

    importation = models.ForeignKey(
        ImportDeRegistre, on_delete=models.CASCADE, related_name="constats"
    )
    fichier = models.CharField(max_length=200)
    ligne = models.PositiveBigIntegerField()
    numero = models.CharField(max_length=60)
    raison = models.CharField(max_length=300)
    rejetee = models.BooleanField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.fichier}, ligne {self.ligne} : {self.raison}"
