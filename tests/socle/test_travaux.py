"""Travaux longs : avancement visible, fin dite, reprise après la mort du processus."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from maillage.socle.models import Notification, Travail, Utilisateur
from maillage.socle.travaux import registre
from maillage.socle.travaux.execution import ESSAIS_MAX, executer, reprendre_les_interrompus
from maillage.socle.travaux.models import EtatTravail
from maillage.socle.travaux.operations import lancer, relancer
from maillage.socle.travaux.registre import DejaEnCours, Progression, TravailRefuse, tache

Page = Callable[[Utilisateur], Client]
RACINE = Path(__file__).resolve().parents[2]
en_vrai = pytest.mark.django_db(transaction=True)
reprendre = async_to_sync(reprendre_les_interrompus)


@pytest.fixture(autouse=True)
def registre_d_essai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registre, "_TACHES", {})


@pytest.fixture
def file_vide(transactional_db: None) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers,"
            " procrastinate_events"
        )


def demander(par: Utilisateur | None = None, nom: str = "essai", **parametres: object) -> Travail:
    return lancer(
        libelle="Charger <b>les communes</b>",
        tache=nom,
        parametres=parametres,
        par=par,
        suite="/communes/",
    )


def fait(travail: Travail) -> Travail:
    executer(str(travail.pk))
    travail.refresh_from_db()
    return travail


@en_vrai
def test_un_travail_fini_dit_sa_phrase_et_s_annonce(agent: Utilisateur) -> None:
    @tache("essai")
    def charger(progression: Progression, *, nombre: int) -> str:
        progression.avancer(nombre, nombre, "communes")
        return f"{nombre} communes chargées."

    travail = fait(demander(agent, nombre=12))
    assert (travail.etat, travail.fait, travail.total) == (EtatTravail.FINI, 12, 12)
    assert travail.message == "12 communes chargées."
    annonce = Notification.objects.get(destinataire=agent)
    assert annonce.phrase == "Charger <b>les communes</b> : 12 communes chargées."
    assert annonce.url == travail.get_absolute_url()


@en_vrai
def test_un_travail_acheve_n_est_pas_refait() -> None:
    passages = []

    @tache("essai")
    def compter(_progression: Progression) -> str:
        passages.append(1)
        return "Fait."

    travail = fait(demander())
    fait(travail)
    executer("00000000-0000-0000-0000-000000000000")
    assert len(passages) == 1


@en_vrai
@pytest.mark.parametrize(
    ("erreur", "message"),
    [
        (TravailRefuse("Ajoutez la colonne SIREN, puis relancez."), "Ajoutez la colonne SIREN"),
        (ValueError("mot de passe secret"), "Relancez-le"),
    ],
)
def test_un_echec_dit_quoi_faire(
    erreur: Exception, message: str, agent: Utilisateur, caplog: pytest.LogCaptureFixture
) -> None:
    @tache("essai")
    def echouer(_progression: Progression) -> str:
        raise erreur

    travail = fait(demander(agent))
    assert travail.etat == EtatTravail.ECHOUE
    assert message in travail.message
    assert "secret" not in travail.message
    assert ("mot de passe secret" in caplog.text) == isinstance(erreur, ValueError)


@en_vrai
def test_une_tache_disparue_ne_bloque_rien() -> None:
    travail = fait(demander(nom="d’une autre version"))
    assert travail.etat == EtatTravail.ECHOUE
    assert "demandez-le de nouveau" in travail.message


def test_un_nom_de_tache_ne_sert_qu_une_fois() -> None:
    tache("essai")(lambda _progression: "un")
    with pytest.raises(ValueError, match="existe déjà"):
        tache("essai")(lambda _progression: "deux")


@en_vrai
def test_l_avancement_se_voit_avant_la_fin_de_la_transaction() -> None:
    travail = demander()
    with Progression(travail.pk) as progression, transaction.atomic():
        progression.avancer(1, 10, "x" * 600)
    travail.refresh_from_db()
    assert (travail.fait, travail.total, len(travail.message)) == (1, 10, 500)


@en_vrai
def test_l_avancement_s_ecrit_au_plus_deux_fois_par_seconde() -> None:
    travail = demander()
    with Progression(travail.pk) as progression:
        for fait_ in range(1, 100):
            progression.avancer(fait_, 100)
        travail.refresh_from_db()
        assert travail.fait == 1
        progression.avancer(100, 100)
    travail.refresh_from_db()
    assert travail.fait == 100


@en_vrai
def test_un_travail_ne_s_execute_pas_deux_fois_a_la_fois() -> None:
    travail = demander()
    with Progression(travail.pk), pytest.raises(DejaEnCours):
        executer(str(travail.pk))
    with Progression(travail.pk):
        pass


@en_vrai
def test_une_demande_annulee_ne_part_pas(file_vide: None) -> None:
    def annuler() -> None:
        with transaction.atomic():
            demander()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        annuler()
    assert not Travail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


@en_vrai
def test_relancer_remet_en_attente_un_travail_echoue(file_vide: None, agent: Utilisateur) -> None:
    travail = fait(demander(agent))
    relancer(travail=travail)
    relancer(travail=travail)
    travail.refresh_from_db()
    assert (travail.etat, travail.message, travail.essai) == (EtatTravail.EN_ATTENTE, "", 2)
    assert ProcrastinateJob.objects.count() == 2
    fait(travail)
    assert Notification.objects.filter(destinataire=agent).count() == 2


class Ouvrier:
    """Un processus de travail, lancé pour de vrai."""

    def __init__(self) -> None:
        self.processus: list[subprocess.Popen[bytes]] = []

    def lancer(self, mode: str) -> subprocess.Popen[bytes]:
        commande = [sys.executable, "-m", "tests.socle.ouvrier"]
        base = str(connection.settings_dict["NAME"])
        processus = subprocess.Popen([*commande, base, mode], cwd=RACINE)
        self.processus.append(processus)
        return processus


@pytest.fixture
def ouvrier() -> Iterator[Ouvrier]:
    ouvrier = Ouvrier()
    yield ouvrier
    for processus in ouvrier.processus:
        processus.kill()
        processus.wait()


def attendre(condition: Callable[[], bool], secondes: float = 60) -> None:
    fin = monotonic() + secondes
    while not condition():
        assert monotonic() < fin, "rien n’est venu"
        sleep(0.1)


def reprises(silence: int) -> int:
    """Reprend les travaux sans vie, hors du fil où Playwright tient une boucle d'événements."""

    def faire() -> int:
        try:
            return reprendre(app.job_manager, silence=silence)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        return fil.submit(faire).result()


