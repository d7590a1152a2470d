"""Charger le découpage officiel en base : atomique, répétable, sans changer un identifiant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from maillage.territoires.decoupage import DOSSIER, Ancien, Cle, Ligne, lire
from maillage.territoires.models import AncienCode, Niveau, Territoire
from maillage.territoires.noms import cle_de_nom

Progression = Callable[[int, int, str], None]

_TERRITOIRE = Territoire._meta.db_table
_ANCIEN = AncienCode._meta.db_table
_CHAMPS = (
    "id",
    "niveau",
    "code",
    "nom",
    "nom_normalise",
    "departement_id",
    "region_id",
    "epci_id",
    "population",
    "longitude",
    "latitude",
    "chemin",
    "actuel",
)
_CHAMPS_ANCIEN = ("code", "nom", "nom_normalise", "territoire_id")


@dataclass(frozen=True, slots=True)
class Bilan:
    """Ce qu'un chargement a trouvé et changé ; `disparus` sont gardés, marqués non actuels."""

    territoires: int
    anciens: int
    crees: int
    changes: int
    disparus: int


def charger(progression: Progression | None = None, *, dossier: Path = DOSSIER) -> Bilan:
    """Charge le découpage de `dossier` par COPY.

    `progression(fait, total, quoi)` est appelée à chaque étape. Lève `DecoupageIllisible` sans
    rien changer en base.
    """
    avancer = progression or (lambda _fait, _total, _quoi: None)
    avancer(0, 3, "lecture du découpage")
    decoupage = lire(dossier)
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(f"LOCK TABLE {_TERRITOIRE} IN SHARE ROW EXCLUSIVE MODE")
        avancer(1, 3, "territoires")
        ids, crees = _identifiants(curseur, decoupage.territoires)
        changes = _fusionner(
            curseur, _TERRITOIRE, _CHAMPS, "id", _lignes(decoupage.territoires, ids)
        )
        disparus = _marquer_disparus(curseur, list(ids.values()))
        avancer(2, 3, "anciens codes")
        _fusionner(
            curseur, _ANCIEN, _CHAMPS_ANCIEN, "code", _lignes_anciennes(decoupage.anciens, ids)
        )
        curseur.execute(
            f"DELETE FROM {_ANCIEN} WHERE code <> ALL(%s)",  # noqa: S608
            [[a.code for a in decoupage.anciens]],
        )
        _rattacher_disparus(curseur)
        curseur.execute(f"ANALYZE {_TERRITOIRE}, {_ANCIEN}")
    avancer(3, 3, "terminé")
    return Bilan(
        territoires=len(decoupage.territoires),
        anciens=len(decoupage.anciens),
        crees=crees,
        changes=changes - crees,
        disparus=disparus,
    )


def _identifiants(curseur: Any, lignes: Sequence[Ligne]) -> tuple[dict[Cle, int], int]:
    """L'identifiant de chaque territoire : celui qu'il a déjà, sinon un nouveau ; et combien."""
    connus = {(n, c): pk for pk, n, c in Territoire.objects.values_list("pk", "niveau", "code")}
    nouvelles = [ligne.cle for ligne in lignes if ligne.cle not in connus]
    curseur.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [_TERRITOIRE, len(nouvelles)],
    )
    neufs = zip(nouvelles, (pk for (pk,) in curseur.fetchall()), strict=True)
    tous = connus | dict(neufs)
    return {ligne.cle: tous[ligne.cle] for ligne in lignes}, len(nouvelles)


def _lignes(lignes: Iterable[Ligne], ids: dict[Cle, int]) -> Iterable[tuple[Any, ...]]:
    for ligne in lignes:
        parents = [
            ids.get(ligne.seul(niveau) or ("", ""))
            for niveau in (Niveau.DEPARTEMENT, Niveau.REGION, Niveau.EPCI)
        ]
        yield (
            ids[ligne.cle],
            ligne.niveau,
            ligne.code,
            ligne.nom,
            cle_de_nom(ligne.nom),
            *parents,
            ligne.population,
            ligne.longitude,
            ligne.latitude,
            [ids[ligne.cle], *(ids[cle] for cle in ligne.contenants)],
            True,
        )


def _lignes_anciennes(
    anciens: Iterable[Ancien], ids: dict[Cle, int]
) -> Iterable[tuple[str, str, str, int]]:
    for ancien in anciens:
        commune = ids[Niveau.COMMUNE.value, ancien.commune]
        yield ancien.code, ancien.nom, cle_de_nom(ancien.nom), commune


def _fusionner(
    curseur: Any,
    table: str,
    champs: Sequence[str],
    clef: str,
    lignes: Iterable[tuple[Any, ...]],
) -> int:
    """COPY dans une table de passage, puis insère ou met à jour ; rend les lignes touchées."""
    passage, colonnes = f"{table}_passage", ", ".join(champs)
    curseur.execute(
        f"CREATE TEMP TABLE {passage} AS "  # noqa: S608
        f"SELECT {colonnes} FROM {table} WITH NO DATA"
    )
    with curseur.copy(f"COPY {passage} ({colonnes}) FROM STDIN") as copie:
        for ligne in lignes:
            copie.write_row(ligne)
    valeurs = [champ for champ in champs if champ != clef]
    avant = ", ".join(f"t.{champ}" for champ in valeurs)
    apres = ", ".join(f"EXCLUDED.{champ}" for champ in valeurs)
    curseur.execute(
        f"INSERT INTO {table} AS t ({colonnes}) SELECT {colonnes} FROM {passage} "  # noqa: S608
        f"ON CONFLICT ({clef}) DO UPDATE SET ({', '.join(valeurs)}) = ({apres}) "
        f"WHERE ({avant}) IS DISTINCT FROM ({apres})"
    )
    touchees: int = curseur.rowcount
    curseur.execute(f"DROP TABLE {passage}")
    return touchees


def _marquer_disparus(curseur: Any, ids: list[int]) -> int:
    curseur.execute(
        f"UPDATE {_TERRITOIRE} SET actuel = false "  # noqa: S608
        "WHERE actuel AND id <> ALL(%s)",
        [ids],
    )
    disparus: int = curseur.rowcount
    return disparus


def _rattacher_disparus(curseur: Any) -> None:
    """Une commune disparue suit sa remplaçante : les périmètres continuent de la recouvrir."""
    curseur.execute(
        f"UPDATE {_TERRITOIRE} AS t SET chemin = t.id || neuve.chemin "  # noqa: S608
        f"FROM {_ANCIEN} AS a JOIN {_TERRITOIRE} AS neuve ON neuve.id = a.territoire_id "
        "WHERE t.niveau = %s AND NOT t.actuel AND a.code = t.code "
        "AND t.chemin IS DISTINCT FROM t.id || neuve.chemin",
        [Niveau.COMMUNE.value],
    )
