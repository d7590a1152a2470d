"""Verser un lot nettoyé : COPY dans une table de passage, puis une seule bascule.

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


def preparer(disposition: Disposition) -> None:
    """Pose la table de passage de cette connexion."""
    with connection.cursor() as curseur:
        with suppress(DataError), transaction.atomic():  # se refuse si une autre a déjà servi
            curseur.execute(_MEMOIRE)
        curseur.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {_passage(disposition)} (LIKE {disposition.table})"
        )


def verser(cadre: pl.DataFrame, disposition: Disposition) -> Compte:
    """Verse les lignes (colonnes du modèle, clé non vide), dans la transaction en cours."""
    if cadre.is_empty():
        return Compte()
    lot = _une_par_clef(cadre, disposition).select(disposition.champs)
    with connection.cursor() as curseur:
        _copier(curseur, lot, disposition)
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
    """D'un numéro écrit deux fois dans le lot, le dire qui l'emporte (la règle de `rang`)."""
    if cadre[disposition.clef].n_unique() == cadre.height:
        return cadre
    ordre = [c for c in ("origine", "maj_le") if c in cadre.columns]
    return cadre.sort(ordre, nulls_last=False, maintain_order=True).unique(
        disposition.clef, keep="last", maintain_order=True
    )


def _copier(curseur: Any, lot: pl.DataFrame, disposition: Disposition) -> None:
    """En CSV : un texte vide y est vide, une date ou une commune absente y est NULL."""
    tampon = BytesIO()
    lot.write_csv(tampon, include_header=False)
    curseur.execute(f"TRUNCATE {_passage(disposition)}")
    colonnes, textes = ", ".join(disposition.champs), ", ".join(_textes(disposition))
    ordre = (
        f"COPY {_passage(disposition)} ({colonnes}) FROM STDIN "
        f"(FORMAT csv, ENCODING 'UTF8', FORCE_NOT_NULL ({textes}))"
    )
    with curseur.copy(ordre) as copie:
        copie.write(tampon.getbuffer())


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
