"""Trouver les tableaux d'un fichier : un CSV nu, les CSV d'un zip, un Parquet ; sans rien déplier.

Le contenu décide, pas l'extension. Aucun nom venu d'une archive ne sert de chemin.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from isal import isal_zlib
from isal.igzip_lib import IsalError

from maillage.annuaire.registre.importer.refus import FichierRefuse

ENTREES_MAX = 2_000
DEPLIE_MAX = 64 * 1024**3
RAPPORT_MAX = 200
"""Un texte se comprime dix à vingt fois ; au-delà de deux cents, c'est un piège."""

ILLISIBLE = (
    BadZipFile,
    zlib.error,
    cast(type[Exception], IsalError),  # ses annotations en font une instance
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
ABIME = "« {nom} » est abîmé ou incomplet : téléchargez-le de nouveau depuis sa source."
_SIGNATURES = {
    b"\x1f\x8b": "est comprimé en gzip : décompressez-le, ou donnez le zip d’origine.",
    b"%PDF": "est un PDF : donnez le CSV ou le zip du registre.",
    b"\xd0\xcf\x11\xe0": "est un ancien classeur Excel : donnez le CSV ou le zip du registre.",
    b"\x89PNG": "est une image : donnez le CSV ou le zip du registre.",
    b"\xff\xfe": "est écrit en UTF-16 : enregistrez-le en CSV UTF-8.",
    b"\xfe\xff": "est écrit en UTF-16 : enregistrez-le en CSV UTF-8.",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Un tableau : `entree` est son nom dans le zip (vide pour un fichier nu)."""

    chemin: Path
    nom: str
    entree: str = ""
    parquet: bool = False

    @contextmanager
    def ouvrir(self) -> Iterator[IO[bytes]]:
        """Ses octets, dépliés au fil de la lecture. Lève `FichierRefuse` s'ils sont abîmés."""
        try:
            if not self.entree:
                with self.chemin.open("rb") as flux:
                    yield flux
            else:
                with ZipFile(self.chemin) as archive, archive.open(self.entree) as flux:
                    yield _deplie_par_isal(flux)
        except ILLISIBLE as erreur:
            raise FichierRefuse(ABIME.format(nom=self.nom)) from erreur


def _deplie_par_isal(flux: IO[bytes]) -> IO[bytes]:
    """Le même flux, déplié deux fois plus vite : `isal_zlib` a l'interface de `zlib`.

    `zipfile` n'offre pas d'en changer ; il garde pour lui la lecture de l'archive et sa somme de
    contrôle. Une compression qu'il ouvre par un autre module reste la sienne.
    """
    if isinstance(getattr(flux, "_decompressor", None), type(zlib.decompressobj())):
        flux._decompressor = isal_zlib.decompressobj(-zlib.MAX_WBITS)  # type: ignore[attr-defined]
    return flux


def sources(chemin: Path, nom: str = "") -> list[Source]:
    """Les tableaux de ce fichier, dans l'ordre de leurs noms. Lève `FichierRefuse`."""
    nom = nom or chemin.name
    try:
        with chemin.open("rb") as flux:
            debut = flux.read(4)
    except OSError as erreur:
        raise FichierRefuse(f"« {nom} » ne s’ouvre pas : vérifiez son chemin.") from erreur
    if not debut:
        raise FichierRefuse(f"« {nom} » est vide : téléchargez-le de nouveau.")
    for signature, phrase in _SIGNATURES.items():
        if debut.startswith(signature):
            raise FichierRefuse(f"« {nom} » {phrase}")
    if debut.startswith(b"PK"):
        return _du_zip(chemin, nom)
    return [Source(chemin, nom, parquet=debut == b"PAR1")]


def _du_zip(chemin: Path, nom: str) -> list[Source]:
    try:
        with ZipFile(chemin) as archive:
            entrees = archive.infolist()
    except (*ILLISIBLE, ValueError) as erreur:
        raise FichierRefuse(ABIME.format(nom=nom)) from erreur
    _verifier_bornes(entrees, nom)
    noms = sorted(e.filename for e in entrees if _est_un_tableau(e))
    if not noms:
        raise FichierRefuse(f"« {nom} » ne contient aucun CSV : donnez le zip du registre.")
    if len(set(noms)) < len(noms):
        raise FichierRefuse(f"« {nom} » contient deux fichiers du même nom : il est trompeur.")
    return [Source(chemin, PurePosixPath(entree).name, entree) for entree in noms]


def _verifier_bornes(entrees: list[ZipInfo], nom: str) -> None:
    if len(entrees) > ENTREES_MAX or sum(e.file_size for e in entrees) > DEPLIE_MAX:
        raise FichierRefuse(f"« {nom} » se déplie en quelque chose de démesuré.")
    for entree in entrees:
        chemin = PurePosixPath(entree.filename.replace("\\", "/"))
        if chemin.is_absolute() or ".." in chemin.parts:
            raise FichierRefuse(
                f"« {nom} » contient un chemin qui sort de l’archive : il n’est pas sûr."
            )
        if entree.flag_bits & 1:
            raise FichierRefuse(
                f"« {nom} » est protégé par un mot de passe : donnez-le sans protection."
            )
        if entree.file_size > RAPPORT_MAX * max(entree.compress_size, 1024):
            raise FichierRefuse(f"« {nom} » se déplie en quelque chose de démesuré.")


def _est_un_tableau(entree: ZipInfo) -> bool:
    chemin = PurePosixPath(entree.filename)
    cache = chemin.name.startswith(".") or chemin.parts[0] == "__MACOSX"
    return chemin.suffix.lower() == ".csv" and not cache
