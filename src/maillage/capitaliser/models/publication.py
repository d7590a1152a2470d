"""Ce qui a paru : le contenu figé d'une fiche, cherché et filtré par la bibliothèque."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.annuaire import nomenclatures
from maillage.capitaliser.grille import ContexteDeFiche
from maillage.ingenieries.models import Ingenierie
from maillage.socle.agregats import nombre
from maillage.socle.normalisation import normaliser

CONFIGURATION = "french"
"""Racinisation française de PostgreSQL, sur un texte d'abord privé de ses accents.

`unaccent` manque au serveur embarqué : `normaliser` ôte les accents du texte et de la question,
puis la même racinisation ramène pluriels et féminins (« mécénats » trouve « mécénat »). Une
configuration `simple` ne connaîtrait pas le pluriel ; `french` seule perdrait qui tape sans
accents. Les mots vides accentués restent indexés, ce qui ne coûte que quelques octets.
"""


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Vocabulaire de la bibliothèque."""

    def en_rayon(self) -> PublicationQuerySet:
        """La dernière édition de chaque fiche publiée : toute personne connectée la lit."""
        return self.filter(en_vigueur=True)

    def pour_liste(self) -> PublicationQuerySet:
        """Sans les colonnes qui ne servent qu'à chercher."""
        return self.defer("texte", "titre_normalise", "recherche")

    def avec_reprises(self) -> PublicationQuerySet:
        """`reprises` : combien de missions sont reparties de celle que la fiche raconte."""
        suites = nombre(Ingenierie.objects.all(), par="issue_de__fiche__publications")
        return self.annotate(reprises=suites)

    def cherche(self, texte: str) -> PublicationQuerySet:
        """Tous les mots, sans souci des accents ni des pluriels ; les plus justes d'abord."""
        mots = normaliser(texte)
        if not mots:
            return self
        question = SearchQuery(mots, config=CONFIGURATION, search_type="plain")
        return self.filter(recherche=question).annotate(
            justesse=SearchRank(F("recherche"), question)
        )


class Publication(models.Model):
    """Une édition d'une fiche ; elle ne change plus, une nouvelle édition la remplace en rayon.

    `contenu` est un `ContexteDeFiche` en JSON. `chemins` réunit les identifiants des territoires
    de la mission et de leurs contenants, pour filtrer par département ou par région.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fiche = models.ForeignKey(
        "capitaliser.Fiche", on_delete=models.CASCADE, related_name="publications"
    )
    edition = models.PositiveSmallIntegerField("édition")
    publiee_le = models.DateTimeField("publiée le", auto_now_add=True)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    en_vigueur = models.BooleanField("en rayon", default=True)
    contenu = models.JSONField("contenu")
    titre = models.CharField("titre", max_length=200)
    annee = models.PositiveSmallIntegerField("année")
    secteur = models.CharField("secteur", max_length=40, blank=True)
    themes = ArrayField(models.CharField(max_length=60), default=list)
    chemins = ArrayField(models.BigIntegerField(), default=list)
    titre_normalise = models.TextField()
    texte = models.TextField("texte cherché, sans accents")
    recherche = models.GeneratedField(
        expression=SearchVector("titre_normalise", weight="A", config=CONFIGURATION)
        + SearchVector("texte", weight="B", config=CONFIGURATION),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche publiée"
        ordering = ["-publiee_le", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fiche", "edition"], name="publication_edition_unique"),
            models.UniqueConstraint(
                fields=["fiche"],
                condition=Q(en_vigueur=True),
                name="publication_une_seule_en_rayon",
                violation_error_message="Une édition de cette fiche est déjà en rayon.",
            ),
        ]
        indexes = [
            GinIndex(fields=["recherche"], name="publication_recherche"),
            GinIndex(fields=["chemins"], name="publication_chemins"),
            models.Index(
                fields=["-publiee_le"], condition=Q(en_vigueur=True), name="publication_en_rayon"
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("capitaliser:publiee", args=[self.fiche_id])

    @property
    def contexte(self) -> ContexteDeFiche:
        return ContexteDeFiche.depuis_json(self.contenu)

    @property
    def secteur_lisible(self) -> str:
        return (
            nomenclatures.SECTEURS.libelle(self.secteur) if self.secteur else "Secteur non précisé"
        )


def texte_de(contenu: Any) -> str:
    """Tous les textes d'un contenu, bout à bout et normalisés : ce que la recherche parcourt."""
    return normaliser(" ".join(_textes(contenu)))


def _textes(contenu: Any) -> list[str]:
    if isinstance(contenu, str):
        return [contenu]
    if isinstance(contenu, dict):
        return _textes(list(contenu.values()))
    if isinstance(contenu, list | tuple):
        return [texte for element in contenu for texte in _textes(element)]
    return []
