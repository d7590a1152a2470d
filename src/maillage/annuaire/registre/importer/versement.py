"""Verser un lot nettoyé : COPY droit dans la table, ou dans une de passage puis une bascule.

La bascule n'écrit que ce qui diffère : relire le même fichier ne réécrit rien. Une ligne plus
ancienne que celle du registre ne l'écrase pas.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import polars as pl
from django.db import DataError, connection, models, transaction
from psycopg.errors import UniqueViolation

from maillage.annuaire.registre.importer.dispositions import Disposition

_FERMES = ("dissoute", "supprimee", "ferme")
_MEMOIRE = "SET temp_buffers = '48MB'"


@dataclass(frozen=True, slots=True)
class Compte:
    """Ce qu'un lot a fait au registre ; `exclues` n'y entrent pas (hors de ce qu'il retient)."""

    ajoutees: int = 0
    changees: int = 0
    dissoutes: int = 0
    exclues: int = 0


@dataclass(frozen=True, slots=True)
class Envoi:
    """Des lignes prêtes pour COPY, en CSV, une par clé ; `fermees` : dissoutes ou fermées."""

    octets: memoryview
    lignes: int
    fermees: int


def preparer(cadre: pl.DataFrame, disposition: Disposition) -> Envoi:
    """Les colonnes du modèle, clé non vide ; sans toucher à la base, d'un fil quelconque.

    Un texte vide y est vide ; une date ou une commune absente y sera NULL.
    """
    lot = _une_par_clef(cadre, disposition).select(disposition.champs)
    tampon = BytesIO()
    lot.write_csv(tampon, include_header=False)
    return Envoi(tampon.getbuffer(), lot.height, int(lot["etat"].is_in(_FERMES).sum()))


class Versement:
    """Verse les lots d'une disposition, sur cette connexion.

    Tant qu'aucun numéro n'est déjà là, un lot va droit dans la table ; au premier qui s'y trouve,
    le lot reprend par la table de passage, et les suivants avec lui.
    """

    def __init__(self, disposition: Disposition) -> None:
        self._disposition = disposition
        self._rien_n_y_est = not disposition.si
        with connection.cursor() as curseur:
            with suppress(DataError), transaction.atomic():  # se refuse si une autre a déjà servi
                curseur.execute(_MEMOIRE)
            curseur.execute(
                f"CREATE TEMP TABLE IF NOT EXISTS {_passage(disposition)} "
                f"(LIKE {disposition.table})"
            )

    def verser(self, envoi: Envoi) -> Compte:
        """Verse les lignes dans la transaction en cours."""
        if not envoi.lignes:
            return Compte()
        if self._rien_n_y_est and self._ajouter(envoi):
            return Compte(envoi.lignes, dissoutes=envoi.fermees)
        return _croiser(envoi, self._disposition)

    def _ajouter(self, envoi: Envoi) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as curseur:
                _copier(curseur, envoi, self._disposition.table, self._disposition)
        except UniqueViolation:
            self._rien_n_y_est = False
        return self._rien_n_y_est


def _croiser(envoi: Envoi, disposition: Disposition) -> Compte:
    with connection.cursor() as curseur:
        curseur.execute(f"TRUNCATE {_passage(disposition)}")
        _copier(curseur, envoi, _passage(disposition), disposition)
        exclues = _exclure(curseur, disposition)
        curseur.execute(_BOUCLES_INDEXEES)
        curseur.execute(_bascule(disposition))
        ajoutees, changees, dissoutes = curseur.fetchone()
    return Compte(ajoutees, changees, dissoutes, exclues)


# Les statistiques d'une table qui se remplit mentent : sans cela, PostgreSQL la croirait encore
# vide et la relirait tout entière à chaque lot.
_BOUCLES_INDEXEES = (
    "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; "
    "SET LOCAL enable_seqscan = off"
)


def _passage(disposition: Disposition) -> str:
    return f"passage_{disposition.code}"


def _une_par_clef(cadre: pl.DataFrame, disposition: Disposition) -> pl.DataFrame:
    """D'un numéro écrit deux fois dans le lot, le dire qui l'emporte (la règle de `rang`).

    Les autres lignes restent à leur place : PostgreSQL range plus vite des numéros qui se suivent.
    """
    clef = disposition.clef
    doubles = cadre[clef].is_duplicated()
    if not doubles.any():
        return cadre
    ordre = [c for c in ("origine", "maj_le") if c in cadre.columns]
    dires = cadre.with_row_index("_rang").filter(doubles)
    dires = dires.sort(ordre, nulls_last=False, maintain_order=True)
    retenus = dires.unique(clef, keep="last")["_rang"]
    return cadre.filter((~doubles).scatter(retenus, True))


def _copier(curseur: Any, envoi: Envoi, table: str, disposition: Disposition) -> None:
    colonnes, textes = ", ".join(disposition.champs), ", ".join(_textes(disposition))
    ordre = (
        f"COPY {table} ({colonnes}) FROM STDIN "
        f"(FORMAT csv, ENCODING 'UTF8', FORCE_NOT_NULL ({textes}))"
    )
    with curseur.copy(ordre) as copie:
        copie.write(envoi.octets)


def _textes(disposition: Disposition) -> list[str]:
    champs = disposition.modele._meta.concrete_fields
    return [str(f.column) for f in champs if isinstance(f, models.CharField | models.TextField)]


def _exclure(curseur: Any, disposition: Disposition) -> int:
    if not disposition.si:
        return 0
    curseur.execute(f"DELETE FROM {_passage(disposition)} p WHERE NOT {disposition.si}")
    exclues: int = curseur.rowcount
    return exclues


def _bascule(disposition: Disposition) -> str:
    clef, valeurs = disposition.clef, disposition.champs[1:]
    colonnes = ", ".join(disposition.champs)
    avant = ", ".join(f"t.{v}" for v in valeurs)
    apres = ", ".join(f"EXCLUDED.{v}" for v in valeurs)
    passees = ", ".join(f"p.{v}" for v in valeurs)
    recent = f"{disposition.rang.format('p')} >= {disposition.rang.format('t')}"
    depuis = ", ".join(f"p.{c}" for c in disposition.champs)
    etats = ", ".join(f"'{etat}'" for etat in _FERMES)
    return (
        f"WITH touchees AS (INSERT INTO {disposition.table} AS t ({colonnes}) "
        f"SELECT {depuis} FROM {_passage(disposition)} p "
        f"LEFT JOIN {disposition.table} t ON t.{clef} = p.{clef} "
        f"WHERE t.{clef} IS NULL OR ({recent} AND ({avant}) IS DISTINCT FROM ({passees})) "
        f"ON CONFLICT ({clef}) DO UPDATE SET ({', '.join(valeurs)}) = ({apres}) "
        f"RETURNING t.xmax = 0 AS neuve, t.etat) "
        f"SELECT count(*) FILTER (WHERE neuve), count(*) FILTER (WHERE NOT neuve), "
        f"count(*) FILTER (WHERE etat IN ({etats})) FROM touchees"
    )
