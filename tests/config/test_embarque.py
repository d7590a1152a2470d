"""Le serveur embarqué : fermé aux autres, et debout quoi qu'il soit arrivé avant."""

import os
import pwd
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest

from maillage.config import embarque
from maillage.config.embarque import ErreurEmbarque, Serveur


@pytest.fixture
def racine() -> Iterator[Path]:
    """Un dossier court et traversable : tmp_path n'est ni l'un ni l'autre."""
    dossier = Path(f"/tmp/maillage-essai-{os.getpid()}")
    yield dossier
    Serveur(dossier).arreter()
    subprocess.run(["rm", "-rf", dossier], check=True)


@pytest.fixture
def serveur(racine: Path) -> Serveur:
    return Serveur(racine, {"fsync": "off"})


def demander(serveur: Serveur, question: str) -> object:
    with psycopg.connect(serveur.url()) as connexion:
        ligne = connexion.execute(question).fetchone()  # type: ignore[call-overload]
    return ligne[0]


def test_demarrer_deux_fois_puis_arreter(serveur: Serveur) -> None:
    assert serveur.demarrer()
    assert not serveur.demarrer()
    assert demander(serveur, "SELECT lower('ÉCOLE À L''ŒUVRE')") == "école à l'œuvre"
    assert serveur.arreter()
    assert not serveur.actif()
    assert not serveur.arreter()


def test_creer_ne_demarre_pas(serveur: Serveur) -> None:
    assert serveur.creer()
    assert not serveur.creer()
    assert not serveur.actif()


def test_les_donnees_survivent_a_un_serveur_tue(serveur: Serveur) -> None:
    serveur.demarrer()
    with psycopg.connect(serveur.url()) as connexion:
        connexion.execute("CREATE TABLE temoin AS SELECT 42 AS valeur")
    tue = int(serveur._fiche()[0])
    os.kill(tue, signal.SIGKILL)
    while psutil.pid_exists(tue) and psutil.Process(tue).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    assert serveur.demarrer()
    assert demander(serveur, "SELECT valeur FROM temoin") == 42


def test_le_numero_d_un_autre_processus_ne_trompe_pas(serveur: Serveur) -> None:
    """Après un redémarrage de la machine, le numéro noté est souvent déjà repris."""
    serveur.demarrer()
    fiche = serveur._fiche()
    serveur.arreter()
    serveur._chemin_fiche.write_text("\n".join([str(os.getpid()), *fiche[1:], ""]))
    assert not serveur.actif()
    assert serveur.demarrer()


def test_plusieurs_demarrages_simultanes_n_en_font_qu_un(racine: Path) -> None:
    with ThreadPoolExecutor(4) as fils:
        demarres = list(fils.map(lambda _: Serveur(racine).demarrer(), range(4)))
    assert sorted(demarres) == [False, False, False, True]


def test_personne_d_autre_n_entre(serveur: Serveur) -> None:
    serveur.demarrer()
    assert demander(serveur, "SHOW listen_addresses") == ""
    for dossier in (serveur.dossier, serveur.prise, serveur.grappe):
        assert stat.S_IMODE(dossier.stat().st_mode) == 0o700
    acces = (serveur.racine / "pg_hba.conf").read_text()
    assert acces == "local all maillage peer map=maillage\n"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(serveur.url().replace("//maillage@", "//postgres@"))


@pytest.mark.skipif(os.geteuid() != 0, reason="seul root peut se faire passer pour un autre")
def test_un_autre_compte_est_refuse_meme_devant_le_socket(serveur: Serveur) -> None:
    serveur.demarrer()
    assert serveur._compte.pw_uid != 0
    intrus = pwd.getpwnam("nobody")
    serveur.racine.chmod(0o755)
    for dossier in (serveur.dossier, serveur.prise):
        dossier.chmod(0o755)
    (serveur.prise / embarque.SOCKET).chmod(0o777)
    essai = subprocess.run(
        [serveur.programme("psql"), serveur.url(), "-c", "SELECT 1"],
        user=intrus.pw_uid,
        group=intrus.pw_gid,
        capture_output=True,
        text=True,
        check=False,
    )
    assert essai.returncode
    assert "eer authentication failed" in essai.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="seul root confie le serveur à un autre compte")
def test_sous_root_des_binaires_illisibles_sont_copies(
    serveur: Serveur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Serveur, "_lisible", lambda *_: False)
    serveur.demarrer()
    assert demander(serveur, "SELECT 1") == 1
    assert serveur._binaires.is_relative_to(serveur.racine)


def test_un_chemin_trop_long_est_dit(racine: Path) -> None:
    with pytest.raises(ErreurEmbarque, match="MAILLAGE_DONNEES"):
        Serveur(racine / ("x" * 100)).demarrer()


def test_un_echec_cite_le_journal(racine: Path) -> None:
    with pytest.raises(ErreurEmbarque, match="reglage_inconnu"):
        Serveur(racine, {"reglage_inconnu": "1"}).demarrer()


@pytest.mark.skipif(os.geteuid() != 0, reason="un dossier personnel fermé à un autre compte")
def test_un_dossier_ferme_est_dit(racine: Path) -> None:
    racine.mkdir(mode=0o700)
    with pytest.raises(ErreurEmbarque, match="traversables"):
        Serveur(racine / "dedans").demarrer()
