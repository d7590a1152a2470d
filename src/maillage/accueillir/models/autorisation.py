"""Ce qu'une structure ouvre de ses diagnostics, à qui, et qui les a lus (règle 3)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from maillage.accueillir import choix
from maillage.annuaire.models import Organisation
from maillage.socle.modeles import ModeleSuivi, historise

if TYPE_CHECKING:
    from maillage.accueillir.models.diagnostic import Diagnostic
    from maillage.socle.comptes import Utilisateur

DUREE_DE_LECTURE = timedelta(days=1)


class VoieDAutorisation(models.TextChoices):
    """Comment la structure a fait savoir ce qu'elle veut."""

    PAGE = "page", "par sa page personnelle"
    COMPTE = "compte", "par son compte"
    REMISE = "remise", "par un lien que le DLA lui a remis"
    AGENT = "agent", "consignée par le DLA"
    REUNION = "reunion", "posée en réunissant deux fiches"

    @classmethod
    def du_dla(cls) -> tuple[VoieDAutorisation, ...]:
        """Celles que le DLA pourrait tenir seul : elles se prouvent."""
        return (cls.REMISE, cls.AGENT)


class FormeDeLecture(models.TextChoices):
    """Sous quelle forme un diagnostic a été lu."""

    ECRAN = "ecran", "à l’écran"
    WORD = "word", "en Word"
    PDF = "pdf", "en PDF"


class DossierDAutorisations(Organisation):
    """Une structure, en tant que sujet des preuves de ce qu'elle ouvre ou soustrait.

    Ces documents ne se lisent pas avec ceux de sa fiche : qui est écarté l'y apprendrait.
    """

    class Meta:
        proxy = True
        verbose_name = "autorisations de la structure"

    def __str__(self) -> str:
        return f"Autorisations de {self.nom}"

    def get_absolute_url(self) -> str:
        return reverse("accueillir:autorisations", args=[self.pk])


class ParoleDeLaStructure(ModeleSuivi):
    """Ce qu'une structure a fait savoir : par qui, comment ; ce qui passe par le DLA se prouve.

    `par` nomme la personne qui l'a dit pour la structure.
    """

    voie = models.CharField("par quelle voie", max_length=8, choices=VoieDAutorisation.choices)
    par = models.CharField("dite par", max_length=200)
    preuve = models.TextField("ce qui le montre", max_length=2000, blank=True)
    piece = models.ForeignKey(
        "socle.Document",
        verbose_name="document qui le montre",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(voie__in=VoieDAutorisation.du_dla())
                | ~Q(preuve="")
                | Q(piece__isnull=False),
                name="%(class)s_consignee_prouvee",
                violation_error_message=(
                    "Dites ce qui le montre (« courriel du 3 mars »), ou joignez le document."
                ),
            ),
        ]


