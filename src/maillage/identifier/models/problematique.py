"""Une problématique : des signaux qui disent le même besoin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from maillage.annuaire import nomenclatures
from maillage.identifier.visibilite import filtre_de_problematiques
from maillage.socle.agregats import nombre
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.quantites import QuantiteField, contrainte_quantite
from maillage.socle.recherche import ChampNormalise, contient

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class EtatProblematique(models.TextChoices):
    """Le besoin est-il partagé pour de bon ?"""

    A_CONFIRMER = "a_confirmer", "à confirmer"
    CONFIRMEE = "confirmee", "confirmée"
    ECARTEE = "ecartee", "écartée"


_FORMES = {
    EtatProblematique.A_CONFIRMER: "en_cours",
    EtatProblematique.CONFIRMEE: "fait",
    EtatProblematique.ECARTEE: "sans_objet",
}


class ProblematiqueQuerySet(models.QuerySet["Problematique"]):
    """Vocabulaire des listes de problématiques."""

    def visibles_par(self, utilisateur: Utilisateur) -> ProblematiqueQuerySet:
        return self.filter(filtre_de_problematiques(utilisateur))

    def cherche(self, texte: str) -> ProblematiqueQuerySet:
        """Chaque mot dans le titre ou le contexte, sans souci des accents."""
        return self.filter(contient("recherche", texte))

    def pour_liste(self) -> ProblematiqueQuerySet:
        """Avec ses trois comptes."""
        return self.select_related("operateur").annotate(
            nb_signaux=_compte("signaux"),
            nb_structures=_compte("structures"),
            nb_missions=_compte("ingenieries"),
        )


def _compte(lien: str) -> Coalesce:
    """Combien d'objets un lien multiple rattache à la problématique."""
    return nombre(getattr(Problematique, lien).through.objects.all(), par="problematique")


@historise()
class Problematique(ModeleSuivi):
    """Un besoin que plusieurs partagent, ses preuves, et les missions qu'il ouvre."""

    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="portée par",
        on_delete=models.PROTECT,
        related_name="problematiques_portees",
    )
    titre = models.CharField("titre", max_length=200)
    contexte = models.TextField("contexte", max_length=8000, blank=True)
    enjeux = models.TextField("enjeux", max_length=8000, blank=True)
    besoins = models.TextField("besoins repérés", max_length=8000, blank=True)
    methode_de_validation = models.TextField(
        "comment elle a été vérifiée", max_length=4000, blank=True
    )
    rencontres = QuantiteField("rencontres tenues pour la vérifier", decimales=0)
    structures_consultees = QuantiteField("structures consultées", decimales=0)
    partenaires_consultes = models.TextField("partenaires consultés", max_length=2000, blank=True)
    secteur = models.CharField(
        "secteur", max_length=40, blank=True, choices=nomenclatures.choix_secteurs
    )
    territoires = models.ManyToManyField(
        "territoires.Territoire",
        verbose_name="territoires",
        blank=True,
        related_name="problematiques",
    )
    signaux = models.ManyToManyField(
        "identifier.Signal", verbose_name="signaux", blank=True, related_name="problematiques"
    )
    structures = models.ManyToManyField(
        "annuaire.Organisation",
        verbose_name="structures concernées",
        blank=True,
        related_name="problematiques",
    )
    ingenieries = models.ManyToManyField(
        "ingenieries.Ingenierie",
        verbose_name="missions ouvertes",
        blank=True,
        related_name="problematiques",
    )
    etat = models.CharField(
        "état",
        max_length=12,
        choices=EtatProblematique.choices,
        default=EtatProblematique.A_CONFIRMER,
    )
    motif = models.TextField("pourquoi elle est écartée", max_length=2000, blank=True)
    recherche = ChampNormalise(sources=("titre", "contexte"))

    objects = ProblematiqueQuerySet.as_manager()

    class Meta:
        verbose_name = "problématique"
        ordering = ["-cree_le"]
        constraints = [
            contrainte_quantite("rencontres", "problematique"),
            contrainte_quantite("structures_consultees", "problematique"),
            models.CheckConstraint(
                condition=~Q(etat=EtatProblematique.ECARTEE) | ~Q(motif=""),
                name="problematique_ecartee_motivee",
                violation_error_message="Dites pourquoi elle est écartée : la raison servira.",
            ),
        ]
        indexes = [
            models.Index(fields=["operateur", "etat", "-cree_le"], name="problematique_operateur")
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("identifier:problematique", args=[self.pk])

    @property
    def forme(self) -> str:
        """La forme de c-badge qui dit son état."""
        return _FORMES[EtatProblematique(self.etat)]

    @property
    def formulee(self) -> bool:
        """Vrai quand le contexte et les enjeux sont écrits."""
        return bool(self.contexte.strip() and self.enjeux.strip())
