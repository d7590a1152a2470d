"""Lire une source vérifiée, bloc par bloc, en tableaux des seules colonnes de sa disposition.

Deux lecteurs pour un bloc de CSV : polars, et, s'il bute, le module `csv`, qui dit exactement
quelles lignes sont fautives. Le nettoyage qui suit est le même.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from maillage.annuaire.registre.importer.blocs import SAUT, Bloc, blocs, compter, ou
from maillage.annuaire.registre.importer.dispositions import Disposition
from maillage.annuaire.registre.importer.refus import FichierRefuse
from maillage.annuaire.registre.importer.sources import ABIME, Source
from maillage.annuaire.registre.importer.verification import ANCIEN, Tableau

LIGNES_DE_PARQUET = 20_000


@dataclass(frozen=True, slots=True)
class Lecture:
    """Un bloc lu. `cadre` a les colonnes lues et `_ligne` ; `illisibles` : (ligne, raison).

    `decalage` et `ligne` sont le point où reprendre après lui.
    """

    cadre: pl.DataFrame
    illisibles: list[tuple[int, str]]
    decalage: int
    ligne: int


def lire(
    source: Source, tableau: Tableau, disposition: Disposition, *, decalage: int, ligne: int
) -> Iterator[Lecture]:
    """Les blocs de la source à partir d'un point de reprise. Lève `FichierRefuse`."""
    if tableau.parquet:
        yield from _du_parquet(source, tableau, disposition, decalage)
        return
    with source.ouvrir() as flux:
        for bloc in blocs(flux, debut=decalage or tableau.debut, ligne=ligne or 2):
            cadre, illisibles = _du_csv(bloc, tableau, disposition)
            yield Lecture(cadre, illisibles, bloc.fin, bloc.ligne_suivante)


def _du_csv(
    bloc: Bloc, tableau: Tableau, disposition: Disposition
) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
    octets = bloc.octets
    if tableau.encodage == ANCIEN:
        octets = octets.decode(ANCIEN, "replace").encode()
    try:
        cadre = _numeroter(_par_polars(octets, tableau, disposition), bloc, octets)
    except (pl.exceptions.PolarsError, _ADouble):
        return _par_csv(octets.decode(), bloc, tableau, disposition)
    return _sans_les_courtes(cadre, bloc, octets, tableau)


class _ADouble(Exception):
    """Les numéros de ligne du bloc ne tombent pas juste."""


def _par_polars(octets: bytes, tableau: Tableau, disposition: Disposition) -> pl.DataFrame:
    derniere = tableau.colonnes[-1]
    lues = [c for c in tableau.colonnes if c in disposition.lues or c == derniere]
    cadre = (
        pl.scan_csv(
            octets,
            separator=tableau.separateur,
            has_header=False,
            schema=dict.fromkeys(tableau.colonnes, pl.String),
        )
        .select(lues)
        .collect()
    )
    return _completer(cadre, disposition).with_columns(_courte=cadre[derniere].is_null())


def _completer(cadre: pl.DataFrame, disposition: Disposition) -> pl.DataFrame:
    """Les colonnes lues, toutes là, sans rien d'inconnu : un champ absent est vide."""
    return cadre.select(
        (pl.col(c) if c in cadre.columns else pl.lit(None, pl.String)).fill_null("").alias(c)
        for c in disposition.lues
    )


def _numeroter(cadre: pl.DataFrame, bloc: Bloc, octets: bytes) -> pl.DataFrame:
    """`_ligne` : où commence chaque enregistrement, ceux d'avant pouvant tenir sur plusieurs."""
    rangs = pl.int_range(bloc.ligne, bloc.ligne + cadre.height, dtype=pl.Int64, eager=True)
    de_trop = compter(octets.rstrip(b"\r\n"), SAUT) + 1 - cadre.height
    if de_trop:
        sauts = _sauts(cadre, pl.col("objet")) if "objet" in cadre.columns else None
        if sauts is None or sauts.sum() != de_trop:  # presque tous sont dans l'objet
            sauts = _sauts(cadre, pl.col(pl.String))
        if sauts.sum() != de_trop:
            raise _ADouble
        rangs += sauts.cum_sum() - sauts
    return cadre.with_columns(_ligne=rangs)


