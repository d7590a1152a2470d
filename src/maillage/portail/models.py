"""La page personnelle d'un contact : à qui, pour quelle structure, par quel lien."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from maillage.accueillir.autorisations.tenue import Auteur
from maillage.accueillir.models import Diagnostic, EtatDiagnostic, VoieDAutorisation
from maillage.accueillir.models.diagnostic import DiagnosticQuerySet
from maillage.annuaire.interlocuteurs import Interlocuteur
from maillage.annuaire.models import Rattachement, Role
from maillage.socle.modeles import ModeleSuivi, historise


class Remise(models.TextChoices):
    """Comment le lien a été remis."""

    COURRIEL = "courriel", "par courriel"
    MAIN = "main", "copié pour lui être remis"


class PagePersonnelleQuerySet(models.QuerySet["PagePersonnelle"]):
    """Vocabulaire des pages personnelles."""

    def en_cours(self) -> PagePersonnelleQuerySet:
        """Un lien ni révoqué ni expiré, à une personne qui est encore contact de la structure."""
        contacts = Rattachement.objects.actifs().filter(
            personne=OuterRef("personne"), organisation=OuterRef("structure"), role=Role.STRUCTURE
        )
        ouverte = Q(lien__revoque_le__isnull=True, lien__expire_le__gt=timezone.now())
        return self.filter(ouverte, Exists(contacts))


@historise()
class PagePersonnelle(ModeleSuivi):
    """Un lien remis à un contact ; le renouveler révoque le précédent.

    `preuve` : comment l'agent qui copie un lien le remet. Ce qui se répond par ce lien la porte.
    """

    personne = models.ForeignKey(
        "annuaire.Personne", on_delete=models.CASCADE, related_name="pages_personnelles"
    )
    structure = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.CASCADE, related_name="pages_personnelles"
    )
    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="remis par le DLA",
        on_delete=models.PROTECT,
        related_name="+",
    )
    lien = models.OneToOneField("socle.Lien", on_delete=models.CASCADE, related_name="page")
    remise = models.CharField("remis", max_length=10, choices=Remise.choices)
    preuve = models.CharField("comment il lui est remis", max_length=200, blank=True)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PagePersonnelleQuerySet.as_manager()

    class Meta:
        verbose_name = "page personnelle"
        verbose_name_plural = "pages personnelles"
        ordering = ["-cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(remise=Remise.MAIN) | ~Q(preuve=""),
                name="page_remise_dite",
                violation_error_message=(
                    "Dites comment vous le lui remettez : « en main propre, le 3 mars »."
                ),
            )
        ]
        indexes = [
            models.Index(fields=["structure", "personne", "-cree_le"], name="page_structure")
        ]

    def __str__(self) -> str:
        return f"Page de {self.personne}"

    @property
    def interlocuteur(self) -> Interlocuteur:
        return Interlocuteur(self.personne, self.structure)

    @property
    def signature(self) -> str:
        """« Ada Diallo, présidente »."""
        fonction = self.personne.fonction
        return f"{self.personne}, {fonction}" if fonction else str(self.personne)

    @property
    def comment_remise(self) -> str:
        """« lien remis par Léa Morel : en main propre, le 3 mars », « lien reçu par courriel »."""
        if self.remise == Remise.COURRIEL:
            return "lien reçu par courriel"
        return f"lien remis par {self.par or self.operateur.nom} : {self.preuve}"

    @property
    def auteur(self) -> Auteur:
        """Qui répond par ce lien, et ce que vaut sa parole : un lien copié a pu rester au DLA."""
        if self.remise == Remise.COURRIEL:
            return Auteur(self.signature, VoieDAutorisation.PAGE)
        return Auteur(self.signature, VoieDAutorisation.REMISE, preuve=self.comment_remise)

    def diagnostics(self) -> DiagnosticQuerySet:
        """Ceux qui sont soumis à la structure ou validés ; pas un texte que le DLA reprend."""
        siens = Diagnostic.objects.filter(structure=self.structure)
        return siens.exclude(etat=EtatDiagnostic.EN_COURS)