@historise()
class Autorisation(ParoleDeLaStructure):
    """Ce qu'une structure a décidé pour une catégorie de destinataires ; sans ligne, c'est refusé.

    Une seule ligne par catégorie, l'historique garde les précédentes.
    """

    structure = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.CASCADE, related_name="autorisations"
    )
    categorie = models.CharField("destinataires", max_length=40, choices=choix.destinataires)
    accordee = models.BooleanField("accordée")
    depuis = models.DateTimeField("depuis le", default=timezone.now)

    class Meta:
        verbose_name = "autorisation"
        ordering = ["structure", "categorie"]
        constraints = [
            *ParoleDeLaStructure.Meta.constraints,
            models.UniqueConstraint(
                fields=["structure", "categorie"],
                name="autorisation_une_par_categorie",
                violation_error_message="Cette catégorie a déjà une réponse de la structure.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_categorie_display()} : {'accordée' if self.accordee else 'refusée'}"

    def prime_sur(self, autre: Autorisation) -> bool:
        """Deux fiches réunies avaient répondu chacune : un refus l'emporte (règle 3)."""
        return autre.accordee and not self.accordee


@historise()
class ExceptionDAutorisation(ParoleDeLaStructure):
    """Ce que la structure soustrait, quoi qu'elle ait autorisé par ailleurs ; la lever l'efface.

    `diagnostic` seul : ce document, à tous. `organisation` seule : ce destinataire, pour tout.
    Les deux : ce document à ce destinataire. `categorie` : ce document à cette catégorie.
    """

    structure = models.ForeignKey(
        "annuaire.Organisation",
        on_delete=models.CASCADE,
        related_name="exceptions_d_autorisation",
    )
    diagnostic = models.ForeignKey(
        "accueillir.Diagnostic",
        verbose_name="diagnostic soustrait",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="exceptions",
    )
    organisation = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="destinataire soustrait",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    categorie = models.CharField(
        "pour ces destinataires seulement",
        max_length=40,
        blank=True,
        choices=choix.destinataires,
    )

    class Meta:
        verbose_name = "exception d’autorisation"
        verbose_name_plural = "exceptions d’autorisation"
        ordering = ["cree_le"]
        constraints = [
            *ParoleDeLaStructure.Meta.constraints,
            models.CheckConstraint(
                condition=Q(diagnostic__isnull=False) | Q(organisation__isnull=False, categorie=""),
                name="exception_dit_quoi",
                violation_error_message="Choisissez un diagnostic, un destinataire, ou les deux.",
            ),
            models.CheckConstraint(
                condition=Q(categorie="") | Q(organisation__isnull=True),
                name="exception_categorie_ou_destinataire",
                violation_error_message=(
                    "Choisissez une catégorie ou un destinataire : l’un suffit à soustraire."
                ),
            ),
            models.UniqueConstraint(
                fields=["structure", "diagnostic", "organisation", "categorie"],
                nulls_distinct=False,
                name="exception_une_fois",
                violation_error_message="Cette exception est déjà posée.",
            ),
        ]

    def __str__(self) -> str:
        return "exception"

    @property
    def phrase(self) -> str:
        """« Le diagnostic du 3 mars 2026 n’est pas ouvert à : Prestataires »."""
        return dire_l_exception(self)


def dire_l_exception(exception: Any) -> str:
    """La phrase d'une exception, ou de ce que l'historique en garde."""
    quoi, reste, ouvert = "Les diagnostics", "restent", "ne sont pas ouverts"
    if exception.diagnostic:
        quoi = f"Le diagnostic du {date_format(exception.diagnostic.date, 'j F Y')}"
        reste, ouvert = "reste", "n’est pas ouvert"
    a_qui = exception.organisation or exception.get_categorie_display()
    if not a_qui:
        return f"{quoi} {reste} entre la structure et son DLA"
    return f"{quoi} {ouvert} à : {a_qui}"


class LectureQuerySet(models.QuerySet["Lecture"]):
    """Vocabulaire des listes de lectures."""

    def ouvertes(self, utilisateur: Utilisateur, forme: str) -> LectureQuerySet:
        """Celles de cette personne, sous cette forme, qui datent de moins d'une journée."""
        limite = timezone.now() - DUREE_DE_LECTURE
        return self.filter(qui=utilisateur, forme=forme, quand__gt=limite)

    def de(self, diagnostic: Diagnostic) -> LectureQuerySet:
        return self.filter(diagnostic=diagnostic)


@historise()
class Lecture(ModeleSuivi):
    """Un tiers a lu un diagnostic : qui, quand, au titre de quoi, sous quelle forme."""

    diagnostic = models.ForeignKey(
        "accueillir.Diagnostic", on_delete=models.CASCADE, related_name="lectures"
    )
    qui = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    nom = models.CharField("nom", max_length=200)
    quand = models.DateTimeField("lu le", default=timezone.now)
    categorie = models.CharField("au titre de", max_length=40, choices=choix.destinataires)
    organisation = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="pour",
        on_delete=models.PROTECT,
        related_name="lectures_de_diagnostics",
    )
    forme = models.CharField("forme", max_length=8, choices=FormeDeLecture.choices)

    objects = LectureQuerySet.as_manager()

    class Meta:
        verbose_name = "lecture"
        ordering = ["-quand", "-id"]
        indexes = [
            models.Index(fields=["diagnostic", "-quand"], name="lecture_diagnostic"),
            models.Index(fields=["qui", "diagnostic", "-quand"], name="lecture_ouverte"),
        ]

    def __str__(self) -> str:
        return f"{self.nom}, {self.get_forme_display()}"
