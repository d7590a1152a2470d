"""La mobilisation : les structures que l'on contacte, et jusqu'où chacune va."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from maillage.annuaire.models import Organisation
from maillage.confirmer import choix
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise
from maillage.socle.quantites import INSECABLE, QuantiteField, contrainte_quantite


class Palier(models.TextChoices):
    """Où en est une structure dans la mobilisation."""

    REPEREE = "reperee", "repérée"
    CONTACTEE = "contactee", "contactée"
    INTERESSEE = "interessee", "intéressée"
    RETENUE = "retenue", "retenue"
    NON_RETENUE = "non_retenue", "non retenue"
    DESISTEE = "desistee", "s’est désistée"


class Atteint(models.TextChoices):
    """Les quatre paliers de l'entonnoir, du plus large au plus étroit."""

    REPEREE = "reperee", "repérées"
    CONTACTEE = "contactee", "contactées"
    INTERESSEE = "interessee", "intéressées"
    RETENUE = "retenue", "retenues"


class Niveau(models.TextChoices):
    """Le niveau des participants sur le sujet (S3, fiche 4 : premier point de vigilance)."""

    DECOUVERTE = "decouverte", "découvre le sujet"
    PRATIQUE = "pratique", "pratique déjà"
    MAITRISE = "maitrise", "maîtrise le sujet"


RETRAITS = (Palier.NON_RETENUE, Palier.DESISTEE)
"""Hors de la mobilisation : écartées, ou parties d'elles-mêmes."""
JOURS_SANS_REPONSE = 15
A_GROUPER = Q(palier__in=(Palier.INTERESSEE, Palier.RETENUE))
A_PREVENIR = Q(palier=Palier.NON_RETENUE, informee_le__isnull=True) & ~Q(atteint=Atteint.REPEREE)
"""Contactées, puis non retenues, qui attendent encore une réponse."""


