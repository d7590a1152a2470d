"""L'évaluation : la matrice des six voix, ses adaptations, les quatre registres."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.finaliser import choix
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise
from maillage.socle.mots import abreger


class Niveau(models.TextChoices):
    """Une appréciation, du refus à l'adhésion ; deux côtés, pas de milieu commode."""

    PAS_DU_TOUT = "pas_du_tout", "pas du tout"
    PLUTOT_NON = "plutot_non", "plutôt non"
    PLUTOT_OUI = "plutot_oui", "plutôt oui"
    TOUT_A_FAIT = "tout_a_fait", "tout à fait"


class Adaptation(models.TextChoices):
    """La matrice est un point de départ : on l'enrichit ou on l'allège (S3, fiche 6)."""

    AJOUTEE = "ajoutee", "question ajoutée"
    ECARTEE = "ecartee", "mise de côté"


def _publics() -> ArrayField:
    return ArrayField(
        models.CharField(max_length=30, choices=choix.publics),
        verbose_name="publics",
        default=list,
        blank=True,
    )


@historise()
class QuestionAdaptee(ElementDeDossier):
    """Une question ajoutée à la matrice, ou ce que l'on en met de côté, avec sa raison.

    Mise de côté : `question` seule l'écarte pour tous les publics, `publics` seuls écartent ces
    voix de toute la matrice, les deux ensemble écartent ces cellules.
    """

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="questions_adaptees"
    )
    geste = models.CharField("geste", max_length=8, choices=Adaptation.choices)
    question = models.CharField(
        "question de la matrice", max_length=120, blank=True, choices=choix.questions
    )
    groupe = models.CharField(
        "groupe de questions", max_length=120, blank=True, choices=choix.groupes
    )
    libelle = models.CharField("question ajoutée", max_length=300, blank=True)
    publics = _publics()
    raison = models.CharField("raison", max_length=300)

    class Meta:
        verbose_name = "adaptation de la matrice"
        ordering = ["cree_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(geste=Adaptation.AJOUTEE)
                | (~Q(libelle="") & ~Q(groupe="") & ~Q(publics=[])),
                name="question_ajoutee_complete",
                violation_error_message=(
                    "Écrivez la question, son groupe et au moins un public à interroger."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(geste=Adaptation.ECARTEE) | ~Q(question="") | ~Q(publics=[]),
                name="question_ecartee_designee",
                violation_error_message="Dites quelle question ou quel public est mis de côté.",
            ),
            models.CheckConstraint(
                condition=~Q(raison=""),
                name="question_adaptee_motivee",
                violation_error_message="Dites pourquoi : la raison reste au dossier.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle or f"{self.get_geste_display()} ({self.raison})"

    @property
    def code(self) -> str:
        """Le code sous lequel les réponses désignent cette question."""
        return str(self.pk) if self.geste == Adaptation.AJOUTEE else self.question


@historise()
class Reponse(ElementDeDossier):
    """Ce qu'une voix dit d'une question, saisi par l'agent ; signée et datée.

    `question` est un code de la matrice ou celui d'une question ajoutée ; `public` un code de
    resultats.publics. Ce que chacun dit reste aux DLA de la mission.
    """

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="reponses"
    )
    question = models.CharField("question", max_length=120)
    public = models.CharField("public", max_length=30, choices=choix.publics)
    organisation = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reponses",
    )
    auteur = models.CharField(
        "qui parle", max_length=160, blank=True, help_text="Si l’organisation ne suffit pas."
    )
    niveau = models.CharField("appréciation", max_length=12, choices=Niveau.choices, blank=True)
    mots = models.TextField("dans ses mots", max_length=4000, blank=True)
    repondu_le = models.DateField("répondu le", null=True, blank=True)
    saisie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "réponse"
        ordering = ["cree_le", "pk"]
        indexes = [
            models.Index(fields=["ingenierie", "question", "public"], name="reponse_cellule")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(niveau="") | ~Q(mots=""),
                name="reponse_dit_quelque_chose",
                violation_error_message="Notez une appréciation, des mots, ou les deux.",
            )
        ]

    def __str__(self) -> str:
        return self.get_niveau_display() or abreger(self.mots)


@historise()
class AppreciationDeRegistre(ElementDeDossier):
    """Ce que le DLA conclut sur un des quatre registres (S3, fiche 4/4) ; signé et daté."""

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="appreciations"
    )
    registre = models.CharField("registre", max_length=60, choices=choix.registres)
    niveau = models.CharField("appréciation", max_length=12, choices=Niveau.choices, blank=True)
    texte = models.TextField("ce que l’on en retient", max_length=6000)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "appréciation d’un registre"
        ordering = ["cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["ingenierie", "registre"],
                name="appreciation_registre_unique",
                violation_error_message="Ce registre est déjà rempli : modifiez-le.",
            )
        ]

    def __str__(self) -> str:
        return abreger(self.texte)
