"""La campagne de mobilisation : la voie choisie, les créneaux proposés, qui est invité, quand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import formats, timezone

from maillage.annuaire.models import Organisation
from maillage.confirmer import choix
from maillage.confirmer.models.mobilisation import RETRAITS, Palier, Participation
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import ModeleSuivi, historise

ESPACEMENT = 5


@historise()
class Mobilisation(ElementDeDossier):
    """Comment une mission mobilise : par quelle voie, avec quel message, jusqu'à quand.

    `espacement` : le nombre de jours qu'on laisse au moins entre deux courriels à la même personne.
    """

    interne: ClassVar[bool] = True

    ingenierie = models.OneToOneField(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="mobilisation"
    )
    voie = models.CharField(
        "comment le groupe se forme", max_length=30, choices=choix.voies, blank=True
    )
    collectif = models.CharField("nom du collectif", max_length=200, blank=True)
    objet = models.CharField("objet du courriel", max_length=150, blank=True)
    message = models.TextField("message", max_length=4000, blank=True)
    limite_le = models.DateField("répondre jusqu’au", null=True, blank=True)
    espacement = models.PositiveSmallIntegerField(
        "jours entre deux courriels",
        default=ESPACEMENT,
        validators=[MinValueValidator(2), MaxValueValidator(60)],
    )

    class Meta:
        verbose_name = "campagne de mobilisation"
        constraints = [
            models.CheckConstraint(
                condition=Q(espacement__range=(2, 60)),
                name="mobilisation_espacement",
                violation_error_message="Laissez entre 2 et 60 jours entre deux courriels.",
            )
        ]

    def __str__(self) -> str:
        return self.get_voie_display() if self.voie else "campagne de mobilisation"

    @property
    def prete(self) -> bool:
        """Il y a de quoi écrire : un objet et un message."""
        return bool(self.objet.strip() and self.message.strip())

    @property
    def recoit(self) -> bool:
        """Les structures peuvent encore répondre, ou changer d'avis."""
        return self.limite_le is None or timezone.localdate() <= self.limite_le


class Moment(models.IntegerChoices):
    """La part de la journée qu'un créneau occupe."""

    MATIN = 1, "matin"
    APRES_MIDI = 2, "après-midi"
    SOIREE = 3, "soirée"
    JOURNEE = 4, "journée"


class JourDeSemaine(models.IntegerChoices):
    """Les jours, comme `date.isoweekday()`."""

    LUNDI = 1, "lundi"
    MARDI = 2, "mardi"
    MERCREDI = 3, "mercredi"
    JEUDI = 4, "jeudi"
    VENDREDI = 5, "vendredi"
    SAMEDI = 6, "samedi"
    DIMANCHE = 7, "dimanche"


@historise()
class Creneau(ElementDeDossier):
    """Un moment proposé aux structures : un jour précis, ou le même jour chaque semaine."""

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="creneaux"
    )
    jour = models.DateField("un jour précis", null=True, blank=True)
    jour_semaine = models.PositiveSmallIntegerField(
        "ou un jour de la semaine", choices=JourDeSemaine.choices, null=True, blank=True
    )
    moment = models.PositiveSmallIntegerField(
        "moment", choices=Moment.choices, default=Moment.MATIN
    )

    class Meta:
        verbose_name = "créneau proposé"
        verbose_name_plural = "créneaux proposés"
        ordering = ["jour", "jour_semaine", "moment"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jour__isnull=True) ^ Q(jour_semaine__isnull=True),
                name="creneau_un_jour",
                violation_error_message="Choisissez un jour précis, ou un jour de la semaine.",
            ),
            models.CheckConstraint(
                condition=Q(jour_semaine__isnull=True) | Q(jour_semaine__range=(1, 7)),
                name="creneau_jour_de_semaine",
                violation_error_message="Choisissez un jour de la semaine.",
            ),
            models.UniqueConstraint(
                fields=["ingenierie", "jour", "jour_semaine", "moment"],
                name="creneau_unique",
                nulls_distinct=False,
                violation_error_message="Ce créneau est déjà proposé.",
            ),
        ]

    def __str__(self) -> str:
        if self.jour:
            return f"{formats.date_format(self.jour, 'l j F Y')}, {self.get_moment_display()}"
        return f"{self.get_jour_semaine_display()} {self.get_moment_display()}"


