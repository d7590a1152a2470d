"""Les partenaires d'une mission, et ce que le DLA comprend de leurs attentes."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from maillage import methode
from maillage.engager import choix
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise


class EtatPartenariat(models.TextChoices):
    """Où en est l'engagement d'un partenaire."""

    PRESSENTI = "pressenti", "pressenti"
    SOLLICITE = "sollicite", "sollicité"
    ENGAGE = "engage", "engagé"
    DECLINE = "decline", "a décliné"

    @classmethod
    def associes(cls) -> frozenset[str]:
        """Ceux qui savent qu'une mission se prépare : ils peuvent la lire."""
        return frozenset({cls.SOLLICITE, cls.ENGAGE})


class Verification(models.TextChoices):
    """Réponse à l'une des trois vérifications d'intérêt (S3, fiche 3)."""

    OUI = "oui", "oui"
    NON = "non", "non"
    A_VOIR = "a_voir", "à voir"


@historise()
class Partenariat(ElementDeDossier):
    """Une organisation associée à la mission : à quel titre, et jusqu'où elle s'engage."""

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="partenariats"
    )
    organisation = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="organisation",
        on_delete=models.PROTECT,
        related_name="partenariats",
    )
    famille = models.CharField("famille", max_length=80, choices=choix.familles_de_partenaires)
    role = models.TextField("rôle dans la mission", max_length=1000, blank=True)
    contribution_intervenant = models.TextField(
        "ce qu’il apporte aux interventions", max_length=1000, blank=True
    )
    etat = models.CharField(
        "engagement",
        max_length=10,
        choices=EtatPartenariat.choices,
        default=EtatPartenariat.PRESSENTI,
    )

    class Meta:
        verbose_name = "partenaire"
        ordering = ["famille", "cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["ingenierie", "organisation"],
                name="partenariat_unique",
                violation_error_message="Cette organisation est déjà partenaire de la mission.",
            )
        ]
        indexes = [models.Index(fields=["organisation", "etat"], name="partenariat_organisation")]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def interne(self) -> bool:  # type: ignore[override] # selon l'état, et non pour toujours
        """Seulement pressenti, ou ayant décliné, un partenaire ne se nomme pas hors du DLA."""
        return self.etat not in EtatPartenariat.associes()


@historise()
class AttentesDePartenaire(ElementDeDossier):
    """Ce que le DLA comprend des attentes d'un partenaire ; strictement interne (règle 9).

    Une table à part, pour que rien de cela ne parte avec le partenariat. Naît et disparaît avec
    lui.
    """

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie",
        on_delete=models.CASCADE,
        related_name="attentes_de_partenaires",
    )
    partenariat = models.OneToOneField(
        Partenariat, on_delete=models.CASCADE, related_name="attentes"
    )
    partagee = models.CharField(
        "problématique partagée",
        max_length=6,
        choices=Verification.choices,
        default=Verification.A_VOIR,
    )
    complementaire = models.CharField(
        "démarche complémentaire de l’existant",
        max_length=6,
        choices=Verification.choices,
        default=Verification.A_VOIR,
    )
    interessante = models.CharField(
        "intérêt des structures",
        max_length=6,
        choices=Verification.choices,
        default=Verification.A_VOIR,
    )
    codes = ArrayField(
        models.CharField(max_length=80, choices=choix.attentes),
        verbose_name="attentes usuelles",
        default=list,
        blank=True,
    )
    mots = models.TextField("attentes, dans ses mots", max_length=2000, blank=True)
    motivations = models.TextField("motivations propres", max_length=2000, blank=True)

    class Meta:
        verbose_name = "attentes d’un partenaire"
        verbose_name_plural = "attentes des partenaires"

    def __str__(self) -> str:
        return str(self.partenariat)

    @property
    def notees(self) -> bool:
        return bool(self.codes or self.mots.strip())

    @property
    def lisibles(self) -> list[str]:
        return [methode.libelle("partenaires.attentes", code) for code in self.codes]
