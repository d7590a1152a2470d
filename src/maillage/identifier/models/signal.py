"""Un signal : quelqu'un, un jour, a dit un besoin."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from maillage import methode
from maillage.annuaire import nomenclatures
from maillage.identifier import choix
from maillage.identifier.partage import Partage
from maillage.identifier.visibilite import filtre_de_signaux, filtre_des_comptes
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.mots import abreger
from maillage.socle.recherche import ChampNormalise, contient

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class SignalQuerySet(models.QuerySet["Signal"]):
    """Vocabulaire des listes de signaux."""

    def visibles_par(self, utilisateur: Utilisateur) -> SignalQuerySet:
        """Ceux dont on lit les mots : eux seuls se listent, se cherchent, s'exportent, se citent.

        Ceux d'un diagnostic n'y sont que pour l'équipe qui le mène (règle 3).
        """
        return self.filter(filtre_de_signaux(utilisateur))

    def comptables_par(self, utilisateur: Utilisateur) -> SignalQuerySet:
        """Les mêmes, et ceux que l'on compte par thème sans les lire (docs/decisions/0017).

        De ceux-là, rien ne se montre ligne à ligne, ni nom, ni jour ; une case de moins de
        `accueillir.autorisations.comptages.SEUIL` structures ne se montre pas.
        """
        return self.filter(filtre_des_comptes(utilisateur))

    def non_codes(self) -> SignalQuerySet:
        """Sans thème ou sans source : notés d'un trait, à compléter."""
        return self.filter(Q(themes=[]) | Q(source=""))

    def a_coder_par(self, dla: Collection[UUID]) -> SignalQuerySet:
        """Ceux que ces DLA ont notés, ou dits dans leurs diagnostics, et qu'il reste à coder."""
        return self.non_codes().filter(operateur__in=dla).exclude(partage=Partage.INTERNE)

    def cherche(self, texte: str) -> SignalQuerySet:
        """Chaque mot dans le texte ou chez son auteur, sans souci des accents.

        Les mots d'un diagnostic se cherchent dans le diagnostic.
        """
        return self.filter(contient("recherche", texte))

    def pour_liste(self) -> SignalQuerySet:
        return self.select_related(
            "operateur", "structure", "auteur_organisation", "territoire", "besoin__diagnostic"
        )


@historise(en_lot=True, exclude=["departement"])
class Signal(ModeleSuivi):
    """Un besoin dit, dans les mots de qui l'a dit ; il vit avant toute mission.

    Noté d'un trait, il n'a que son texte, sa date et le DLA qui le note ; source et thèmes se
    codent ensuite.

    Celui d'un diagnostic (`besoin`) est tenu par PostgreSQL : date, DLA, structure et thème en
    viennent, le secteur et la commune sont ceux de ce jour-là, les mots restent dans le diagnostic.

    `departement` aussi : celui du territoire dit, sinon du siège de la structure (0018).
    """

    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="noté par le DLA",
        on_delete=models.PROTECT,
        related_name="signaux_notes",
    )
    texte = models.TextField("ce qui a été dit", max_length=4000)
    besoin = models.OneToOneField(
        "accueillir.Besoin",
        verbose_name="besoin d’un diagnostic",
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="signal",
    )
    partage = models.CharField(
        max_length=8, choices=Partage.choices, default=Partage.LIBRE, editable=False
    )
    date = models.DateField("entendu le", default=timezone.localdate)
    source = models.CharField("source", max_length=80, blank=True, choices=choix.sources)
    auteur_libelle = models.CharField("qui l’a dit", max_length=200, blank=True)
    auteur_organisation = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="au nom de",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signaux_emis",
    )
    structure = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="structure concernée",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signaux",
    )
    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie",
        verbose_name="entendu dans la mission",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="besoins_entendus",
    )
    territoire = models.ForeignKey(
        "territoires.Territoire",
        verbose_name="territoire",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signaux",
    )
    departement = models.ForeignKey(
        "territoires.Territoire",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    secteur = models.CharField(
        "secteur", max_length=40, blank=True, choices=nomenclatures.choix_secteurs
    )
    themes = ArrayField(
        models.CharField(max_length=80, choices=choix.themes),
        verbose_name="thèmes",
        default=list,
        blank=True,
    )
    note_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="signaux",
    )
    recherche = ChampNormalise(sources=("texte", "auteur_libelle"))

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = "signal"
        verbose_name_plural = "signaux"
        ordering = ["-date", "-cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(texte="") | Q(besoin__isnull=False),
                name="signal_dit_quelque_chose",
                violation_error_message="Écrivez ce que vous avez entendu, même en peu de mots.",
            ),
            models.CheckConstraint(
                condition=Q(besoin__isnull=True, partage=Partage.LIBRE)
                | Q(besoin__isnull=False, texte="", recherche="") & ~Q(partage=Partage.LIBRE),
                name="signal_mots_au_diagnostic",
                violation_error_message="Les mots d’un diagnostic restent dans le diagnostic.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["operateur", "-date"],
                include=["partage", "structure", "departement", "secteur", "themes"],
                name="signal_operateur_comptes",
            ),
            models.Index(fields=["-date", "-cree_le", "-id"], name="signal_recents"),
            GinIndex(fields=["themes"], name="signal_themes"),
        ]

    def __str__(self) -> str:
        return abreger(self.mots)

    def get_absolute_url(self) -> str:
        return reverse("identifier:signal", args=[self.pk])

    @property
    def mots(self) -> str:
        """Ce qui a été dit, là où c'est gardé ; ne se montre qu'à qui voit le signal."""
        return self.besoin.dit if self.besoin else self.texte

    @property
    def code(self) -> bool:
        """Vrai quand source et thèmes sont dits."""
        return bool(self.source and self.themes)

    @property
    def themes_lisibles(self) -> list[str]:
        return [methode.libelle("themes.themes", code) for code in self.themes]

    @property
    def auteur(self) -> str:
        """« La directrice, Ligue de l'enseignement » ; vide si l'on ne sait plus qui."""
        au_nom_de = self.auteur_organisation or self.structure
        return ", ".join(filter(None, [self.auteur_libelle, str(au_nom_de or "")]))
