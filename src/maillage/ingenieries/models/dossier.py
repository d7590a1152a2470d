"""L'ingénierie : le dossier d'une mission, de la problématique à la fiche."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.annuaire import nomenclatures
from maillage.ingenieries.visibilite import filtre_de_visibilite
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.recherche import ChampNormalise, contient

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


ANNEE_NON_DITE = "année non dite"


class NatureIngenierie(models.TextChoices):
    """Une structure ou plusieurs (S3, fiche 2)."""

    COLLECTIVE = "collective", "collective"
    INDIVIDUELLE = "individuelle", "individuelle"


class EtatIngenierie(models.TextChoices):
    """Où en est le dossier entier ; l'avancement, lui, se lit dans le parcours."""

    EN_COURS = "en_cours", "en cours"
    SUSPENDUE = "suspendue", "suspendue"
    CLOSE = "close", "close"
    ABANDONNEE = "abandonnee", "abandonnée"


FORMES = {
    EtatIngenierie.EN_COURS: "en_cours",
    EtatIngenierie.SUSPENDUE: "a_faire",
    EtatIngenierie.CLOSE: "fait",
    EtatIngenierie.ABANDONNEE: "sans_objet",
}


class IngenierieQuerySet(models.QuerySet["Ingenierie"]):
    """Vocabulaire des listes de missions."""

    def visibles_par(self, utilisateur: Utilisateur) -> IngenierieQuerySet:
        return self.filter(filtre_de_visibilite(utilisateur))

    def ouvertes(self) -> IngenierieQuerySet:
        return self.filter(etat=EtatIngenierie.EN_COURS)

    def menees(self) -> IngenierieQuerySet:
        """Toutes, sauf celles que l'on a abandonnées."""
        return self.exclude(etat=EtatIngenierie.ABANDONNEE)

    def pilotees_par(self, operateurs: Iterable[UUID]) -> IngenierieQuerySet:
        return self.filter(operateur__in=operateurs)

    def des_dla(self, operateurs: Iterable[UUID]) -> IngenierieQuerySet:
        """Celles que l'un de ces DLA pilote, et celles où il est associé."""
        siens = list(operateurs)
        associees = Ingenierie.operateurs_associes.through.objects.filter(organisation__in=siens)
        return self.filter(Q(operateur__in=siens) | Q(pk__in=associees.values("ingenierie")))

    def sur(self, territoires: Iterable[int]) -> IngenierieQuerySet:
        """Celles dont un territoire est dans l'un de ceux-ci."""
        dedans = Ingenierie.objects.filter(territoires__chemin__overlap=list(territoires))
        return self.filter(pk__in=dedans.values("pk"))

    def cherche(self, texte: str) -> IngenierieQuerySet:
        """Chaque mot doit se trouver dans le titre ou l'accroche, sans souci des accents."""
        return self.filter(contient("recherche", texte))

    def pour_liste(self) -> IngenierieQuerySet:
        return self.select_related("operateur", "charge").prefetch_related("territoires")


@historise()
class Ingenierie(ModeleSuivi):
    """Une mission : qui la pilote, où, pour quel secteur, et où elle en est."""

    titre = models.CharField("titre", max_length=200)
    accroche = models.CharField(
        "accroche",
        max_length=300,
        blank=True,
        help_text="Une phrase qui donne envie aux structures de venir.",
    )
    nature = models.CharField(
        "nature",
        max_length=12,
        choices=NatureIngenierie.choices,
        default=NatureIngenierie.COLLECTIVE,
    )
    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="DLA pilote",
        on_delete=models.PROTECT,
        related_name="ingenieries",
    )
    operateurs_associes = models.ManyToManyField(
        "annuaire.Organisation",
        verbose_name="DLA associés",
        blank=True,
        related_name="ingenieries_associees",
    )
    charge = models.ForeignKey(
        "annuaire.Personne",
        verbose_name="chargé·e d’accompagnement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="ingenieries",
    )
    secteur = models.CharField(
        "secteur", max_length=40, blank=True, choices=nomenclatures.choix_secteurs
    )
    territoires = models.ManyToManyField(
        "territoires.Territoire", verbose_name="territoires", related_name="ingenieries"
    )
    annee = models.PositiveSmallIntegerField("année", help_text="Année de démarrage.")
    annee_dite = models.BooleanField(
        "année dite par la source",
        default=True,
        help_text="Faux quand l’année n’est que celle de la publication qui raconte la mission.",
    )
    demarree_le = models.DateField("démarrée le", null=True, blank=True)
    close_le = models.DateField("close le", null=True, blank=True)
    etat = models.CharField(
        "état", max_length=12, choices=EtatIngenierie.choices, default=EtatIngenierie.EN_COURS
    )
    motif_de_fin = models.TextField("pourquoi elle s'est arrêtée", blank=True)
    source = models.CharField(
        "source", max_length=300, blank=True, help_text="Pour une expérience déjà publiée."
    )
    issue_de = models.ForeignKey(
        "self",
        verbose_name="issue de",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="suites",
    )
    recherche = ChampNormalise(sources=("titre", "accroche"))

    objects = IngenierieQuerySet.as_manager()

    class Meta:
        verbose_name = "mission"
        ordering = ["-annee", "-cree_le"]
        indexes = [
            models.Index(fields=["operateur", "etat", "-annee"], name="ingenierie_operateur_etat"),
            models.Index(fields=["-annee", "-cree_le"], name="ingenierie_recentes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(close_le__isnull=True)
                | Q(demarree_le__isnull=True)
                | Q(close_le__gte=models.F("demarree_le")),
                name="ingenierie_close_apres_debut",
                violation_error_message=(
                    "La date de clôture précède le démarrage : corrigez l’une des deux."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(issue_de=models.F("id")),
                name="ingenierie_pas_issue_de_soi",
                violation_error_message="Une mission ne peut pas être issue d’elle-même.",
            ),
            models.CheckConstraint(
                condition=Q(annee__gte=2002, annee__lte=2100),
                name="ingenierie_annee_plausible",
                violation_error_message="Le DLA existe depuis 2002 : vérifiez l’année.",
            ),
            models.CheckConstraint(
                condition=~Q(etat=EtatIngenierie.ABANDONNEE) | ~Q(motif_de_fin=""),
                name="ingenierie_abandon_motive",
                violation_error_message=(
                    "Dites pourquoi la mission s’arrête : un échec raconté sert aux autres."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def annee_lisible(self) -> str:
        """« 2010 » ; la date de la publication ne passe pas pour celle de la mission."""
        return str(self.annee) if self.annee_dite else ANNEE_NON_DITE

    @property
    def forme(self) -> str:
        """La forme qui dessine l'état du dossier."""
        return FORMES[EtatIngenierie(self.etat)]

    @property
    def tenue_d_une_source(self) -> bool:
        """Close, et reprise d'une publication : on n'y apprendra plus rien."""
        return bool(self.source) and self.etat == EtatIngenierie.CLOSE

    def get_absolute_url(self) -> str:
        return reverse("ingenieries:dossier", args=[self.pk])
