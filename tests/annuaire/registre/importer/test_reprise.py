"""Un processus tué au milieu d'un import : repris seul, le contenu est le même que sans mort."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from maillage.annuaire.models import (
    AssociationRNA,
    ConstatDImport,
    EtatImport,
    ImportDeRegistre,
    Registre,
)
from maillage.annuaire.registre.importer.execution import importer
from maillage.annuaire.registre.importer.ouverture import ouvrir
from maillage.annuaire.registre.importer.refus import FichierRefuse
from maillage.annuaire.registre.importer.travail import demander
from maillage.socle.models import Travail
from maillage.socle.travaux.execution import reprendre_les_interrompus
from tests.annuaire.registre.importer.fichiers import associations, deposer, tableau, zipper
from tests.fabriques import agent, commune, departement, organisation

VERROU = "hashtextextended('registre:rna', 0)"
RACINE = Path(__file__).resolve().parents[4]
pytestmark = pytest.mark.django_db(transaction=True)


def ouvrier(dossier: Path, mourir_au: int) -> int:
    commande = [sys.executable, "-m", "tests.annuaire.registre.importer.ouvrier"]
    base = str(connection.settings_dict["NAME"])
    fini = subprocess.run([*commande, base, str(dossier), str(mourir_au)], cwd=RACINE, timeout=240)
    return fini.returncode


def reprises() -> int:
    """Ce que fait la tâche périodique, hors du fil où Playwright tient une boucle."""

    def faire() -> int:
        try:
            return async_to_sync(reprendre_les_interrompus)(app.job_manager, silence=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        return fil.submit(faire).result()


def contenu() -> tuple[int, str]:
    """Le nombre de lignes et leur somme de contrôle."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*), md5(string_agg(a::text, '|' ORDER BY numero)) "
            "FROM annuaire_associationrna a"
        )
        nombre, somme = curseur.fetchone()
    return nombre, somme


def deux_departements(dossier: Path) -> Path:
    """Deux CSV de 400 lignes ; le second en redit cinquante du premier, et a une ligne fautive."""
    lignes = associations(750)
    fautive = {**lignes[0], "id": "néant"}
    return zipper(
        dossier, {"25.csv": tableau(lignes[:400]), "39.csv": tableau([*lignes[350:], fautive])}
    )


def test_tue_deux_fois_un_import_reprend_seul_sans_doublon_ni_perte(tmp_path: Path) -> None:
    commune(dans=departement())
    chemin = deux_departements(tmp_path)
    importer(ouvrir(chemin, Registre.RNA), conclure=False)
    temoin = contenu()
    assert temoin[0] == 750
    AssociationRNA.objects.all().delete()
    ImportDeRegistre.objects.all().delete()

    demander(chemin=chemin, nom="rna.zip", registre=Registre.RNA, par=agent(organisation()))
    verses = []
    for mourir_au in (4, 7):
        assert ouvrier(tmp_path, mourir_au) == -9
        verses.append(ImportDeRegistre.objects.get().lues)
        assert reprises() == 1
    assert 0 < verses[0] < verses[1] < 801
    assert ouvrier(tmp_path, 0) == 0

    importation = ImportDeRegistre.objects.get()
    assert importation.etat == EtatImport.FINI
    assert (importation.lues, importation.ajoutees, importation.rejetees) == (801, 750, 1)
    assert ConstatDImport.objects.count() == 1
    assert contenu() == temoin
    assert Travail.objects.get().etat == "fini"


def test_un_fichier_change_pendant_l_arret_n_est_pas_repris(tmp_path: Path) -> None:
    chemin = deposer(tmp_path, tableau(associations(3)))
    importation = ouvrir(chemin, Registre.RNA)
    deposer(tmp_path, tableau(associations(4)))
    with pytest.raises(FichierRefuse, match="changé"):
        importer(importation)
    assert not AssociationRNA.objects.exists()


def test_deux_imports_du_meme_registre_ne_se_melent_pas(tmp_path: Path) -> None:
    importation = ouvrir(deposer(tmp_path, tableau(associations(3))), Registre.RNA)

    def ailleurs() -> None:
        try:
            with connection.cursor() as curseur:
                curseur.execute(f"SELECT pg_advisory_lock({VERROU})")
            relacher.result(60)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as fils:
        relacher: Future[None] = Future()
        autre = fils.submit(ailleurs)
        try:
            while not _tenu():
                pass
            with pytest.raises(FichierRefuse, match="en cours"):
                importer(importation)
        finally:
            relacher.set_result(None)
            autre.result(60)
    while _tenu():  # PostgreSQL ne voit pas la fermeture tout de suite
        pass
    assert importer(importation, conclure=False).startswith("3")


def _tenu() -> bool:
    """Le verrou du RNA est à une autre session : celle-ci ne peut pas le prendre."""
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT pg_try_advisory_lock({VERROU})")
        (libre,) = curseur.fetchone()
        if libre:
            curseur.execute(f"SELECT pg_advisory_unlock({VERROU})")
    return not libre
