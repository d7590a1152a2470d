"""Le diagnostic partagé : ce que la structure et le DLA voient ensemble, domaine par domaine."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from maillage.accueillir import choix
from maillage.accueillir.autorisations.visibilite import filtre_des_existants, filtre_des_lisibles
from maillage.accueillir.visibilite import filtre_de_visibilite
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.recherche import contient

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class FormeDeDiagnostic(models.TextChoices):
    """Deux lectures d'une même grille, sur les mêmes données."""

    COURTE = "courte", "forme courte"
    COMPLETE = "complete", "forme complète"


class EtatDiagnostic(models.TextChoices):
    """Un diagnostic n'est partagé qu'une fois relu et validé par la structure."""

    EN_COURS = "en_cours", "en cours"
    A_VALIDER = "a_valider", "à valider par la structure"
    VALIDE = "valide", "validé"


FORMES = {EtatDiagnostic.EN_COURS: "en_cours", EtatDiagnostic.A_VALIDER: "a_faire"}


class EtatVolet(models.TextChoices):
    """Ce que l'agent dit d'un domaine ; un domaine où rien n'est écrit reste à ouvrir."""

    A_POURSUIVRE = "a_poursuivre", "à poursuivre"
    VU = "vu", "vu ensemble"
    SANS_OBJET = "sans_objet", "sans objet ici"


class DiagnosticQuerySet(models.QuerySet["Diagnostic"]):
    """Vocabulaire des listes de diagnostics."""

    def visibles_par(self, utilisateur: Utilisateur) -> DiagnosticQuerySet:
        """Ceux que mène mon DLA, et ceux de ma structure une fois soumis."""
        return self.filter(filtre_de_visibilite(utilisateur, si=Diagnostic.montre_si))

    def cherche(self, texte: str) -> DiagnosticQuerySet:
        """Chaque mot dans le nom ou le sigle de la structure."""
        return self.filter(contient("structure__nom_normalise", texte))

    def pour_liste(self) -> DiagnosticQuerySet:
        return self.select_related("structure__commune", "operateur", "charge")

    def pour_page(self) -> DiagnosticQuerySet:
        """Les mêmes, avec ce qui s'y lit."""
        return self.pour_liste().prefetch_related("volets", "besoins")

    def lisibles_par(self, utilisateur: Utilisateur) -> DiagnosticQuerySet:
        """Les mêmes, et ceux que leur structure m'a ouverts (règle 3) ; dire : `regard`."""
        return self.filter(filtre_des_lisibles(utilisateur))

    def existants_pour(self, utilisateur: Utilisateur) -> DiagnosticQuerySet:
        """Ceux dont je sais l'existence (date, DLA), et rien de plus sans autorisation."""
        return self.filter(filtre_des_existants(utilisateur))

    def des_autres(self, utilisateur: Utilisateur) -> DiagnosticQuerySet:
        """Ceux que je ne sais qu'en tiers, et si leur structure me les ouvre (`lisible`)."""
        lisibles = Diagnostic.objects.lisibles_par(utilisateur).filter(pk=OuterRef("pk"))
        miens = filtre_de_visibilite(utilisateur, si=Diagnostic.montre_si)
        autres = self.existants_pour(utilisateur).exclude(miens)
        return autres.annotate(lisible=Exists(lisibles)).order_by("-lisible", "-date", "pk")


