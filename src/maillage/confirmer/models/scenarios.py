"""Composer les groupes : ce que l'on exige, ce que les structures souhaitent, les scénarios."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from maillage.confirmer.groupes.calculs.reglages import ReglagesInvalides, lire_reglages
from maillage.confirmer.models.mobilisation import Participation
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise
from maillage.socle.mots import citer


class SorteDExigence(models.TextChoices):
    """Ce que l'agent impose à deux structures."""

    ENSEMBLE = "ensemble", "ensemble, toujours"
    JAMAIS = "jamais", "jamais ensemble"


@historise()
class ExigenceDeGroupe(ElementDeDossier):
    """Deux structures à réunir, ou à séparer, quelle que soit la répartition."""

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="exigences_de_groupe"
    )
    sorte = models.CharField("à placer", max_length=8, choices=SorteDExigence.choices)
    une = models.ForeignKey(
        Participation, verbose_name="une structure", on_delete=models.CASCADE, related_name="+"
    )
    autre = models.ForeignKey(
        Participation, verbose_name="l’autre structure", on_delete=models.CASCADE, related_name="+"
    )
    raison = models.CharField("pourquoi", max_length=300, blank=True)

    class Meta:
        verbose_name = "exigence de groupe"
        ordering = ["cree_le"]
        constraints = [
            models.UniqueConstraint(
                Least("une", "autre"),
                Greatest("une", "autre"),
                "sorte",
                name="exigence_unique",
                violation_error_message="Cette exigence est déjà posée pour ces deux structures.",
            ),
            models.CheckConstraint(
                condition=~Q(une=F("autre")),
                name="exigence_entre_deux",
                violation_error_message="Choisissez deux structures différentes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.une} et {self.autre} : {self.get_sorte_display()}"


class SensDeSouhait(models.IntegerChoices):
    """Ce qu'une structure dit d'un thème de groupe."""

    SOUHAITE = 1, "le souhaite"
    EVITE = -1, "préfère l’éviter"


@historise()
class SouhaitDeGroupe(ElementDeDossier):
    """Ce qu'une structure dit d'un thème ; il vaut pour tout groupe qui porte ce thème."""

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="souhaits_de_groupe"
    )
    participation = models.ForeignKey(
        Participation,
        verbose_name="structure",
        on_delete=models.CASCADE,
        related_name="souhaits_de_groupe",
    )
    theme = models.CharField("thème", max_length=200)
    sens = models.SmallIntegerField(
        "ce qu’elle en dit", choices=SensDeSouhait.choices, default=SensDeSouhait.SOUHAITE
    )

    class Meta:
        verbose_name = "souhait de groupe"
        ordering = ["cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "theme"],
                name="souhait_unique",
                violation_error_message="Cette structure s’est déjà prononcée sur ce thème.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.participation} {self.demande}"

    @property
    def demande(self) -> str:
        """« souhaite « Mécénat » », « préfère éviter « Mécénat » »."""
        verbe = "souhaite" if self.sens == SensDeSouhait.SOUHAITE else "préfère éviter"
        return f"{verbe} {citer(self.theme)}"


class EtatDeScenario(models.TextChoices):
    """Une proposition s'efface à la suivante ; ce que l'on garde reste."""

    PROPOSE = "propose", "proposé"
    GARDE = "garde", "gardé"
    RETENU = "retenu", "retenu"
    ECARTE = "ecarte", "écarté"


def valider_reglages(donnees: Any) -> None:
    try:
        lire_reglages(donnees)
    except ReglagesInvalides as refus:
        raise ValidationError(str(refus)) from refus


@historise()
class ScenarioDeGroupes(ElementDeDossier):
    """Une répartition des structures d'une mission, et les réglages d'où elle vient.

    `places` : clé de participation → rangs de ses groupes dans `reglages`, le principal d'abord,
    vide pour « dehors ». L'objectif se recompte à chaque lecture. `borne` (nulle répartition qui
    garde `verrous_tenus` ne vaut davantage) date de la proposition ; `empreinte` dit ce qu'elle
    supposait : si cela a changé, elle ne se dit plus.
    """

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="scenarios_de_groupes"
    )
    nom = models.CharField("nom du scénario", max_length=80)
    etat = models.CharField(
        "état", max_length=8, choices=EtatDeScenario.choices, default=EtatDeScenario.PROPOSE
    )
    reglages = models.JSONField("réglages", validators=[valider_reglages])
    graine = models.PositiveIntegerField("graine du tirage", default=0)
    places = models.JSONField("places", default=dict, blank=True)
    verrous = models.JSONField("structures verrouillées", default=list, blank=True)
    verrous_tenus = models.JSONField(default=dict, blank=True, editable=False)
    borne = models.FloatField("borne prouvée", null=True, blank=True)
    empreinte = models.CharField(max_length=64, blank=True, editable=False)
    ajuste = models.BooleanField("ajusté à la main", default=False)
    raisons = models.TextField("raisons de la décision", max_length=4000, blank=True)
    decide_le = models.DateField("décidé le", null=True, blank=True)

    class Meta:
        verbose_name = "scénario de groupes"
        ordering = ["cree_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ingenierie"],
                condition=Q(etat="retenu"),
                name="scenario_un_seul_retenu",
                violation_error_message="Un autre scénario est déjà retenu pour cette mission.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="retenu") | (~Q(raisons="") & Q(decide_le__isnull=False)),
                name="scenario_retenu_motive",
                violation_error_message="Dites pourquoi vous retenez ce scénario.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom
