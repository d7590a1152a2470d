"""Tuer le travailleur au milieu d'un import, en relancer un, et ne rien faire d'autre.

C'est ce que fait un superviseur de services : le travail, lui, doit être repris par la tâche
périodique, sans qu'une personne n'appuie, et le contenu être le même que sans mort.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from django.db import connection

from maillage.annuaire.models import AssociationRNA, ImportDeRegistre, Registre
from maillage.annuaire.registre.importer.execution import importer
from maillage.annuaire.registre.importer.ouverture import ouvrir
from maillage.annuaire.registre.importer.travail import demander
from maillage.config.mesurer.chiffres import Chiffre
from maillage.config.mesurer.processus import environnement
from maillage.socle.models import Travail, Utilisateur
from maillage.socle.travaux.models import EtatTravail

PATIENCE = 600
_CONTENU = (
    f"SELECT count(*), sum(hashtextextended(a::text, 0)) FROM {AssociationRNA._meta.db_table} a"  # noqa: S608
)


def tuer_et_comparer(fichier: Path, dossier: Path, vider: Callable[[], None]) -> dict[str, Chiffre]:
    """Importe `fichier` d'un trait, puis en tuant le travailleur au milieu ; compare les sommes."""
    vider()
    importer(ouvrir(fichier, Registre.RNA), conclure=False)
    temoin = contenu()
    vider()
    compte, _ = Utilisateur.objects.get_or_create(courriel="mesures@exemple.fr")
    travail = demander(chemin=fichier, nom=fichier.name, registre=Registre.RNA, par=compte)
    with travailleur(dossier) as premier:
        attendre(lambda: _lues() * 3 > temoin[0])
        premier.kill()
        premier.wait()
    au_coup = _lues()
    debut = monotonic()
    with travailleur(dossier):
        attendre(lambda: not Travail.objects.inacheves().filter(pk=travail.pk).exists())
    travail.refresh_from_db()
    fini = travail.etat == EtatTravail.FINI
    return {
        "kill -9 : lignes versées au coup": Chiffre(au_coup),
        "kill -9 : repris seul et fini": Chiffre(int(fini), au_moins=1),
        "kill -9 : même contenu (somme de contrôle)": Chiffre(int(contenu() == temoin), au_moins=1),
        "kill -9 : reprise et fin": Chiffre(monotonic() - debut, "s"),
    }


def contenu() -> tuple[int, int]:
    """Le nombre de lignes et une somme de contrôle qui ne dépend pas de leur ordre."""
    with connection.cursor() as curseur:
        curseur.execute(_CONTENU)
        nombre, somme = curseur.fetchone()
    return nombre, somme


@contextmanager
def travailleur(dossier: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Un « maillage travailler », le temps du bloc."""
    commande = [sys.executable, "-m", "maillage.config", "travailler", "--simultanes", "1"]
    with (dossier / "travailleur.txt").open("ab") as sortie:
        processus = subprocess.Popen(  # noqa: S603 - notre propre commande
            commande, env=environnement(), stdout=sortie, stderr=sortie
        )
    try:
        yield processus
    finally:
        processus.terminate()
        processus.wait(60)


def attendre(condition: Callable[[], bool]) -> None:
    fin = monotonic() + PATIENCE
    while not condition():
        if monotonic() > fin:
            raise TimeoutError("Le travailleur n'a pas fini dans les dix minutes.")
        sleep(0.2)


def _lues() -> int:
    return sum(ImportDeRegistre.objects.en_cours().values_list("lues", flat=True))