@historise()
class Diagnostic(ModeleSuivi):
    """Il appartient à la structure (règle 3) : il ne circule qu'avec son autorisation.

    `version_de_grille` est celle de `methode.diagnostic()` le jour où il a été ouvert.
    """

    montre_si: ClassVar[str] = "soumis_le"

    structure = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.PROTECT, related_name="diagnostics"
    )
    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="mené par",
        on_delete=models.PROTECT,
        related_name="diagnostics_menes",
    )
    charge = models.ForeignKey(
        "annuaire.Personne",
        verbose_name="chargé·e d’accompagnement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="diagnostics_menes",
    )
    demande = models.ForeignKey(
        "accueillir.Demande",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="diagnostics",
    )
    precedent = models.ForeignKey(
        "self",
        verbose_name="reprend",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suivants",
    )
    date = models.DateField("fait le", default=timezone.localdate)
    forme = models.CharField(
        "forme",
        max_length=8,
        choices=FormeDeDiagnostic.choices,
        default=FormeDeDiagnostic.COURTE,
    )
    version_de_grille = models.PositiveSmallIntegerField("version de la grille", default=1)
    synthese = models.TextField("ce qu’il faut retenir", max_length=8000, blank=True)
    etat = models.CharField(
        "état", max_length=12, choices=EtatDiagnostic.choices, default=EtatDiagnostic.EN_COURS
    )
    soumis_le = models.DateTimeField("soumis à la structure le", null=True, blank=True)
    valide_le = models.DateTimeField("validé le", null=True, blank=True)
    valide_par = models.CharField("validé par", max_length=200, blank=True)
    preuve = models.CharField("comment elle l’a dit", max_length=500, blank=True)
    remarques = models.TextField("remarques de la structure", max_length=8000, blank=True)

    objects = DiagnosticQuerySet.as_manager()

    class Meta:
        verbose_name = "diagnostic partagé"
        ordering = ["-date", "-cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat=EtatDiagnostic.VALIDE) | Q(valide_le__isnull=False),
                name="diagnostic_valide_date",
                violation_error_message="Un diagnostic validé porte la date de sa validation.",
            ),
        ]
        indexes = [
            models.Index(fields=["operateur", "etat", "-date"], name="diagnostic_operateur"),
            models.Index(fields=["structure", "-date"], name="diagnostic_structure"),
        ]

    def __str__(self) -> str:
        return f"Diagnostic de {self.structure}"

    def get_absolute_url(self) -> str:
        return reverse("accueillir:diagnostic", args=[self.pk])

    @property
    def forme_d_etat(self) -> str:
        """La forme de son badge."""
        return FORMES.get(EtatDiagnostic(self.etat), "fait")

    @property
    def se_modifie(self) -> bool:
        """Un diagnostic soumis se reprend d'abord ; validé, il ne change plus."""
        return self.etat == EtatDiagnostic.EN_COURS


@historise()
class Volet(ModeleSuivi):
    """Un domaine du diagnostic ; `note_interne` reste au DLA (règle 9).

    `reponses` garde, par code de question de la grille, ce qui est dit en forme complète.
    """

    diagnostic = models.ForeignKey(Diagnostic, on_delete=models.CASCADE, related_name="volets")
    domaine = models.CharField("domaine", max_length=40, choices=choix.domaines)
    situation = models.TextField("situation", max_length=8000, blank=True)
    forces = models.TextField("forces", max_length=8000, blank=True)
    fragilites = models.TextField("fragilités", max_length=8000, blank=True)
    preuves = models.TextField("sur quoi on s’appuie", max_length=4000, blank=True)
    reponses = models.JSONField("réponses aux questions", default=dict, blank=True)
    note_interne = models.TextField("note interne au DLA", max_length=4000, blank=True)
    etat = models.CharField(
        "où l’on en est",
        max_length=12,
        choices=EtatVolet.choices,
        default=EtatVolet.A_POURSUIVRE,
    )
    motif = models.CharField("pourquoi il est sans objet", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat=EtatVolet.SANS_OBJET) | ~Q(motif=""),
                name="volet_sans_objet_motive",
                violation_error_message="Dites en quelques mots pourquoi il est sans objet.",
            ),
            models.UniqueConstraint(
                fields=["diagnostic", "domaine"],
                name="volet_un_par_domaine",
                violation_error_message="Ce domaine est déjà ouvert dans ce diagnostic.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_domaine_display()}"

    @property
    def ecrit(self) -> bool:
        """Vrai si l'on y lit quelque chose que la structure partage."""
        return any((self.situation, self.forces, self.fragilites, self.preuves, self.reponses))


@historise()
class Besoin(ModeleSuivi):
    """Un besoin dit par un diagnostic : un thème de la liste, et des mots libres.

    `origine` : le même besoin, la première fois qu'un diagnostic de la structure l'a dit.
    """

    diagnostic = models.ForeignKey(Diagnostic, on_delete=models.CASCADE, related_name="besoins")
    domaine = models.CharField("domaine", max_length=40, choices=choix.domaines)
    theme = models.CharField("thème", max_length=80, blank=True, choices=choix.themes)
    dit = models.TextField("le besoin, dans leurs mots", max_length=4000)
    prioritaire = models.BooleanField("prioritaire", default=False)
    interne = models.BooleanField("interne au DLA", default=False)
    origine = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="reprises",
    )

    class Meta:
        ordering = ["-prioritaire", "cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(dit=""),
                name="besoin_dit_quelque_chose",
                violation_error_message="Écrivez le besoin, même en peu de mots.",
            )
        ]
        indexes = [models.Index(fields=["theme"], name="besoin_theme")]

    def __str__(self) -> str:
        return self.dit[:80]
