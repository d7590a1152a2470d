"""Les deux fichiers du RNA : Waldec (numéros W…) et ce qui le précédait (« import »).

Une ligne d'avant Waldec que Waldec a reprise (position R) porte son numéro W dans `observation` :
c'est lui sa clé. Sur la même clé, Waldec l'emporte toujours, puis la mise à jour la plus récente.
"""

from __future__ import annotations

import polars as pl

from maillage.annuaire.models import AssociationRNA
from maillage.annuaire.models.registre import EtatRNA, OrigineRNA
from maillage.annuaire.registre.importer import nettoyage as n
from maillage.annuaire.registre.importer.communes import Communes
from maillage.annuaire.registre.importer.dispositions import TOUJOURS, Disposition

WALDEC = r"W[0-9A-Z]{9}"
ANCIEN = r"[0-9][0-9A-Z]{5,19}"
_ETATS = {"D": EtatRNA.DISSOUTE.value, "S": EtatRNA.SUPPRIMEE.value}
_DATES = {"date_creat": "creee_le", "date_publi": "publiee_le", "date_disso": "dissoute_le"}
_AUX_DEUX = (
    "id",
    "siret",
    "date_creat",
    "date_publi",
    "nature",
    "titre",
    "objet",
    "objet_social1",
    "objet_social2",
    "adrs_codeinsee",
    "adrs_codepostal",
    "siteweb",
    "position",
    "maj_time",
)
_ADRESSE_WALDEC = (
    "adrs_complement",
    "adrs_numvoie",
    "adrs_repetition",
    "adrs_typevoie",
    "adrs_libvoie",
    "adrs_distrib",
)
_ADRESSE_IMPORT = ("adr1", "adr2", "adr3")


def nettoyer_waldec(cadre: pl.DataFrame, communes: Communes) -> pl.DataFrame:
    """Un bloc de `rna_waldec`."""
    cadre = cadre.with_columns(nom=n.texte("titre"), _court=n.texte("titre_court", 200))
    nom, court = pl.col("nom"), pl.col("_court")
    abrege = court.str.ends_with("...") | (court == nom) | (nom == "")
    cadre = cadre.with_columns(
        numero=n.identifiant("id", WALDEC),
        nom=pl.when(nom == "").then(court).otherwise(nom),
        sigle=pl.when(abrege).then(pl.lit("")).otherwise(court),
        dissoute_le=n.jour("date_disso"),
        adresse=n.adresse(*_ADRESSE_WALDEC),
        libelle_commune=n.texte("adrs_libcommune", 120),
        origine=pl.lit(OrigineRNA.WALDEC.value),
    )
    return _finir(cadre, communes)


def nettoyer_import(cadre: pl.DataFrame, communes: Communes) -> pl.DataFrame:
    """Un bloc de `rna_import`."""
    repris = pl.col("observation").str.to_uppercase().str.extract(rf"\b({WALDEC})\b")
    est_reprise = n.code("position", "R") == "R"
    cadre = cadre.with_columns(
        numero=pl.coalesce(pl.when(est_reprise).then(repris), n.identifiant("id", ANCIEN)),
        nom=n.texte("titre"),
        sigle=pl.lit(""),
        date_disso=pl.lit(""),
        dissoute_le=pl.lit(None, pl.Date),
        adresse=n.adresse(*_ADRESSE_IMPORT),
        libelle_commune=n.texte("libcom", 120),
        origine=pl.lit(OrigineRNA.IMPORT.value),
    )
    return _finir(cadre, communes)


def _finir(cadre: pl.DataFrame, communes: Communes) -> pl.DataFrame:
    """Ce que les deux ont en commun."""
    sirets, sirens = n.numeros(cadre["siret"], 14), n.numeros(cadre["siret"], 9)
    site = n.texte("siteweb", 300)
    cadre = cadre.with_columns(
        objet=n.texte("objet"),
        objet_social1=_objet_social("objet_social1"),
        objet_social2=_objet_social("objet_social2"),
        nature=n.code("nature", "[A-Z]"),
        siret=sirets,
        siren=pl.when(sirets == "").then(sirens).otherwise(sirets.str.slice(0, 9)),
        _perdu=(sirets == "") & (sirens == "") & (cadre["siret"].str.strip_chars() != ""),
        code_postal=n.code_de_lieu("adrs_codepostal"),
        code_commune=n.code_de_lieu("adrs_codeinsee"),
        creee_le=n.jour("date_creat"),
        publiee_le=n.jour("date_publi"),
        etat=n.par_valeur("position", _etat()),
        site=pl.when(site.str.contains("@", literal=True)).then(pl.lit("")).otherwise(site),
        maj_le=n.instant("maj_time"),
    )
    cadre = n.normaliser_noms(communes.joindre(cadre, "libelle_commune"))
    return cadre.with_columns(_raison=_raison(), _remarque=_remarque(), _ecartee=pl.lit(False))


def _objet_social(colonne: str) -> pl.Expr:
    return n.par_valeur(colonne, n.identifiant(colonne, r"[0-9]{6}").replace("000000", ""))


def _etat() -> pl.Expr:
    lettre = n.identifiant("position", "[A-Z]")
    return lettre.replace_strict(_ETATS, default=EtatRNA.ACTIVE.value)


def _raison() -> pl.Expr:
    return n.premiere_phrase(
        {
            "le numéro n’est pas un numéro du RNA": pl.col("numero") == "",
            "il n’y a pas de nom": pl.col("nom_normalise") == "",
            "le nom a plus de 500 caractères": pl.col("nom").str.len_chars() > 500,
        }
    )


def _remarque() -> pl.Expr:
    dates = {
        f"la date {source} est illisible, laissée vide": n.jour_illisible(source, champ)
        for source, champ in _DATES.items()
    }
    return n.phrases({"le SIRET n’en est pas un, laissé vide": pl.col("_perdu"), **dates})


_RANG = f"({{0}}.origine = '{OrigineRNA.WALDEC}', coalesce({{0}}.maj_le, '{TOUJOURS}'))"

DISPOSITIONS = (
    Disposition(
        code="rna_waldec",
        libelle="le RNA (rna_waldec)",
        modele=AssociationRNA,
        exigees=frozenset({"id", "titre", "titre_court", "date_disso", "position", "maj_time"}),
        lues=(
            *_AUX_DEUX,
            "titre_court",
            "date_disso",
            "adrs_libcommune",
            *_ADRESSE_WALDEC,
        ),
        nettoyer=nettoyer_waldec,
        numero="id",
        rang=_RANG,
    ),
    Disposition(
        code="rna_import",
        libelle="le RNA d’avant Waldec (rna_import)",
        modele=AssociationRNA,
        exigees=frozenset({"id", "titre", "observation", "libcom", "position", "maj_time"}),
        lues=(*_AUX_DEUX, "observation", "libcom", *_ADRESSE_IMPORT),
        nettoyer=nettoyer_import,
        numero="id",
        rang=_RANG,
    ),
)