@en_vrai
def test_un_processus_tue_au_milieu_est_repris(
    file_vide: None, ouvrier: Ouvrier, agent: Utilisateur, tmp_path: Path
) -> None:
    travail = demander(agent, "essai.lente", dossier=str(tmp_path))
    premier = ouvrier.lancer("rester")
    attendre(lambda: Travail.objects.get(pk=travail.pk).fait == 3)
    with pytest.raises(DejaEnCours):
        executer(str(travail.pk))

    premier.kill()
    premier.wait()
    assert reprises(silence=3600) == 0
    assert reprises(silence=0) == 1

    (tmp_path / "feu-vert").touch()
    assert ouvrier.lancer("finir").wait(60) == 0
    travail.refresh_from_db()
    assert (travail.etat, travail.message) == (EtatTravail.FINI, "Tout est chargé.")
    assert (tmp_path / "traces").read_text() == "début\n" * 2
    assert Notification.objects.filter(destinataire=agent).count() == 1


@en_vrai
def test_un_travail_qui_tue_son_processus_est_abandonne_et_le_dit(
    file_vide: None, agent: Utilisateur
) -> None:
    travail = demander(agent)
    Travail.objects.update(etat=EtatTravail.EN_COURS)
    for essai in range(ESSAIS_MAX):
        with connection.cursor() as curseur:  # pris par un processus qui n'existe plus
            curseur.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        assert Travail.objects.get().etat == EtatTravail.EN_COURS
        assert reprises(silence=0) == 1, essai
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.ECHOUE
    assert "Prévenez la personne qui administre" in travail.message
    assert ProcrastinateJob.objects.get().status == "failed"


def page_de(travail: Travail, navigateur: Client, **entetes: str) -> str:
    return navigateur.get(travail.get_absolute_url(), headers=entetes).content.decode()


@pytest.mark.parametrize(
    ("champs", "dit", "se_rafraichit"),
    [
        ({}, "attend son tour", True),
        ({"etat": "en_cours"}, "commence", True),
        ({"etat": "en_cours", "fait": 12000, "total": 48000}, "12\u202f000 sur 48\u202f000", True),
        ({"etat": "fini", "message": "C’est <i>prêt</i>."}, "est &lt;i&gt;prêt", False),
        ({"etat": "echoue", "message": "Ajoutez la colonne."}, "Relancer ce travail", False),
    ],
)
def test_la_page_dit_ou_en_est_le_travail(
    champs: dict[str, object], dit: str, se_rafraichit: bool, agent: Utilisateur, page: Page
) -> None:
    travail = demander(agent)
    Travail.objects.filter(pk=travail.pk).update(**champs)
    navigateur = page(agent)
    entiere = page_de(travail, navigateur)
    fragment = page_de(travail, navigateur, hx_request="true")
    assert dit in entiere
    assert dit in fragment
    assert "Charger &lt;b&gt;les communes" in entiere
    assert "<html" not in fragment
    assert ('http-equiv="refresh"' in entiere) is se_rafraichit
    assert ("hx-trigger" in fragment) is se_rafraichit
    assert ('href="/communes/"' in entiere) is (champs.get("etat") == "fini")


def test_un_travail_n_est_vu_que_de_qui_l_a_demande(
    agent: Utilisateur, etranger: Utilisateur, page: Page
) -> None:
    travail = demander(agent)
    relance = reverse("socle:travail_relancer", args=[travail.pk])
    navigateur = page(etranger)
    assert navigateur.get(travail.get_absolute_url()).status_code == 404
    assert navigateur.post(relance).status_code == 404
    assert page(agent).get(relance).status_code == 405


def test_on_relance_depuis_la_page(agent: Utilisateur, page: Page) -> None:
    travail = demander(agent)
    Travail.objects.update(etat=EtatTravail.ECHOUE)
    reponse = page(agent).post(reverse("socle:travail_relancer", args=[travail.pk]))
    assert reponse["Location"] == travail.get_absolute_url()
    assert Travail.objects.get().etat == EtatTravail.EN_ATTENTE


def test_la_page_coute_peu(agent: Utilisateur, cout: Callable[[str], int]) -> None:
    assert cout(demander(agent).get_absolute_url()) <= 12
