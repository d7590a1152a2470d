"""L'import du RNA : rapporté à un COPY nu, sa mémoire, le second, et ce qu'il reste d'un kill -9.

Chaque import est un processus à part, compté de son lancement à sa fin ; la mémoire est son
maximum résident (`ru_maxrss`). Le COPY nu verse les mêmes lignes nettoyées dans la même table,
vidée, avec sa clé primaire et ses deux index. L'index de recherche se construit après, des deux
côtés : il est compté à part.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from django.db import connection

from maillage.annuaire.models import AssociationRNA, ConstatDImport, ImportDeRegistre
from maillage.annuaire.recherche.index import reconstruire
from maillage.annuaire.registre.fabriquer.ecriture import fabriquer_rna
from maillage.config.mesurer.chiffres import Chiffre
from maillage.config.mesurer.processus import environnement
from maillage.config.mesurer.registre.tuerie import tuer_et_comparer
from maillage.territoires.chargement import charger
from maillage.territoires.models import Territoire

GRAINE = 4
LIGNES_TUEES = 200_000
TABLE = AssociationRNA._meta.db_table


def mesurer(lignes: int) -> dict[str, Chiffre]:
    """Pose un registre de `lignes` associations et dit ce que cela a coûté."""
    if not Territoire.objects.exists():
        charger()
    with tempfile.TemporaryDirectory() as dossier:
        petit = _fabriquer(min(lignes, LIGNES_TUEES), Path(dossier) / "petit")
        reprise = tuer_et_comparer(petit, Path(dossier), vider)
        fichier = _fabriquer(lignes, Path(dossier) / "grand")
        vider()
        premier, memoire = _importer(fichier)
        second, _ = _importer(fichier)
        copie = _copier(Path(dossier) / "lignes.copie")
    recherche = _chronometrer(reconstruire)
    return {
        "import / COPY nu": Chiffre(premier / copie, "fois", au_plus=2),
        "second import / premier": Chiffre(second / premier, "fois", au_plus=1),
        "mémoire de pointe": Chiffre(memoire, "Mo", au_plus=600),
        **reprise,
        "lignes versées": Chiffre(AssociationRNA.objects.count()),
        "premier import": Chiffre(premier, "s"),
        "second import": Chiffre(second, "s"),
        "COPY nu": Chiffre(copie, "s"),
        "index de recherche, après": Chiffre(recherche, "s"),
    }


def vider() -> None:
    """Le registre RNA et ses imports, comme si rien n'avait eu lieu."""
    ConstatDImport.objects.all().delete()
    ImportDeRegistre.objects.all().delete()
    with connection.cursor() as curseur:
        curseur.execute(f"TRUNCATE {TABLE}")
        curseur.execute("CHECKPOINT")


def _fabriquer(lignes: int, dossier: Path) -> Path:
    return fabriquer_rna(lignes, GRAINE, dossier, "waldec-2026", lambda _nombre: None).archive


def _importer(fichier: Path) -> tuple[float, float]:
    """Les secondes et les Mo du processus qui importe."""
    commande = [sys.executable, "-m", "maillage.config"]
    arguments = ["importer", "rna", "--sans-recherche", str(fichier)]
    debut = monotonic()
    enfant = os.posix_spawn(sys.executable, [*commande, *arguments], environnement())
    _, statut, usage = os.wait4(enfant, 0)
    duree = monotonic() - debut
    if statut:
        raise RuntimeError(f"L'import de {fichier} a échoué (statut {statut}).")
    return duree, usage.ru_maxrss / 1024


def _copier(sortie: Path) -> float:
    """Les secondes d'un COPY nu des lignes qu'a posées l'import, dans leur ordre."""
    with connection.cursor() as curseur:
        with sortie.open("wb") as fichier, curseur.copy(f"COPY {TABLE} TO STDOUT") as copie:
            for morceau in copie:
                fichier.write(morceau)
        curseur.execute(f"TRUNCATE {TABLE}")
        curseur.execute("CHECKPOINT")
        return _chronometrer(lambda: _verser(sortie))


def _verser(sortie: Path) -> None:
    with (
        connection.cursor() as curseur,
        sortie.open("rb") as fichier,
        curseur.copy(f"COPY {TABLE} FROM STDIN") as copie,
    ):
        while morceau := fichier.read(256 * 1024):
            copie.write(morceau)


def _chronometrer(geste: Callable[[], object]) -> float:
    debut = monotonic()
    geste()
    return monotonic() - debut
