"""Vérifier tout un fichier avant d'en écrire une ligne : il se lit d'un bout à l'autre, ou non.

Une seule passe sur les octets dépliés : sommes de contrôle du zip, octets nuls, guillemets,
encodage, nombre de lignes. L'en-tête est reconnu, et le premier bloc nettoyé à blanc : un fichier
dont la plupart des lignes seraient rejetées n'est pas celui que l'on croit.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import polars as pl

from maillage.annuaire.registre.importer.blocs import GUILLEMET, SAUT, compter
from maillage.annuaire.registre.importer.dispositions import Disposition, reconnaitre
from maillage.annuaire.registre.importer.refus import FichierRefuse
from maillage.annuaire.registre.importer.sources import ABIME, Source

MORCEAU = 1024**2
EN_TETE_MAX = 64 * 1024
BOM = codecs.BOM_UTF8
SEPARATEURS = ";,\t|"
ANCIEN = "cp1252"
"""Ce que l'on appelle ISO-8859-1 : les octets que la norme laisse vides y ont un caractère."""


@dataclass(frozen=True, slots=True)
class Tableau:
    """Une source reconnue ; `debut` est l'octet de sa première ligne (0 pour un Parquet)."""

    entree: str
    nom: str
    disposition: str
    colonnes: list[str]
    lignes: int
    parquet: bool = False
    encodage: str = "utf-8"
    separateur: str = ";"
    debut: int = 0

    def en_json(self) -> dict[str, Any]:
        return asdict(self)


def empreinte(chemin: Path) -> str:
    """SHA-256 du fichier tel qu'il est donné."""
    with chemin.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def verifier(source: Source, dispositions: Sequence[Disposition]) -> Tableau:
    """Ce que l'on sait de la source, entièrement relue. Lève `FichierRefuse`."""
    if source.parquet:
        return _verifier_parquet(source, dispositions)
    with source.ouvrir() as flux:
        tete = flux.read(EN_TETE_MAX)
        colonnes, separateur, debut = _lire_en_tete(tete, source.nom)
        disposition = reconnaitre(colonnes, dispositions, source.nom)
        encodage, lignes = _parcourir(flux, tete[debut:], source.nom)
    if not lignes:
        raise FichierRefuse(f"« {source.nom} » n’a que son en-tête : il n’y a rien à importer.")
    return Tableau(
        entree=source.entree,
        nom=source.nom,
        disposition=disposition.code,
        colonnes=colonnes,
        lignes=lignes,
        encodage=encodage,
        separateur=separateur,
        debut=debut,
    )


def _lire_en_tete(tete: bytes, nom: str) -> tuple[list[str], str, int]:
    """Les colonnes, le séparateur, et l'octet qui suit l'en-tête."""
    ligne, saut, _ = tete.partition(b"\n")
    texte = ligne.removeprefix(BOM).decode(ANCIEN, "replace").strip()
    if not texte:
        raise FichierRefuse(f"« {nom} » est vide : téléchargez-le de nouveau.")
    if b"\0" in tete:
        raise FichierRefuse(f"« {nom} » n’est pas un CSV : il contient des octets nuls.")
    if not saut and len(tete) >= EN_TETE_MAX:
        raise FichierRefuse(f"« {nom} » n’est pas un CSV : il n’a pas d’en-tête.")
    separateur = max(SEPARATEURS, key=texte.count)
    try:
        colonnes = next(csv.reader([texte], delimiter=separateur))
    except csv.Error as erreur:
        raise FichierRefuse(
            f"L’en-tête de « {nom} » ne se lit pas : enregistrez le fichier en CSV UTF-8."
        ) from erreur
    return [c.strip() for c in colonnes], separateur, len(ligne) + len(saut)


def _parcourir(flux: IO[bytes], morceau: bytes, nom: str) -> tuple[str, int]:
    """L'encodage et le nombre de lignes, tout étant lu. Lève `FichierRefuse`."""
    utf8, guillemets, lignes, dernier, fendu = True, 0, 0, b"\n", b""
    while morceau:
        if b"\0" in morceau:
            raise FichierRefuse(
                f"« {nom} » contient des octets nuls vers la ligne {lignes + 2} : il est abîmé."
            )
        guillemets += compter(morceau, GUILLEMET)
        lignes += compter(morceau, SAUT)
        dernier = morceau[-1:]
        if utf8:
            entiers, fendu = _sans_fendre(fendu + morceau)
            utf8 = _est_de_l_utf8(entiers)
        morceau = flux.read(MORCEAU)
    if guillemets % 2:
        raise FichierRefuse(
            f"Dans « {nom} », un guillemet ouvert n’est jamais fermé : le fichier est coupé ou "
            "abîmé, téléchargez-le de nouveau."
        )
    return "utf-8" if utf8 and _est_de_l_utf8(fendu) else ANCIEN, lignes + (dernier != b"\n")


def _sans_fendre(octets: bytes) -> tuple[bytes, bytes]:
    """Des caractères UTF-8 entiers, et le dernier, peut-être incomplet."""
    coupe = len(octets) - 1
    while coupe > max(0, len(octets) - 4) and octets[coupe] & 0xC0 == 0x80:
        coupe -= 1
    return octets[:coupe], octets[coupe:]


def _est_de_l_utf8(octets: bytes) -> bool:
    """Sans en faire un texte de Python, qui se paierait six fois."""
    try:
        pl.Series([octets], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        return False
    return True


def _verifier_parquet(source: Source, dispositions: Sequence[Disposition]) -> Tableau:
    try:
        balayage = pl.scan_parquet(source.chemin)
        colonnes = balayage.collect_schema().names()
        lignes = balayage.select(pl.len()).collect().item()
        disposition = reconnaitre(colonnes, dispositions, source.nom)
        for colonne in set(disposition.lues) & set(colonnes):  # chaque page relue, une à une
            balayage.select(pl.col(colonne).null_count()).collect(engine="streaming")
    except (pl.exceptions.PolarsError, OSError) as erreur:
        raise FichierRefuse(ABIME.format(nom=source.nom)) from erreur
    if not lignes:
        raise FichierRefuse(f"« {source.nom} » n’a aucune ligne : il n’y a rien à importer.")
    return Tableau(
        entree="",
        nom=source.nom,
        disposition=disposition.code,
        colonnes=colonnes,
        lignes=lignes,
        parquet=True,
    )
