"""Écrire les fichiers : un CSV par département, en parallèle, puis une archive zip.

Trois mille lignes sur deux millions sont fautives (`fautes.csv` les liste) : un numéro invalide ou
des colonnes qui manquent. Les paires vraies sont dans `doublons.csv`. À graine égale, les mêmes
octets : chaque département a son propre tirage, l'archive une date fixe.
"""

from __future__ import annotations

import csv
import os
import random
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from maillage.annuaire.registre.fabriquer.associations import Association, Fabrique
from maillage.annuaire.registre.fabriquer.formes import FORMES
from maillage.annuaire.registre.fabriquer.lieux import Departement, repartir
from maillage.annuaire.registre.fabriquer.tirage import un

FAUTIVES = 0.0015
DATE_DE_L_ARCHIVE = (2026, 1, 1, 0, 0, 0)

Doublon = tuple[str, str, str]
Faute = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Fabrication:
    """Ce qui a été écrit : l'archive, les paires vraies, les lignes fautives et leurs nombres."""

    archive: Path
    doublons: Path
    fautes: Path
    lignes: int
    paires: int
    fautives: int


@dataclass(frozen=True, slots=True)
class _Fichier:
    """Le CSV d'un département, avant l'archive."""

    chemin: Path
    lignes: int
    doublons: list[Doublon]
    fautes: list[Faute]


def fabriquer_rna(
    lignes: int,
    graine: int,
    dossier: Path,
    forme: str = "waldec-2026",
    avancer: Callable[[int], None] = lambda _: None,
) -> Fabrication:
    """Écrit `lignes` associations dans `dossier` ; `avancer` reçoit les lignes de chaque fichier.

    L'archive se nomme comme celles du ministère ; ce qui s'y trouvait sous ce nom est remplacé.
    """
    dossier.mkdir(parents=True, exist_ok=True)
    archive = dossier / f"{FORMES[forme].archive}.zip"
    paires, fautes = dossier / "doublons.csv", dossier / "fautes.csv"
    with (
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zip_ouvert,
        _table(paires, "numero_a", "numero_b", "sorte") as ecrire_paires,
        _table(fautes, "fichier", "numero", "faute") as ecrire_fautes,
    ):
        comptes = [0, 0]
        for fichier in _fichiers(lignes, graine, dossier, forme):
            _ranger(zip_ouvert, fichier.chemin)
            ecrire_paires(fichier.doublons)
            ecrire_fautes(fichier.fautes)
            comptes[0] += len(fichier.doublons)
            comptes[1] += len(fichier.fautes)
            avancer(fichier.lignes)
    return Fabrication(archive, paires, fautes, lignes, *comptes)


def _fichiers(lignes: int, graine: int, dossier: Path, forme: str) -> Iterator[_Fichier]:
    """Un processus par cœur ; l'ordre rendu est celui des départements."""
    parts = [(d, nombre) for d, nombre in repartir(lignes) if nombre]
    coeurs = min(os.cpu_count() or 1, len(parts))
    if lignes < 20_000 or coeurs == 1:
        yield from map(_ecrire, parts, repeat(graine), repeat(dossier), repeat(forme))
        return
    with ProcessPoolExecutor(coeurs, get_context("fork")) as ouvriers:
        yield from ouvriers.map(_ecrire, parts, repeat(graine), repeat(dossier), repeat(forme))


def _ecrire(part: tuple[Departement, int], graine: int, dossier: Path, nom: str) -> _Fichier:
    """Le CSV d'un département. Sa mise en forme a son propre tirage, pas celui du contenu."""
    departement, nombre = part
    forme = FORMES[nom]
    alea = random.Random(f"{graine}/{departement.code}/{nom}")  # noqa: S311 - pour mesurer
    chemin = dossier / f"{forme.archive}_dpt_{departement.code.lower():0>2}.csv"
    doublons: list[Doublon] = []
    fautes: list[Faute] = []
    declares: dict[int, list[str]] = defaultdict(list)
    with chemin.open("w", encoding=forme.encodage, errors="replace", newline="") as fichier:
        if forme.encodage == "utf-8":
            fichier.write("\ufeff")
        fichier.write(forme.entete)
        for association in Fabrique(departement, graine).flux(nombre):
            champs = forme.champs(association, alea)
            if alea.random() < FAUTIVES:
                fautes.append((chemin.name, champs[0], _gater(champs, alea)))
            else:
                doublons += _paires(declares, association, champs[0])
            fichier.write(forme.ligne(champs))
    return _Fichier(chemin, nombre, doublons, fautes)


def _paires(
    declares: dict[int, list[str]], association: Association, numero: str
) -> Iterator[Doublon]:
    """Ses paires avec l'origine (sorte de la variation) et les copies d'avant (« copies »)."""
    origine = association.rang if association.copie_de is None else association.copie_de
    memes = declares[origine]
    for rang, autre in enumerate(memes):
        de_l_origine = rang == 0 and autre.endswith(f"{origine + 1:06d}")
        yield autre, numero, association.sorte if de_l_origine else "copies"
    memes.append(numero)


def _gater(champs: list[str], alea: random.Random) -> str:
    """Rend la ligne irrecevable et dit comment ; une ligne gâtée n'entre dans aucune paire."""
    if alea.random() < 0.7:
        champs[0] = champs[0][:6] + un(alea, ("?", "", " X"))
        return "numéro invalide"
    del champs[len(champs) // 2 :]
    return "colonnes manquantes"


def _ranger(archive: zipfile.ZipFile, chemin: Path) -> None:
    """Déplace le CSV dans l'archive, à date fixe pour que les octets ne dépendent que de nous."""
    entree = zipfile.ZipInfo(chemin.name, DATE_DE_L_ARCHIVE)
    entree.compress_type = zipfile.ZIP_DEFLATED
    with chemin.open("rb") as source, archive.open(entree, "w", force_zip64=True) as cible:
        while bloc := source.read(1 << 20):
            cible.write(bloc)
    chemin.unlink()


@contextmanager
def _table(chemin: Path, *entete: str) -> Iterator[Callable[[list[tuple[str, str, str]]], None]]:
    """Un petit CSV ; rend de quoi y écrire des lignes."""
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        table = csv.writer(fichier)
        table.writerow(entete)
        yield table.writerows
