"""Une recherche de ciblage que l'on garde, ses résultats datés, et les structures retenues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from maillage.identifier.visibilite import filtre_de_ciblages
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.mots import compter
from maillage.socle.recherche import ChampNormalise, contient

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class RechercheDeCiblageQuerySet(models.QuerySet["RechercheDeCiblage"]):
    """Vocabulaire des listes de ciblages."""

    def visibles_par(self, utilisateur: Utilisateur) -> RechercheDeCiblageQuerySet:
        """Celles de mes DLA : elles disent de quelles structures on parle, et pourquoi."""
        return self.filter(filtre_de_ciblages(utilisateur))

    def cherche(self, texte: str) -> RechercheDeCiblageQuerySet:
        return self.filter(contient("recherche", texte))


@historise()
class RechercheDeCiblage(ModeleSuivi):
    """Des critères posés sur des structures ; se rejoue à une autre date (docs/decisions/0019).

    `territoires` dit où l'on cherche. `criteres` : par code de `ciblage.sortes`, la valeur et si
    l'on garde les inconnues ; `mots` : par sous-item de la méthode qui ne se calcule pas, ce que
    l'agente vérifiera elle-même.
    """

    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="tenu par",
        on_delete=models.PROTECT,
        related_name="recherches_de_ciblage",
    )
    nom = models.CharField("nom", max_length=120)
    territoires = models.ManyToManyField(
        "territoires.Territoire", verbose_name="où chercher", related_name="+"
    )
    fiches = models.BooleanField("parmi les structures que je vois", default=True)
    registre = models.BooleanField("et parmi celles du registre", default=False)
    criteres = models.JSONField("critères", default=dict, blank=True)
    mots = models.JSONField("à vérifier soi-même", default=dict, blank=True)
    problematique = models.ForeignKey(
        "identifier.Problematique",
        verbose_name="problématique",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="recherches_de_ciblage",
    )
    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie",
        verbose_name="mission",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="recherches_de_ciblage",
    )
    recherche = ChampNormalise(sources=("nom",))

    objects = RechercheDeCiblageQuerySet.as_manager()

    class Meta:
        verbose_name = "ciblage"
        ordering = ["-modifie_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fiches=True) | Q(registre=True),
                name="ciblage_cherche_quelque_part",
                violation_error_message="Cherchez au moins parmi vos structures ou au registre.",
            )
        ]
        indexes = [
            models.Index(fields=["operateur", "-modifie_le"], name="ciblage_operateur"),
        ]

    def __str__(self) -> str:
        return self.nom

    def get_absolute_url(self) -> str:
        return reverse("identifier:ciblage_recherche", args=[self.pk])


class CompteDuRegistre(models.Model):
    """Ce que le registre donne à une recherche trop large pour être jugée le temps d'une page.

    `demande` dit à quels critères et quels lieux il répond ; `profils` : combien d'entrées par
    profil ; `lieux` : combien de retenues par département, par EPCI ; `premieres` : les numéros
    des premières retenues par nom, toutes si elles sont moins de `ciblage.vivier.GARDEES`.
    """

    recherche = models.OneToOneField(
        RechercheDeCiblage,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="compte_du_registre",
    )
    demande: Any = models.JSONField(default=dict)
    le = models.DateTimeField("compté le", default=timezone.now)
    profils: Any = models.JSONField(default=dict)
    lieux: Any = models.JSONField(default=dict)
    premieres: Any = models.JSONField(default=list)

    class Meta:
        verbose_name = "compte du registre"
        verbose_name_plural = "comptes du registre"

    def __str__(self) -> str:
        return f"{self.recherche} au {timezone.localtime(self.le):%d/%m/%Y}"

    @property
    def regardees(self) -> int:
        """Les entrées jugées, retenues ou non."""
        return sum(self.profils.values())

    @property
    def dit(self) -> str:
        """« 190 412 entrées jugées »."""
        return compter(self.regardees, "entrée jugée", "entrées jugées")


class ResultatDeCiblageQuerySet(models.QuerySet["ResultatDeCiblage"]):
    """Vocabulaire des listes de résultats."""

    def visibles_par(self, utilisateur: Utilisateur) -> ResultatDeCiblageQuerySet:
        return self.filter(filtre_de_ciblages(utilisateur, par="recherche__"))


@historise(exclude=["ecartees"])
class ResultatDeCiblage(ModeleSuivi):
    """Ce qu'une recherche a donné un jour ; figé : rien ne le modifie.

    `criteres` est une copie de ce qui était demandé, `etapes` ce que chacun a fait, en nombres.
    `ecartees` : par clé de structure, le profil de celles que les critères ont refusées, pour dire
    au prochain résultat pourquoi une structure entre.
    """

    recherche = models.ForeignKey(
        RechercheDeCiblage, on_delete=models.CASCADE, related_name="resultats"
    )
    le = models.DateTimeField("tiré le", default=timezone.now)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    criteres: Any = models.JSONField("critères de ce jour", default=dict)
    etapes: Any = models.JSONField("ce que chacun a fait", default=list)
    regardees = models.PositiveIntegerField("structures regardées")
    retenues = models.PositiveIntegerField("structures retenues")
    a_verifier = models.PositiveIntegerField("dont à vérifier")
    ecartees: Any = models.JSONField(default=dict)

    objects = ResultatDeCiblageQuerySet.as_manager()

    class Meta:
        verbose_name = "résultat de ciblage"
        ordering = ["-le", "-cree_le"]
        indexes = [models.Index(fields=["recherche", "-le"], name="resultat_de_ciblage")]

    def __str__(self) -> str:
        return f"{self.recherche} au {timezone.localtime(self.le):%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("identifier:ciblage_resultat", args=[self.pk])


class StructureCiblee(models.Model):
    """Une structure retenue un jour, et ce que l'on savait d'elle pour chaque critère.

    Une fiche, ou une entrée du registre qui peut en devenir une (`organisation` s'écrit alors).
    `cle` la suit d'un résultat à l'autre : son numéro officiel, à défaut celui de sa fiche.
    """

    resultat = models.ForeignKey(
        ResultatDeCiblage, on_delete=models.CASCADE, related_name="structures"
    )
    cle = models.CharField(max_length=36)
    organisation = models.ForeignKey(
        "annuaire.Organisation",
        null=True,
        on_delete=models.SET_NULL,
        related_name="ciblages_retenus",
    )
    du_registre = models.BooleanField("entrée du registre", default=False)
    nom = models.CharField("nom", max_length=500)
    commune = models.ForeignKey(
        "territoires.Territoire", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    profil = models.CharField("verdict de chaque critère", max_length=40)

    class Meta:
        verbose_name = "structure ciblée"
        verbose_name_plural = "structures ciblées"
        ordering = ["du_registre", "nom", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["resultat", "cle"], name="structure_ciblee_une_fois")
        ]

    def __str__(self) -> str:
        return self.nom
