"""Tables de référence : ce que disent le RNA et SIRENE, sans historique ni contrainte de clé.

Elles se remplissent par `maillage importer`, jamais à la main ; ce que tient un agent est dans
`Organisation`. Aucune colonne ne porte de donnée personnelle.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from maillage.socle.recherche import ChampNormalise
from maillage.territoires.models import Territoire


class Numero(models.CharField):
    """Un numéro officiel comme clé, sans le second index que Django ajoute pour LIKE.

    Le double d'un index unique se paierait à chaque ligne importée, et rien ne le lirait.
    """

    def db_type(self, connection: Any) -> str:
        return f"character varying({self.max_length})"


def _commune() -> Any:
    """La commune actuelle d'une adresse, si le découpage chargé la connaît."""
    return models.ForeignKey(
        Territoire,
        verbose_name="commune",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )


class EtatRNA(models.TextChoices):
    """Position d'une association au RNA."""

    ACTIVE = "active", "active"
    DISSOUTE = "dissoute", "dissoute"
    SUPPRIMEE = "supprimee", "supprimée"


class OrigineRNA(models.TextChoices):
    """Le fichier du RNA d'où vient la ligne ; Waldec l'emporte sur l'ancien."""

    WALDEC = "waldec", "RNA (Waldec)"
    IMPORT = "import", "RNA d’avant Waldec"


class EtatSirene(models.TextChoices):
    """État administratif d'une unité légale ou d'un établissement."""

    ACTIF = "actif", "en activité"
    FERME = "ferme", "fermé"


class AssociationRNA(models.Model):
    """Une association au répertoire national ; `numero` est un W…, ou l'ancien identifiant.

    `adresse` est celle du siège (colonnes `adrs_*`), jamais celle de gestion, qui peut être le
    domicile d'une personne. `code_commune` est le code tel qu'écrit, `commune` la commune actuelle.
    """

    numero = Numero("numéro RNA", max_length=20, primary_key=True)
    nom = models.CharField("nom", max_length=500)
    sigle = models.CharField("sigle", max_length=200, blank=True)
    nom_normalise = ChampNormalise(sources=("nom", "sigle"))
    objet = models.TextField("objet", blank=True)
    objet_social1 = models.CharField("objet social", max_length=6, blank=True)
    objet_social2 = models.CharField("second objet social", max_length=6, blank=True)
    nature = models.CharField("nature", max_length=1, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    adresse = models.CharField("adresse du siège", max_length=500, blank=True)
    code_postal = models.CharField("code postal", max_length=5, blank=True)
    code_commune = models.CharField("code de la commune", max_length=5, blank=True)
    libelle_commune = models.CharField("commune écrite", max_length=120, blank=True)
    commune = _commune()
    creee_le = models.DateField("créée le", null=True, blank=True)
    publiee_le = models.DateField("publiée au Journal officiel le", null=True, blank=True)
    dissoute_le = models.DateField("dissoute le", null=True, blank=True)
    etat = models.CharField("état", max_length=9, choices=EtatRNA.choices, default=EtatRNA.ACTIVE)
    site = models.CharField("site", max_length=300, blank=True)
    maj_le = models.DateTimeField("mise à jour le", null=True, blank=True)
    origine = models.CharField(
        "origine", max_length=6, choices=OrigineRNA.choices, default=OrigineRNA.WALDEC
    )

    class Meta:
        indexes = [
            models.Index(fields=["commune", "nom_normalise"], name="rna_commune_nom"),
            models.Index(fields=["siren"], name="rna_siren"),
        ]

    def __str__(self) -> str:
        return self.nom


class UniteLegale(models.Model):
    """Une personne morale diffusible de SIRENE ; jamais une personne physique.

    `siege` est le SIRET de son siège ; `naf` se lit dans `nomenclature_naf`, car la NAF change.
    `ess` et `employeuse` valent O, N ou rien quand SIRENE ne le dit pas.
    """

    siren = Numero("SIREN", max_length=9, primary_key=True)
    nom = models.CharField("nom", max_length=500)
    sigle = models.CharField("sigle", max_length=200, blank=True)
    nom_normalise = ChampNormalise(sources=("nom", "sigle"))
    categorie_juridique = models.CharField("catégorie juridique", max_length=4, blank=True)
    naf = models.CharField("code NAF", max_length=6, blank=True)
    nomenclature_naf = models.CharField("nomenclature du code NAF", max_length=8, blank=True)
    rna = models.CharField("numéro RNA", max_length=20, blank=True)
    tranche_effectifs = models.CharField("tranche d’effectifs", max_length=2, blank=True)
    annee_effectifs = models.SmallIntegerField("année des effectifs", null=True, blank=True)
    creee_le = models.DateField("créée le", null=True, blank=True)
    etat = models.CharField(
        "état", max_length=5, choices=EtatSirene.choices, default=EtatSirene.ACTIF
    )
    siege = models.CharField("SIRET du siège", max_length=14, blank=True)
    ess = models.CharField("économie sociale et solidaire", max_length=1, blank=True)
    employeuse = models.CharField("employeuse", max_length=1, blank=True)
    maj_le = models.DateTimeField("mise à jour le", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["nom_normalise"], name="unite_nom"),
            models.Index(fields=["rna"], name="unite_rna"),
        ]

    def __str__(self) -> str:
        return self.nom


class Etablissement(models.Model):
    """Un lieu d'activité d'une unité légale retenue."""

    siret = Numero("SIRET", max_length=14, primary_key=True)
    siren = models.CharField("SIREN", max_length=9)
    siege = models.BooleanField("siège", default=False)
    enseigne = models.CharField("enseigne", max_length=200, blank=True)
    naf = models.CharField("code NAF", max_length=6, blank=True)
    nomenclature_naf = models.CharField("nomenclature du code NAF", max_length=8, blank=True)
    tranche_effectifs = models.CharField("tranche d’effectifs", max_length=2, blank=True)
    adresse = models.CharField("adresse", max_length=500, blank=True)
    code_postal = models.CharField("code postal", max_length=5, blank=True)
    code_commune = models.CharField("code de la commune", max_length=5, blank=True)
    commune = _commune()
    etat = models.CharField(
        "état", max_length=5, choices=EtatSirene.choices, default=EtatSirene.ACTIF
    )
    creee_le = models.DateField("créé le", null=True, blank=True)
    maj_le = models.DateTimeField("mis à jour le", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["siren"], name="etablissement_siren"),
            models.Index(fields=["commune"], name="etablissement_commune"),
        ]

    def __str__(self) -> str:
        return self.enseigne or self.siret
