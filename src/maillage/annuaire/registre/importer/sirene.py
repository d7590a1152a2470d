"""Les deux stocks de SIRENE : unités légales, puis leurs établissements.

Une personne physique (catégorie 1000, ou sans dénomination) et une unité dont la diffusion est
restreinte ne sont jamais chargées ; leurs établissements non plus, leur SIREN n'étant pas connu.
"""

from __future__ import annotations

import polars as pl

from maillage.annuaire.models import Etablissement, UniteLegale
from maillage.annuaire.models.registre import EtatSirene
from maillage.annuaire.registre.importer import nettoyage as n
from maillage.annuaire.registre.importer.communes import Communes
from maillage.annuaire.registre.importer.dispositions import Disposition
from maillage.annuaire.registre.importer.rna import WALDEC

_PHYSIQUE = "1000"
_ADRESSE = (
    "complementAdresseEtablissement",
    "numeroVoieEtablissement",
    "indiceRepetitionEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "distributionSpecialeEtablissement",
)
_NAF = r"[0-9][0-9](\.[0-9][0-9A-Z]?[A-Z]?)?[0-9A-Z]?"


def nettoyer_unites(cadre: pl.DataFrame, communes: Communes) -> pl.DataFrame:
    """Un bloc de StockUniteLegale."""
    etat = n.code("etatAdministratifUniteLegale", "[A-Z]")
    cadre = cadre.with_columns(
        siren=n.numeros(cadre["siren"], 9),
        nom=n.texte("denominationUniteLegale"),
        sigle=n.texte("sigleUniteLegale", 200),
        categorie_juridique=n.code("categorieJuridiqueUniteLegale", r"[0-9]{4}"),
        naf=n.code("activitePrincipaleUniteLegale", _NAF),
        nomenclature_naf=n.texte("nomenclatureActivitePrincipaleUniteLegale", 8),
        rna=n.code("identifiantAssociationUniteLegale", WALDEC),
        tranche_effectifs=n.code("trancheEffectifsUniteLegale", "NN|[0-9]{2}"),
        annee_effectifs=_annee("anneeEffectifsUniteLegale"),
        creee_le=n.jour("dateCreationUniteLegale"),
        etat=_etat(etat == "C"),
        ess=n.code("economieSocialeSolidaireUniteLegale", "[ON]"),
        employeuse=n.code("caractereEmployeurUniteLegale", "[ON]"),
        maj_le=n.instant("dateDernierTraitementUniteLegale"),
        _nic=n.code("nicSiegeUniteLegale", r"[0-9]{1,5}").str.pad_start(5, "0"),
    )
    sieges = cadre.select(pl.concat_str("siren", "_nic")).to_series()
    cadre = cadre.with_columns(siege=n.numeros(sieges, 14))
    physique = (pl.col("categorie_juridique") == _PHYSIQUE) | pl.col("nom").is_in(["", "[ND]"])
    return n.normaliser_noms(cadre).with_columns(
        _ecartee=physique | _restreinte("statutDiffusionUniteLegale"),
        _raison=n.premiere_phrase(
            {
                "le SIREN n’en est pas un": pl.col("siren") == "",
                "le nom a plus de 500 caractères": pl.col("nom").str.len_chars() > 500,
            }
        ),
        _remarque=n.phrases({_DATE: n.jour_illisible("dateCreationUniteLegale", "creee_le")}),
    )