@historise()
class Disponibilite(ModeleSuivi):
    """Une structure peut venir à ce créneau."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="creneaux_possibles"
    )
    creneau = models.ForeignKey(Creneau, on_delete=models.CASCADE, related_name="disponibilites")

    class Meta:
        verbose_name = "disponibilité"
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "creneau"], name="disponibilite_unique"
            )
        ]

    def __str__(self) -> str:
        return str(self.creneau)


@historise()
class PassageDePalier(ModeleSuivi):
    """Le jour où une structure est arrivée à un palier, et pourquoi elle l'a quitté.

    `par` : qui l'a noté au DLA ; `au_nom_de` : qui l'a dit pour la structure, sur sa page.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="passages"
    )
    palier = models.CharField("palier", max_length=12, choices=Palier.choices)
    le = models.DateField("le")
    raison = models.CharField("raison", max_length=30, choices=choix.raisons, blank=True)
    mots = models.TextField("en quelques mots", max_length=2000, blank=True)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    au_nom_de = models.CharField("dit par", max_length=200, blank=True)

    class Meta:
        verbose_name = "passage de palier"
        ordering = ["le", "cree_le"]
        indexes = [models.Index(fields=["participation", "le"], name="passage_de_participation")]

    def __str__(self) -> str:
        return f"{self.get_palier_display()} le {self.le:%d/%m/%Y}"


class EtatInvitation(models.TextChoices):
    """Où en est l'invitation d'un contact."""

    A_ENVOYER = "a_envoyer", "à envoyer"
    ENVOYEE = "envoyee", "partie par courriel"
    PAS_PARTIE = "pas_partie", "refusée par le serveur de courriel"
    A_REMETTRE = "a_remettre", "lien à remettre"
    REMISE = "remise", "lien remis en main"


PARVENUES = (EtatInvitation.ENVOYEE, EtatInvitation.REMISE)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Vocabulaire des invitations."""

    def cherche(self, mots: str) -> InvitationQuerySet:
        """Celles dont la structure répond à ce texte."""
        return self.filter(participation__structure__in=Organisation.objects.cherche(mots))

    def parvenues(self) -> InvitationQuerySet:
        """La personne a reçu son lien."""
        return self.filter(etat__in=PARVENUES)

    def en_jeu(self) -> InvitationQuerySet:
        """On n'écrit plus à une structure sortie de la mobilisation."""
        return self.exclude(participation__palier__in=RETRAITS)

    def sans_reponse(self) -> InvitationQuerySet:
        """Parvenues, et dont la structure n'a rien dit, ni n'est sortie ou déjà retenue."""
        return (
            self.parvenues()
            .filter(participation__repondu_le__isnull=True)
            .exclude(participation__palier__in=(*RETRAITS, Palier.RETENUE))
        )

    def a_relancer(self, aujourdhui: date, espacement: int) -> InvitationQuerySet:
        """Sans réponse, joignables par courriel, et pas écrites depuis `espacement` jours."""
        depuis = aujourdhui - timedelta(days=espacement)
        return self.sans_reponse().filter(
            etat=EtatInvitation.ENVOYEE, dernier_courriel_le__date__lte=depuis
        )


@historise()
class Invitation(ModeleSuivi):
    """Un contact que la campagne invite à répondre pour sa structure ; une seule fois."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="invitations"
    )
    personne = models.ForeignKey(
        "annuaire.Personne", on_delete=models.CASCADE, related_name="invitations"
    )
    etat = models.CharField(
        "état", max_length=12, choices=EtatInvitation.choices, default=EtatInvitation.A_ENVOYER
    )
    envoyee_le = models.DateTimeField("partie le", null=True, blank=True)
    dernier_courriel_le = models.DateTimeField("dernier courriel le", null=True, blank=True)
    relances = models.PositiveSmallIntegerField("relances", default=0)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["participation__structure__nom_normalise", "personne__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "personne"],
                name="invitation_unique",
                violation_error_message="Cette personne est déjà invitée pour cette structure.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.personne} pour {self.participation}"

    @property
    def parvenue(self) -> bool:
        """La même règle que `parvenues()`, pour une invitation déjà lue."""
        return self.etat in PARVENUES


class BrouillonDeReponse(ModeleSuivi):
    """Ce qu'un contact a commencé d'écrire, que lui seul relit ; effacé dès qu'il répond.

    Sans historique : ce qui n'est pas envoyé n'est à personne d'autre.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="brouillons"
    )
    personne = models.ForeignKey(
        "annuaire.Personne", on_delete=models.CASCADE, related_name="brouillons_de_reponse"
    )
    contenu = models.JSONField(default=dict)

    class Meta:
        verbose_name = "brouillon de réponse"
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "personne"], name="brouillon_de_reponse_unique"
            )
        ]

    def __str__(self) -> str:
        return f"brouillon pour {self.participation}"
