"""Des fichiers du RNA et de SIRENE à importer, petits et sans rien de réel."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

WALDEC = [
    "id",
    "id_ex",
    "siret",
    "rup_mi",
    "gestion",
    "date_creat",
    "date_decla",
    "date_publi",
    "date_disso",
    "nature",
    "groupement",
    "titre",
    "titre_court",
    "objet",
    "objet_social1",
    "objet_social2",
    "adrs_complement",
    "adrs_numvoie",
    "adrs_repetition",
    "adrs_typevoie",
    "adrs_libvoie",
    "adrs_distrib",
    "adrs_codeinsee",
    "adrs_codepostal",
    "adrs_libcommune",
    "adrg_declarant",
    "adrg_complemid",
    "adrg_complemgeo",
    "adrg_libvoie",
    "adrg_distrib",
    "adrg_codepostal",
    "adrg_achemine",
    "adrg_pays",
    "dir_civilite",
    "siteweb",
    "publiweb",
    "observation",
    "position",
    "maj_time",
]
WALDEC_2018 = [*WALDEC[:34], "telephone", "siteweb", "email", *WALDEC[35:]]
IMPORT = [
    "id",
    "id_ex",
    "siret",
    "gestion",
    "date_creat",
    "date_publi",
    "nature",
    "groupement",
    "titre",
    "objet",
    "objet_social1",
    "objet_social2",
    "adr1",
    "adr2",
    "adr3",
    "adrs_codepostal",
    "libcom",
    "adrs_codeinsee",
    "dir_civilite",
    "telephone",
    "siteweb",
    "email",
    "observation",
    "position",
    "rup_mi",
    "maj_time",
]
UNITES = [
    "siren",
    "statutDiffusionUniteLegale",
    "dateCreationUniteLegale",
    "sigleUniteLegale",
    "sexeUniteLegale",
    "prenom1UniteLegale",
    "identifiantAssociationUniteLegale",
    "trancheEffectifsUniteLegale",
    "anneeEffectifsUniteLegale",
    "dateDernierTraitementUniteLegale",
    "etatAdministratifUniteLegale",
    "nomUniteLegale",
    "denominationUniteLegale",
    "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale",
    "nicSiegeUniteLegale",
    "economieSocialeSolidaireUniteLegale",
    "caractereEmployeurUniteLegale",
]
ETABLISSEMENTS = [
    "siren",
    "nic",
    "siret",
    "statutDiffusionEtablissement",
    "dateCreationEtablissement",
    "trancheEffectifsEtablissement",
    "dateDernierTraitementEtablissement",
    "etablissementSiege",
    "numeroVoieEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "codeCommuneEtablissement",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
]

ASSOCIATION = {
    "id": "W251000001",
    "date_creat": "1998-03-02",
    "date_publi": "0001-01-01",
    "date_disso": "0001-01-01",
    "nature": "D",
    "titre": "L’ŒUVRE DES CHÂTEAUX",
    "titre_court": "ODC",
    "objet": "organiser des visites,\nfaire connaître les lieux",
    "objet_social1": "006030",
    "objet_social2": "000000",
    "adrs_numvoie": "12",
    "adrs_typevoie": "RUE",
    "adrs_libvoie": "du Rondeau",
    "adrs_distrib": "_",
    "adrs_codeinsee": "25056",
    "adrs_codepostal": "25000",
    "adrs_libcommune": "Besançon",
    "adrg_declarant": "MARTIN Camille",
    "adrg_libvoie": "3 rue de chez elle",
    "position": "A",
    "maj_time": "2020-06-01 10:00:00",
}
ANCIENNE = {
    "id": "251S0000000001",
    "date_creat": "1970-01-05",
    "nature": "D",
    "titre": "FANFARE DU HAUT",
    "adr1": "4         RUE  Haute",
    "adrs_codepostal": "25000",
    "libcom": "BESANCON",
    "adrs_codeinsee": "25056",
    "position": "A",
    "maj_time": "2013-07-10 07:33:24",
}
UNITE = {
    "siren": "356000000",
    "statutDiffusionUniteLegale": "O",
    "dateCreationUniteLegale": "1991-01-01",
    "identifiantAssociationUniteLegale": "W251000001",
    "trancheEffectifsUniteLegale": "11",
    "anneeEffectifsUniteLegale": "2022.0",
    "dateDernierTraitementUniteLegale": "2024-03-22T14:26:06",
    "etatAdministratifUniteLegale": "A",
    "denominationUniteLegale": "L’ŒUVRE DES CHÂTEAUX",
    "categorieJuridiqueUniteLegale": "9220",
    "activitePrincipaleUniteLegale": "91.03Z",
    "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
    "nicSiegeUniteLegale": "00048",
    "economieSocialeSolidaireUniteLegale": "O",
    "caractereEmployeurUniteLegale": "O",
}
ETABLISSEMENT = {
    "siren": "356000000",
    "siret": "35600000000048",
    "statutDiffusionEtablissement": "O",
    "dateCreationEtablissement": "1991-01-01",
    "dateDernierTraitementEtablissement": "2024-03-22T14:26:06",
    "etablissementSiege": "true",
    "numeroVoieEtablissement": "12",
    "typeVoieEtablissement": "RUE",
    "libelleVoieEtablissement": "DU RONDEAU",
    "codePostalEtablissement": "25000",
    "codeCommuneEtablissement": "25056",
    "etatAdministratifEtablissement": "A",
    "activitePrincipaleEtablissement": "91.03Z",
    "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
}


def tableau(
    lignes: Iterable[Mapping[str, str]],
    colonnes: list[str] = WALDEC,
    *,
    separateur: str = ";",
    encodage: str = "utf-8-sig",
    tout_cite: bool = True,
) -> bytes:
    """Un CSV ; ce qu'une ligne ne dit pas y est vide."""
    texte = io.StringIO()
    ecrivain = csv.writer(
        texte,
        delimiter=separateur,
        quoting=csv.QUOTE_ALL if tout_cite else csv.QUOTE_MINIMAL,
        lineterminator="\n",
    )
    ecrivain.writerow(colonnes)
    ecrivain.writerows([ligne.get(c, "") for c in colonnes] for ligne in lignes)
    return texte.getvalue().encode(encodage)


def associations(nombre: int, **champs: str) -> list[dict[str, str]]:
    """Des associations distinctes, numérotées à partir de W251000001."""
    return [
        {**ASSOCIATION, **champs, "id": f"W251{rang:06d}", "titre": f"AMICALE {rang}"}
        for rang in range(1, nombre + 1)
    ]


def deposer(dossier: Path, contenu: bytes, nom: str = "rna_waldec.csv") -> Path:
    chemin = dossier / nom
    chemin.write_bytes(contenu)
    return chemin


def zipper(dossier: Path, entrees: Mapping[str, bytes], nom: str = "rna.zip") -> Path:
    chemin = dossier / nom
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for entree, contenu in entrees.items():
            archive.writestr(entree, contenu)
    return chemin
