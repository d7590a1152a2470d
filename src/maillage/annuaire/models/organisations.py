"""Organisations de toute nature."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.annuaire import nomenclatures
from maillage.annuaire.models.types import Agrement, Nature
from maillage.annuaire.numeros import verifier_rna, verifier_siren, verifier_siret
from maillage.annuaire.recherche.mots import lire
from maillage.annuaire.recherche.vocabulaire import comprendre, filtre_des_fiches
from maillage.annuaire.visibilite import filtre_de_lieu, filtre_de_visibilite
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.recherche import ChampNormalise
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Vocabulaire des listes d'organisations."""

    def en_service(self) -> OrganisationQuerySet:
        return self.filter(archive=False)

    def de_nature(self, *natures: str) -> OrganisationQuerySet:
        """Celles qui ont au moins une de ces natures."""
        return self.filter(natures__overlap=list(natures))

    def structures(self) -> OrganisationQuerySet:
        return self.de_nature(Nature.STRUCTURE)

    def partagees(self) -> OrganisationQuerySet:
        return self.de_nature(*Nature.partagees())

    def dans(self, ids_perimetre: Iterable[int]) -> OrganisationQuerySet:
        """Celles dont la commune (à défaut, un territoire d'intervention) est dans le périmètre."""
        return self.filter(filtre_de_lieu(ids_perimetre))

    def cherche(self, texte: str) -> OrganisationQuerySet:
        """Par les mots du nom, du sigle, de la commune, ou un numéro ; le dernier peut s'achever.

        Une requête de plus rapporte les mots tapés à ceux qui existent : accents, pluriels et
        fautes de frappe ne comptent pas. Sans mot, tout convient.
        """
        saisie = lire(texte)
        return self.filter(filtre_des_fiches(comprendre(saisie))) if saisie else self

    def visibles_par(self, utilisateur: Utilisateur) -> OrganisationQuerySet:
        """Celles qui existent pour cette personne ; la même règle objet par objet : `droits`."""
        return self.filter(filtre_de_visibilite(utilisateur))


@historise(exclude=["lieux"])
class Organisation(ModeleSuivi):
    """Une personne morale, ou un service rattaché à l'une d'elles.

    Aucun numéro officiel n'est exigé : les petites associations n'en ont pas toujours.
    `operateur` est le DLA qui la suit (son portefeuille) ; `nom_publie` est faux quand la source
    du dossier ne nomme pas la structure, qui porte alors un nom d'emprunt. `lieux` est la copie
    que PostgreSQL tient, pour chercher, de ce que dit `visibilite.est_dans` (migration 0004).
    """

    nom = models.CharField("nom", max_length=200)
    nom_normalise = ChampNormalise(sources=("nom", "sigle"))
    sigle = models.CharField("sigle", max_length=30, blank=True)
    natures = ArrayField(
        models.CharField(max_length=20, choices=Nature.choices), verbose_name="natures"
    )
    rattachee_a = models.ForeignKey(
        "self",
        verbose_name="service de",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="services",
    )
    rna = models.CharField("numéro RNA", max_length=10, blank=True, validators=[verifier_rna])
    siren = models.CharField("numéro SIREN", max_length=9, blank=True, validators=[verifier_siren])
    siret = models.CharField("numéro SIRET", max_length=14, blank=True, validators=[verifier_siret])
    categorie_juridique = models.CharField(
        "catégorie juridique", max_length=4, blank=True, choices=nomenclatures.choix_categories
    )
    agrements = ArrayField(
        models.CharField(max_length=20, choices=Agrement.choices),
        verbose_name="agréments",
        default=list,
        blank=True,
    )
    secteur = models.CharField(
        "secteur", max_length=40, blank=True, choices=nomenclatures.choix_secteurs
    )
    branche = models.CharField(
        "branche", max_length=40, blank=True, choices=nomenclatures.choix_branches
    )
    objet = models.TextField("activité", blank=True)
    commune = models.ForeignKey(
        Territoire,
        verbose_name="commune",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    territoires = models.ManyToManyField(
        Territoire, verbose_name="aire d’intervention", blank=True, related_name="intervenantes"
    )
    courriel = models.EmailField("courriel de l’organisation", blank=True)
    telephone = models.CharField("téléphone de l’organisation", max_length=20, blank=True)
    site = models.URLField("site", blank=True)
    creee_en = models.PositiveSmallIntegerField(
        "année de création",
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
    )
    nom_publie = models.BooleanField("le nom peut être dit", default=True)
    operateur = models.ForeignKey(
        "self",
        verbose_name="suivie par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="portefeuille",
    )
    archive = models.BooleanField("archivée", default=False)
    lieux = ArrayField(models.BigIntegerField(), default=list, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["nom_normalise", "pk"]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=[numero],
                    condition=~Q(**{numero: ""}),
                    name=f"organisation_{numero}_unique",
                    violation_error_message=f"Une organisation porte déjà ce {numero.upper()}.",
                )
                for numero in ("rna", "siren", "siret")
            ),
            models.CheckConstraint(
                condition=Q(siren="") | Q(siret="") | Q(siret__startswith=F("siren")),
                name="organisation_siret_de_ce_siren",
                violation_error_message="Le SIRET doit commencer par le SIREN.",
            ),
            models.CheckConstraint(
                condition=~Q(natures=[]),
                name="organisation_a_une_nature",
                violation_error_message="Dites au moins une nature de l’organisation.",
            ),
            models.CheckConstraint(
                condition=~Q(rattachee_a=F("id")),
                name="organisation_pas_service_de_soi",
                violation_error_message="Une organisation ne peut pas être son propre service.",
            ),
        ]
        indexes = [
            models.Index(fields=["nom_normalise", "id"], name="organisation_nom"),
            GinIndex(fields=["natures"], name="organisation_natures"),
            GinIndex(fields=["lieux"], name="organisation_lieux"),
        ]

    def __str__(self) -> str:
        return self.nom

    def get_absolute_url(self) -> str:
        return reverse("annuaire:fiche", args=[self.pk])

    @property
    def est_structure(self) -> bool:
        return Nature.STRUCTURE in (self.natures or ())

    @property
    def est_partagee(self) -> bool:
        """De l'annuaire que partagent les agents du DLA."""
        return not Nature.partagees().isdisjoint(self.natures)

    @property
    def natures_lisibles(self) -> list[str]:
        return [Nature(code).label for code in self.natures]

    @property
    def agrements_lisibles(self) -> list[str]:
        return [Agrement(code).label for code in self.agrements]
