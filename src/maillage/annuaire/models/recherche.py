"""Ce que la recherche tient à part des fiches et du registre (docs/decisions/0010)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex, GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.annuaire.models.organisations import Organisation
from maillage.annuaire.models.personnes import Personne
from maillage.annuaire.models.registre import Numero
from maillage.annuaire.nomenclatures import BRANCHES, CATEGORIES_JURIDIQUES, SECTEURS
from maillage.socle.modeles import ModeleSuivi
from maillage.territoires.models import Territoire


class MotDuVocabulaire(models.Model):
    """Un mot des noms et des communes, et combien de lignes du registre le portent.

    `voisins` : le mot, et ce qu'il devient une lettre ôtée. Deux mots qui partagent un voisin
    sont à une faute de frappe l'un de l'autre, ou presque : `mots.a_une_faute` le vérifie.
    """

    mot = models.CharField(max_length=40, primary_key=True)
    frequence = models.PositiveIntegerField(default=1)
    voisins = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        verbose_name = "mot du vocabulaire"
        verbose_name_plural = "mots du vocabulaire"
        indexes = [GinIndex(fields=["voisins"], name="vocabulaire_voisins", fastupdate=False)]

    def __str__(self) -> str:
        return self.mot


class MotsDOrganisation(models.Model):
    """Les mots sous lesquels une fiche se cherche : nom, sigle, commune, numéros.

    `nom_normalise` est celui de la fiche : d'un mot fréquent, les premières se lisent dans l'ordre
    du nom sans quitter cette table. Aucun code ne l'écrit : des déclencheurs la tiennent.
    """

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="mots"
    )
    mots = SearchVectorField()
    nom_normalise = models.CharField("nom normalisé")

    class Meta:
        verbose_name = "mots d’une organisation"
        verbose_name_plural = "mots des organisations"
        indexes = [
            GinIndex(fields=["mots"], name="organisation_mots", fastupdate=False),
            models.Index(fields=["nom_normalise", "organisation"], name="organisation_mots_nom"),
        ]

    def __str__(self) -> str:
        return f"mots de {self.organisation_id}"


class EntreeDuRegistreQuerySet(models.QuerySet["EntreeDuRegistre"]):
    """Vocabulaire de la recherche dans le registre."""

    def pour_liste(self) -> EntreeDuRegistreQuerySet:
        """Sans les colonnes que seul l'index lit."""
        return self.defer("mots", "objet")

    def de_numero(self, debut: str) -> EntreeDuRegistreQuerySet:
        """Par le début d'un numéro RNA ou SIREN, ou par un SIRET entier."""
        siren = debut[:9] if debut.isdigit() else debut
        return self.filter(Q(numero__startswith=debut) | Q(siren__startswith=siren))


class EntreeDuRegistre(models.Model):
    """Une association du RNA, ou une unité légale de SIRENE qui n'y est pas, prête à chercher.

    Un instantané que `recherche.index.reconstruire` refait après chaque import. Ses lignes sont
    rangées de la plus probable à la moins probable (en activité, puis nom court) : les premières
    lues d'un mot fréquent sont les bonnes. `mots` réunit ceux du nom et de la commune, et des
    étiquettes pour filtrer (« dans:35012 », « secteur:culture ») ; `objet`, les racines de l'objet.
    `secteur` et `branche` sont déduits.
    """

    numero = Numero("numéro RNA ou SIREN", max_length=20, primary_key=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    nom = models.CharField("nom", max_length=500)
    sigle = models.CharField("sigle", max_length=200, blank=True)
    nom_normalise = models.TextField()
    active = models.BooleanField("en activité", default=True)
    creee_en = models.PositiveSmallIntegerField("année de création", null=True)
    lieu = models.CharField("commune", max_length=120, blank=True)
    commune = models.ForeignKey(
        Territoire,
        verbose_name="commune",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    secteur = models.CharField("secteur déduit", max_length=40, blank=True)
    branche = models.CharField("branche déduite", max_length=40, blank=True)
    categorie_juridique = models.CharField("catégorie juridique", max_length=4, blank=True)
    tranche_effectifs = models.CharField("tranche d’effectifs", max_length=2, blank=True)
    mots = SearchVectorField()
    objet = SearchVectorField()

    objects = EntreeDuRegistreQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée du registre"
        verbose_name_plural = "entrées du registre"
        indexes = [
            GinIndex(fields=["mots", "objet"], name="registre_cherche", fastupdate=False),
            BTreeIndex(
                fields=["numero"], name="registre_numero", opclasses=["varchar_pattern_ops"]
            ),
            BTreeIndex(fields=["siren"], name="registre_siren", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def du_rna(self) -> bool:
        """Vrai si elle vient du RNA ; sinon de SIRENE seul."""
        return self.numero != self.siren

    @property
    def source(self) -> str:
        """« RNA W251000123 », « SIREN 552100554 » : d'où vient cette ligne."""
        return f"{'RNA' if self.du_rna else 'SIREN'} {self.numero}"

    @property
    def activite(self) -> str:
        """La branche déduite, à défaut le secteur ; vide si rien ne se déduit."""
        return BRANCHES.libelle(self.branche) or SECTEURS.libelle(self.secteur)

    @property
    def forme(self) -> str:
        return CATEGORIES_JURIDIQUES.libelle(self.categorie_juridique)


class RechercheGardee(ModeleSuivi):
    """Une recherche qu'une personne a nommée ; `parametres` est son adresse, sans le chemin."""

    personne = models.ForeignKey(
        Personne, on_delete=models.CASCADE, related_name="recherches_gardees"
    )
    nom = models.CharField("nom", max_length=80)
    parametres = models.CharField(max_length=1000)

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "recherche gardée"
        verbose_name_plural = "recherches gardées"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "nom"],
                name="recherche_gardee_un_nom",
                violation_error_message="Vous avez déjà une recherche de ce nom.",
            )
        ]

    def __str__(self) -> str:
        return self.nom

    def get_absolute_url(self) -> str:
        return f"{reverse('annuaire:chercher')}?{self.parametres}"
