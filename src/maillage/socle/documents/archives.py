"""Ouvrir une archive zip venue d'ailleurs sans se laisser déborder."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

ENTREES_MAX = 2_000
DECOMPRESSE_MAX = 200 * 1024**2
"""Octets une fois tout décompressé ; Python n'en lit jamais plus que ce que l'entrée annonce."""

PARTIE_MAX = 20 * 1024**2
_ILLISIBLES = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class ArchiveRefusee(Exception):
    """L'archive est abîmée, chiffrée ou démesurée ; le message le dit à qui l'a déposée."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Une archive dont les bornes ont été vérifiées."""

    fichier: ZipFile
    entrees: Mapping[str, ZipInfo]

    @property
    def noms(self) -> list[str]:
        return list(self.entrees)

    def lire(self, nom: str) -> bytes:
        """Le contenu d'une partie, vide si elle n'existe pas."""
        entree = self.entrees.get(nom)
        if entree is None:
            return b""
        if entree.file_size > PARTIE_MAX:
            raise ArchiveRefusee("Ce fichier contient une partie démesurée.")
        try:
            return self.fichier.read(entree)
        except _ILLISIBLES as erreur:
            raise ArchiveRefusee(
                "Ce fichier est abîmé ou protégé : ouvrez-le, enregistrez-le de nouveau."
            ) from erreur


def lire_archive(contenu: bytes) -> Archive:
    """Ouvre l'archive et vérifie ses bornes : nombre d'entrées et taille décompressée.

    Lève `ArchiveRefusee`.
    """
    try:
        fichier = ZipFile(BytesIO(contenu))
    except (*_ILLISIBLES, ValueError) as erreur:
        raise ArchiveRefusee("Ce fichier est abîmé : il ne s’ouvre pas.") from erreur
    entrees = fichier.infolist()
    if len(entrees) > ENTREES_MAX or sum(e.file_size for e in entrees) > DECOMPRESSE_MAX:
        raise ArchiveRefusee(
            "Ce fichier se déplie en quelque chose de démesuré : il n’est pas reçu."
        )
    return Archive(fichier, {e.filename: e for e in entrees})