def nettoyer_etablissements(cadre: pl.DataFrame, communes: Communes) -> pl.DataFrame:
    """Un bloc de StockEtablissement."""
    etat = n.code("etatAdministratifEtablissement", "[A-Z]")
    enseigne = pl.coalesce(
        *(
            pl.when(n.texte(c) != "").then(n.texte(c, 200))
            for c in ("enseigne1Etablissement", "denominationUsuelleEtablissement")
        ),
        pl.lit(""),
    )
    cadre = cadre.with_columns(
        siret=n.numeros(cadre["siret"], 14),
        siege=n.texte("etablissementSiege").str.to_lowercase() == "true",
        enseigne=enseigne,
        naf=n.code("activitePrincipaleEtablissement", _NAF),
        nomenclature_naf=n.texte("nomenclatureActivitePrincipaleEtablissement", 8),
        tranche_effectifs=n.code("trancheEffectifsEtablissement", "NN|[0-9]{2}"),
        adresse=n.adresse(*_ADRESSE),
        code_postal=n.code_de_lieu("codePostalEtablissement"),
        code_commune=n.code_de_lieu("codeCommuneEtablissement"),
        etat=_etat(etat == "F"),
        creee_le=n.jour("dateCreationEtablissement"),
        maj_le=n.instant("dateDernierTraitementEtablissement"),
    ).with_columns(siren=pl.col("siret").str.slice(0, 9))
    return communes.joindre(cadre, "libelleCommuneEtablissement").with_columns(
        _ecartee=_restreinte("statutDiffusionEtablissement"),
        _raison=n.premiere_phrase({"le SIRET n’en est pas un": pl.col("siret") == ""}),
        _remarque=n.phrases({_DATE: n.jour_illisible("dateCreationEtablissement", "creee_le")}),
    )


_DATE = "la date de création est illisible, laissée vide"


def _etat(ferme: pl.Expr) -> pl.Expr:
    return (
        pl.when(ferme)
        .then(pl.lit(EtatSirene.FERME.value))
        .otherwise(pl.lit(EtatSirene.ACTIF.value))
    )


def _restreinte(colonne: str) -> pl.Expr:
    """Seul O est diffusible ; N et P ne le sont pas, ou pas en entier."""
    return n.code(colonne, "[A-Z]") != "O"


def _annee(colonne: str) -> pl.Expr:
    """« 2022 », ou « 2022.0 » passé par un tableur."""
    annee = pl.col(colonne).str.extract(r"^([0-9]{4})(?:\.0)?$").cast(pl.Int32, strict=False)
    return pl.when(annee.is_between(1900, 2100)).then(annee)


DISPOSITIONS = (
    Disposition(
        code="sirene_unites",
        libelle="les unités légales de SIRENE (StockUniteLegale)",
        modele=UniteLegale,
        exigees=frozenset(
            {
                "siren",
                "statutDiffusionUniteLegale",
                "denominationUniteLegale",
                "categorieJuridiqueUniteLegale",
                "dateDernierTraitementUniteLegale",
            }
        ),
        lues=(
            "siren",
            "statutDiffusionUniteLegale",
            "dateCreationUniteLegale",
            "sigleUniteLegale",
            "identifiantAssociationUniteLegale",
            "trancheEffectifsUniteLegale",
            "anneeEffectifsUniteLegale",
            "dateDernierTraitementUniteLegale",
            "etatAdministratifUniteLegale",
            "denominationUniteLegale",
            "categorieJuridiqueUniteLegale",
            "activitePrincipaleUniteLegale",
            "nomenclatureActivitePrincipaleUniteLegale",
            "nicSiegeUniteLegale",
            "economieSocialeSolidaireUniteLegale",
            "caractereEmployeurUniteLegale",
        ),
        nettoyer=nettoyer_unites,
        numero="siren",
    ),
    Disposition(
        code="sirene_etablissements",
        libelle="les établissements de SIRENE (StockEtablissement)",
        modele=Etablissement,
        exigees=frozenset(
            {
                "siret",
                "statutDiffusionEtablissement",
                "etatAdministratifEtablissement",
                "codeCommuneEtablissement",
                "dateDernierTraitementEtablissement",
            }
        ),
        lues=(
            "siret",
            "statutDiffusionEtablissement",
            "dateCreationEtablissement",
            "trancheEffectifsEtablissement",
            "dateDernierTraitementEtablissement",
            "etablissementSiege",
            *_ADRESSE,
            "codePostalEtablissement",
            "codeCommuneEtablissement",
            "libelleCommuneEtablissement",
            "etatAdministratifEtablissement",
            "enseigne1Etablissement",
            "denominationUsuelleEtablissement",
            "activitePrincipaleEtablissement",
            "nomenclatureActivitePrincipaleEtablissement",
        ),
        nettoyer=nettoyer_etablissements,
        numero="siret",
        si=f"EXISTS (SELECT 1 FROM {UniteLegale._meta.db_table} u WHERE u.siren = p.siren)",
        ordre=1,
    ),
)