def sans_reponse(aujourdhui: date) -> Q:
    """Contactées depuis trop longtemps pour ne pas les relancer."""
    limite = aujourdhui - timedelta(days=JOURS_SANS_REPONSE)
    return Q(palier=Palier.CONTACTEE, contactee_le__lte=limite)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Vocabulaire des listes de participations."""

    def cherche(self, texte: str) -> ParticipationQuerySet:
        """Celles dont la structure répond à ce texte."""
        return self.filter(structure__in=Organisation.objects.cherche(texte))

    def retenues(self) -> ParticipationQuerySet:
        return self.filter(palier=Palier.RETENUE)

    def a_grouper(self) -> ParticipationQuerySet:
        """Celles dont on peut encore faire des groupes."""
        return self.filter(A_GROUPER)

    def a_prevenir(self) -> ParticipationQuerySet:
        return self.filter(A_PREVENIR)


@historise()
class Participation(ElementDeDossier):
    """Une structure nommée dans la mobilisation d'une mission.

    Ce qu'elle dit et ce que l'on décide d'elle reste au DLA ; seuls se partagent les comptes et le
    nom de celles qui sont retenues. `atteint` garde le palier le plus étroit où elle est arrivée :
    retenue puis désistée, elle compte encore parmi les retenues de l'entonnoir. `vient`,
    `repondu_le`, `repondu_par` et `dit` (sa réponse, telle quelle) : ce que la structure a dit
    elle-même, sur sa page personnelle. Elle n'y relit que cela, jamais les notes du DLA.
    """

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="participations"
    )
    structure = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="structure",
        on_delete=models.PROTECT,
        related_name="participations",
    )
    palier = models.CharField(
        "palier", max_length=12, choices=Palier.choices, default=Palier.REPEREE
    )
    atteint = models.CharField(
        "palier atteint", max_length=12, choices=Atteint.choices, default=Atteint.REPEREE
    )
    contactee_le = models.DateField("contactée le", null=True, blank=True)
    reponses = models.JSONField("réponses aux quatre questions", default=dict, blank=True)
    remarques = models.TextField("ce qu’elle en dit", max_length=4000, blank=True)
    niveau = models.CharField(
        "niveau sur le sujet", max_length=12, choices=Niveau.choices, blank=True
    )
    attentes = models.TextField("ses attentes", max_length=4000, blank=True)
    participants = models.CharField("qui viendra", max_length=300, blank=True)
    benevoles = QuantiteField("bénévoles prévus", decimales=0)
    salaries = QuantiteField("salarié·es prévu·es", decimales=0)
    creneaux = models.ManyToManyField(
        "confirmer.Creneau",
        verbose_name="créneaux possibles",
        through="confirmer.Disponibilite",
        blank=True,
        related_name="participations",
    )
    aucun_creneau = models.BooleanField("aucun de ces créneaux", default=False)
    disponibilites = models.CharField("disponibilités", max_length=300, blank=True)
    vient = models.BooleanField("veut en être", null=True, blank=True, editable=False)
    repondu_le = models.DateTimeField("a répondu le", null=True, blank=True, editable=False)
    repondu_par = models.CharField("répondu par", max_length=200, blank=True, editable=False)
    dit = models.JSONField("ce qu’elle a répondu", default=dict, editable=False)
    hors_collectif = models.BooleanField("ne fait pas partie du collectif", default=False)
    raison = models.CharField("raison du retrait", max_length=30, choices=choix.raisons, blank=True)
    motif = models.TextField("en quelques mots", max_length=2000, blank=True)
    informee_le = models.DateField("prévenue le", null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "structure mobilisée"
        ordering = ["structure__nom_normalise", "pk"]
        indexes = [
            models.Index(fields=["ingenierie", "palier"], name="participation_palier"),
            models.Index(
                fields=["structure"], condition=Q(palier="retenue"), name="participation_retenue"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ingenierie", "structure"],
                name="participation_unique",
                violation_error_message="Cette structure figure déjà dans la mobilisation.",
            ),
            models.CheckConstraint(
                condition=Q(palier__in=[*RETRAITS]) | Q(palier=F("atteint")),
                name="participation_palier_atteint",
                violation_error_message="Le palier et le palier atteint se contredisent.",
            ),
            contrainte_quantite("benevoles", "participation"),
            contrainte_quantite("salaries", "participation"),
        ]

    def __str__(self) -> str:
        return self.structure.nom

    @property
    def a_prevenir(self) -> bool:
        """La même règle que `A_PREVENIR`, pour un objet déjà lu."""
        ecartee = self.palier == Palier.NON_RETENUE and self.atteint != Atteint.REPEREE
        return ecartee and self.informee_le is None

    def sans_reponse(self, aujourdhui: date) -> bool:
        """La même règle que `sans_reponse`, pour un objet déjà lu."""
        if self.palier != Palier.CONTACTEE or self.contactee_le is None:
            return False
        return (aujourdhui - self.contactee_le).days >= JOURS_SANS_REPONSE


@historise()
class EffectifDeclare(ElementDeDossier):
    """Un nombre que la source donne sans nommer les structures (« 27 associations »).

    `dont` vide : tout le palier. Sinon une partie de lui (« associations culturelles »), comptée
    par un nombre ou par une `proportion` (« 2/3 ») : la part d’un nombre inconnu reste une part.
    """

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="effectifs_declares"
    )
    palier = models.CharField("palier", max_length=12, choices=Atteint.choices)
    dont = models.CharField(
        "dont",
        max_length=120,
        blank=True,
        help_text="Pour une partie du palier : « associations culturelles ». Vide pour toutes.",
    )
    nombre = QuantiteField("nombre de structures", decimales=0)
    proportion = models.CharField(
        "ou sa proportion",
        max_length=9,
        blank=True,
        validators=[
            RegexValidator(
                r"^([1-9]\d{0,2}/[1-9]\d{0,2}|\d{1,3} ?%)$", "Écrivez « 2/3 » ou « 65 %% »."
            )
        ],
        help_text="Pour une partie, quand la source ne donne qu’une part : « 2/3 », « 65 % ».",
    )
    precision = models.CharField(
        "en quelques mots",
        max_length=200,
        blank=True,
        help_text="Par exemple « venues à la journée de sensibilisation ».",
    )
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "effectif déclaré"
        ordering = ["cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["ingenierie", "palier", "dont"],
                name="effectif_declare_unique",
                violation_error_message="Un effectif est déjà déclaré à ce palier : modifiez-le.",
            ),
            models.CheckConstraint(
                condition=~Q(dont="") | Q(nombre_valeur__isnull=False),
                name="effectif_declare_compte",
                violation_error_message="Écrivez le nombre de structures.",
            ),
            models.CheckConstraint(
                condition=Q(proportion="") | (~Q(dont="") & Q(nombre_valeur__isnull=True)),
                name="effectif_declare_proportion",
                violation_error_message=(
                    "Une proportion décrit une partie du palier : dites laquelle, sans nombre."
                ),
            ),
            contrainte_quantite("nombre", "effectif_declare"),
        ]

    def __str__(self) -> str:
        return f"{self.nombre} {self.get_palier_display()} {self.partie}".strip()

    @property
    def partie(self) -> str:
        """« dont 7 adhérentes », « dont associations culturelles : 2/3 » ; vide pour le tout."""
        if not self.dont:
            return ""
        if self.proportion:
            return f"dont {self.dont}{INSECABLE}: {self.proportion}"
        return f"dont {self.nombre} {self.dont}" if self.nombre.connue else f"dont {self.dont}"


@historise()
class ConcurrencePresumee(ElementDeDossier):
    """Deux structures que l'on croit concurrentes : à savoir avant de les réunir, jamais à dire."""

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="concurrences"
    )
    une = models.ForeignKey(
        Participation, verbose_name="une structure", on_delete=models.CASCADE, related_name="+"
    )
    autre = models.ForeignKey(
        Participation, verbose_name="l’autre structure", on_delete=models.CASCADE, related_name="+"
    )
    raison = models.CharField("ce qui le fait penser", max_length=300, blank=True)

    class Meta:
        verbose_name = "concurrence présumée"
        ordering = ["cree_le"]
        constraints = [
            models.UniqueConstraint(
                Least("une", "autre"),
                Greatest("une", "autre"),
                name="concurrence_unique",
                violation_error_message="Ces deux structures sont déjà rapprochées.",
            ),
            models.CheckConstraint(
                condition=~Q(une=F("autre")),
                name="concurrence_entre_deux",
                violation_error_message="Choisissez deux structures différentes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.une} et {self.autre}"
