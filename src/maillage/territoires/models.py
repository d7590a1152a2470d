"""Géographie officielle : pays, régions, départements, EPCI, communes et leurs anciens codes."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When

from maillage.socle.normalisation import normaliser
from maillage.territoires.noms import cle_de_nom


class Niveau(models.TextChoices):
    """Niveau d'un territoire dans le découpage administratif."""

    COMMUNE = "commune", "commune"
    EPCI = "epci", "intercommunalité"
    DEPARTEMENT = "departement", "département"
    REGION = "region", "région"
    PAYS = "pays", "pays"


PRIORITE = (Niveau.DEPARTEMENT, Niveau.REGION, Niveau.COMMUNE, Niveau.EPCI, Niveau.PAYS)
"""Ce qu'un nom ou un code que partagent plusieurs niveaux désigne d'abord."""


class TerritoireQuerySet(models.QuerySet["Territoire"]):
    """Vocabulaire des listes de territoires."""

    def actuels(self) -> TerritoireQuerySet:
        """Sans les communes disparues, gardées pour ce qui s'y rattache."""
        return self.filter(actuel=True)

    def communes(self) -> TerritoireQuerySet:
        return self.actuels().filter(niveau=Niveau.COMMUNE)

    def departements(self) -> TerritoireQuerySet:
        return self.actuels().filter(niveau=Niveau.DEPARTEMENT)

    def de(self, niveau: str, code: str) -> Territoire:
        """Le territoire de ce niveau et de ce code ; `DoesNotExist` s'il n'y en a pas."""
        return self.get(niveau=niveau, code=code)

    def dans(self, ids_perimetre: Iterable[int]) -> TerritoireQuerySet:
        """Ceux que recouvre un périmètre : eux-mêmes, ou l'un de leurs contenants, en sont."""
        return self.filter(chemin__overlap=list(ids_perimetre))

    def cherche(self, texte: str) -> TerritoireQuerySet:
        """Par début de nom, actuel ou ancien, ou par code ; les plus justes d'abord.

        Chacun porte sa `justesse` (0 exact, 1 début du nom, 2 ancien nom ou ancien code) et le
        `rang` de son niveau dans `PRIORITE`.
        """
        cle, code = cle_de_nom(texte), normaliser(texte).upper()
        if not cle:
            return self.none()
        nomme = Q(nom_normalise__startswith=cle)
        presents = Territoire.objects.filter(nomme | Q(niveau__in=Niveau.values, code=code))
        anciens = AncienCode.objects.filter(nomme | Q(code=code))
        # Une union, et non un OU : chaque moitié suit ses index.
        trouves = self.actuels().filter(
            pk__in=presents.order_by().values("pk").union(anciens.order_by().values("territoire"))
        )
        justesse = Case(
            When(Q(nom_normalise=cle) | Q(code=code), then=Value(0)),
            When(nom_normalise__startswith=cle, then=Value(1)),
            default=Value(2),
        )
        rang = Case(*(When(niveau=n, then=Value(r)) for r, n in enumerate(PRIORITE)))
        return trouves.annotate(justesse=justesse, rang=rang).order_by(
            "justesse", "rang", F("population").desc(nulls_last=True), "nom_normalise", "pk"
        )


class Territoire(models.Model):
    """Une portion officielle du pays.

    `chemin` porte les identifiants du territoire et de tous ses contenants (un EPCI à cheval a
    tous ses départements et régions) : un périmètre recouvre un territoire si l'un de ses
    identifiants s'y trouve. `longitude` et `latitude` (WGS84, degrés) sont celles du centre.
    """

    niveau = models.CharField("niveau", max_length=11, choices=Niveau.choices)
    code = models.CharField("code officiel", max_length=9)
    nom = models.CharField("nom", max_length=120)
    nom_normalise = models.CharField(max_length=120, editable=False)
    departement = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    region = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    epci = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="membres"
    )
    population = models.PositiveIntegerField("population", null=True, blank=True)
    longitude = models.FloatField("longitude du centre", null=True, blank=True)
    latitude = models.FloatField("latitude du centre", null=True, blank=True)
    chemin = ArrayField(models.BigIntegerField(), default=list, editable=False)
    actuel = models.BooleanField("existe dans le découpage chargé", default=True, editable=False)

    objects = TerritoireQuerySet.as_manager()

    class Meta:
        ordering = ["nom_normalise", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["niveau", "code"], name="territoire_niveau_code")
        ]
        indexes = [
            models.Index(
                fields=["nom_normalise"], name="territoire_nom", opclasses=["text_pattern_ops"]
            ),
            GinIndex(fields=["chemin"], name="territoire_chemin"),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def nom_complet(self) -> str:
        """Le nom qui lève les homonymies : « Besançon (25056) », « Doubs (département 25) »."""
        if self.niveau == Niveau.PAYS:
            return self.nom
        precision = "" if self.niveau == Niveau.COMMUNE else f"{self.get_niveau_display()} "
        return f"{self.nom} ({precision}{self.code})"


class AncienCode(models.Model):
    """Commune ancienne, associée, déléguée ou arrondissement municipal → commune actuelle.

    `nom` est vide quand le découpage officiel n'en garde que le code.
    """

    code = models.CharField("code officiel", max_length=5, unique=True)
    nom = models.CharField("nom", max_length=120, blank=True)
    nom_normalise = models.CharField(max_length=120, blank=True, editable=False)
    territoire = models.ForeignKey(Territoire, on_delete=models.CASCADE, related_name="anciens")

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(
                fields=["nom_normalise"], name="ancien_nom", opclasses=["text_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.nom or self.code
