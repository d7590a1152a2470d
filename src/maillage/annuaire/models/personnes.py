"""Personnes et rattachements : qui agit, au titre de quelle organisation, dans quel rôle."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from maillage.annuaire.models.types import Role
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.recherche import ChampNormalise
from maillage.territoires.models import Territoire


@historise()
class Personne(ModeleSuivi):
    """Quelqu'un que l'on connaît par son métier ; elle a un compte si elle se connecte."""

    nom = models.CharField("nom", max_length=80)
    prenom = models.CharField("prénom", max_length=80, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    fonction = models.CharField("fonction", max_length=120, blank=True)
    compte = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="personne",
    )
    recherche = ChampNormalise(sources=("prenom", "nom"))

    class Meta:
        ordering = ["nom", "prenom", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("courriel"),
                condition=~Q(courriel=""),
                name="personne_courriel_unique",
                violation_error_message="Une personne a déjà cette adresse électronique.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}".strip()


class RattachementQuerySet(models.QuerySet["Rattachement"]):
    """Vocabulaire des listes de rattachements."""

    def actifs(self) -> RattachementQuerySet:
        """Ni révoqués, ni expirés, ni à venir, au jour de Paris."""
        aujourd_hui = timezone.localdate()
        return self.filter(
            Q(jusqua__isnull=True) | Q(jusqua__gte=aujourd_hui),
            revoque_le__isnull=True,
            depuis__lte=aujourd_hui,
        )


@historise()
class Rattachement(ModeleSuivi):
    """Un rôle tenu dans une organisation, sur des territoires et des secteurs.

    Sans territoire ni secteur propres, ceux de l'organisation valent. `jusqua` est le dernier
    jour où il vaut ; `revoque_le` l'éteint aussitôt.
    """

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="rattachements")
    organisation = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.PROTECT, related_name="rattachements"
    )
    role = models.CharField("rôle", max_length=22, choices=Role.choices)
    territoires = models.ManyToManyField(
        Territoire, verbose_name="territoires", blank=True, related_name="+"
    )
    secteurs = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    depuis = models.DateField("depuis le", default=timezone.localdate)
    jusqua = models.DateField("jusqu’au", null=True, blank=True)
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True, editable=False)

    objects = RattachementQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "personne", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "organisation", "role"],
                condition=Q(revoque_le__isnull=True),
                name="rattachement_unique",
                violation_error_message="Cette personne tient déjà ce rôle dans l’organisation.",
            ),
            models.CheckConstraint(
                condition=Q(jusqua__isnull=True) | Q(jusqua__gte=F("depuis")),
                name="rattachement_dates",
                violation_error_message="La fin du rattachement précède son début.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.personne}, {self.get_role_display()}"

    @property
    def actif(self) -> bool:
        """La même règle que `actifs()`, pour un objet déjà lu."""
        aujourd_hui = timezone.localdate()
        a_temps = self.depuis <= aujourd_hui and (self.jusqua is None or self.jusqua >= aujourd_hui)
        return self.revoque_le is None and a_temps