def _sauts(cadre: pl.DataFrame, colonnes: pl.Expr) -> pl.Series:
    """Les sauts de ligne que chaque enregistrement contient dans ces colonnes."""
    comptes = pl.sum_horizontal(colonnes.str.count_matches("\n", literal=True))
    return cadre.select(comptes.cast(pl.Int64)).to_series()


def _sans_les_courtes(
    cadre: pl.DataFrame, bloc: Bloc, octets: bytes, tableau: Tableau
) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
    """Ôte les lignes à qui il manque des champs : le dernier n'y est pas.

    Un dernier champ peut n'être que vide : `csv` compte ceux de ces seules lignes.
    """
    suspectes = cadre.filter("_courte")["_ligne"].to_list()
    cadre = cadre.drop("_courte")
    if not suspectes:
        return cadre, []
    debuts, attendus = [0, *(ou(octets, SAUT) + 1)], len(tableau.colonnes)
    comptes = {n: _champs(octets, debuts[n - bloc.ligne], tableau.separateur) for n in suspectes}
    courtes = {n: champs for n, champs in comptes.items() if champs != attendus}
    dites = [(n, _raison(champs, attendus)) for n, champs in courtes.items() if champs]
    return cadre.filter(~pl.col("_ligne").is_in(list(courtes))), dites


def _champs(octets: bytes, debut: int, separateur: str) -> int:
    """Combien de champs a l'enregistrement qui commence là ; aucun pour une ligne vide."""
    return len(next(csv.reader(_lignes(octets, debut), delimiter=separateur)))


def _lignes(octets: bytes, debut: int) -> Iterator[str]:
    """Les lignes à partir de cet octet, chacune avec son saut."""
    while debut < len(octets):
        fin = octets.find(b"\n", debut) + 1 or len(octets)
        yield octets[debut:fin].decode()
        debut = fin


def _raison(champs: int, attendus: int) -> str:
    return f"{champs} champs au lieu de {attendus}"


def _par_csv(
    texte: str, bloc: Bloc, tableau: Tableau, disposition: Disposition
) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
    csv.field_size_limit(len(texte) + 1)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=tableau.separateur)
    entiers: list[list[str]] = []
    lignes: list[int] = []
    illisibles: list[tuple[int, str]] = []
    debut, attendus = bloc.ligne, len(tableau.colonnes)
    for champs in lecteur:
        if len(champs) == attendus:
            entiers.append(champs)
            lignes.append(debut)
        elif champs:
            illisibles.append((debut, _raison(len(champs), attendus)))
        debut = bloc.ligne + lecteur.line_num
    schema = dict.fromkeys(tableau.colonnes, pl.String)
    cadre = _completer(pl.DataFrame(entiers, schema=schema, orient="row"), disposition)
    return cadre.with_columns(_ligne=pl.Series(lignes, dtype=pl.Int64)), illisibles


def _du_parquet(
    source: Source, tableau: Tableau, disposition: Disposition, decalage: int
) -> Iterator[Lecture]:
    voulues = [pl.col(c).cast(pl.String) for c in tableau.colonnes if c in disposition.lues]
    balayage = pl.scan_parquet(source.chemin).select(voulues)
    for debut in range(decalage, tableau.lignes, LIGNES_DE_PARQUET):
        try:
            cadre = balayage.slice(debut, LIGNES_DE_PARQUET).collect()
        except (pl.exceptions.PolarsError, OSError) as erreur:
            raise FichierRefuse(ABIME.format(nom=source.nom)) from erreur
        fin = debut + cadre.height
        numerotes = _completer(cadre, disposition).with_columns(
            _ligne=pl.int_range(debut + 1, fin + 1, dtype=pl.Int64, eager=True)
        )
        yield Lecture(numerotes, [], fin, fin + 1)
