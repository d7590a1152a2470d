"""Un rapprochement : des besoins que l'on propose de lire ensemble, et ce que l'on en décide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from maillage import methode
from maillage.accueillir.autorisations.comptages import SEUIL
from maillage.identifier import choix
from maillage.identifier.visibilite import filtre_de_rapprochements
from maillage.socle.agregats import agreger, nombre
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.mots import compter

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class EtatRapprochement(models.TextChoices):
    """Ce qu'une personne a dit d'une proposition ; le calcul ne revient pas dessus."""

    PROPOSE = "propose", "proposé"
    RETENU = "retenu", "retenu"
    ECARTE = "ecarte", "écarté"


_FORMES = {
    EtatRapprochement.PROPOSE: "a_faire",
    EtatRapprochement.RETENU: "fait",
    EtatRapprochement.ECARTE: "sans_objet",
}


class RapprochementQuerySet(models.QuerySet["Rapprochement"]):
    """Vocabulaire des listes de rapprochements."""

    def visibles_par(self, utilisateur: Utilisateur) -> RapprochementQuerySet:
        return self.filter(filtre_de_rapprochements(utilisateur))

    def pour_liste(self) -> RapprochementQuerySet:
        """Avec le nombre de besoins et de structures distinctes."""
        membres = Rapprochement.signaux.through.objects
        structures = Count("signal__structure", distinct=True)
        return self.select_related("operateur", "problematique").annotate(
            nb_signaux=nombre(membres.all(), par="rapprochement"),
            nb_structures=agreger(membres.all(), structures, par="rapprochement"),
        )


@historise()
class Rapprochement(ModeleSuivi):
    """Des besoins voisins, pour un DLA ; `libelle` est le besoin ordinaire qu'ils disent.

    `communs` : ce que tous partagent de plus (territoire en clair, code du secteur, année).
    """

    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="proposé au DLA",
        on_delete=models.PROTECT,
        related_name="rapprochements",
    )
    theme = models.CharField("thème", max_length=80, choices=choix.themes)
    libelle = models.CharField("besoin", max_length=200)
    mots = ArrayField(models.CharField(max_length=60), verbose_name="mots", default=list)
    communs = models.JSONField("points communs", default=dict, editable=False)
    signaux = models.ManyToManyField(
        "identifier.Signal", verbose_name="besoins", related_name="rapprochements"
    )
    etat = models.CharField(
        "état",
        max_length=8,
        choices=EtatRapprochement.choices,
        default=EtatRapprochement.PROPOSE,
    )
    motif = models.TextField("pourquoi il est écarté", max_length=2000, blank=True)
    problematique = models.ForeignKey(
        "identifier.Problematique",
        verbose_name="problématique",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rapprochements",
    )

    objects = RapprochementQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin partagé"
        verbose_name_plural = "besoins partagés"
        ordering = ["-cree_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat=EtatRapprochement.ECARTE) | ~Q(motif=""),
                name="rapprochement_ecarte_motive",
                violation_error_message="Dites pourquoi il est écarté : la raison servira.",
            ),
        ]
        indexes = [
            models.Index(fields=["operateur", "etat", "theme"], name="rapprochement_operateur")
        ]

    def __str__(self) -> str:
        return self.libelle

    def get_absolute_url(self) -> str:
        return reverse("identifier:rapprochement", args=[self.pk])

    @property
    def forme(self) -> str:
        """La forme de c-badge qui dit son état."""
        return _FORMES[EtatRapprochement(self.etat)]

    @property
    def theme_lisible(self) -> str:
        return methode.libelle("themes.themes", self.theme)


@historise()
class DecisionDeRapprochement(ModeleSuivi):
    """Deux besoins que quelqu'un du DLA a dits toujours ensemble, ou jamais.

    `premier` a le plus petit identifiant. La dernière décision sur une paire remplace l'autre.
    """

    operateur = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.CASCADE, related_name="decisions_rapprochement"
    )
    premier = models.ForeignKey("identifier.Signal", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("identifier.Signal", on_delete=models.CASCADE, related_name="+")
    ensemble = models.BooleanField("toujours ensemble")
    prise_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "décision sur deux besoins"
        constraints = [
            models.UniqueConstraint(
                fields=["operateur", "premier", "second"], name="decision_rapprochement_unique"
            ),
            models.CheckConstraint(
                condition=Q(premier__lt=F("second")), name="decision_rapprochement_ordonnee"
            ),
        ]

    def __str__(self) -> str:
        return "toujours ensemble" if self.ensemble else "jamais ensemble"


class CumulDeTheme(models.Model):
    """Combien de structures disent un thème dans un département ; refait à chaque rapprochement.

    Des comptes et un thème, rien d'autre : c'est ce que lisent les autres départements (règle 3).
    `structures` est nul sous le seuil de `accueillir.autorisations.comptages`.
    """

    theme = models.CharField(max_length=80)
    departement = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="+"
    )
    structures = models.PositiveIntegerField(null=True)
    compte_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "cumul d’un thème"
        constraints = [
            models.UniqueConstraint(fields=["theme", "departement"], name="cumul_de_theme_unique")
        ]

    def __str__(self) -> str:
        return f"{self.theme} : {self.mot}"

    @property
    def mot(self) -> str:
        """« 12 structures », ou « moins de 3 structures »."""
        if self.structures is None:
            return f"moins de {SEUIL} structures"
        return compter(self.structures, "structure")
