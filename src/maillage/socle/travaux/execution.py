"""Exécuter les travaux par procrastinate, et reprendre ceux dont le processus est mort."""

from __future__ import annotations

import logging
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from maillage.socle.envois.operations import annoncer
from maillage.socle.envois.resume import resumer
from maillage.socle.travaux.models import EtatTravail, Travail
from maillage.socle.travaux.registre import DejaEnCours, Progression, TravailRefuse, trouver

ESSAIS_MAX = 3
SILENCE = 30
"""Secondes sans signe de vie d'un processus avant de reprendre ce qu'il faisait."""

IMPREVU = (
    "Une erreur imprévue a arrêté ce travail. Relancez-le ; si elle revient, donnez à la personne "
    "qui administre Maillage la référence {reference}."
)
ABANDONNE = (
    "Le processus qui faisait ce travail s’est arrêté trois fois. Prévenez la personne qui "
    "administre Maillage avant de le relancer."
)
journal = logging.getLogger(__name__)


@app.task(
    name="maillage.travail",
    retry=RetryStrategy(max_attempts=1_000, wait=SILENCE, retry_exceptions={DejaEnCours}),
)
def executer(travail_id: str) -> None:
    """Fait un travail ; ne refait pas celui qui est achevé.

    Lève `DejaEnCours` si un autre processus le tient : procrastinate réessaiera.
    """
    with Progression(UUID(travail_id)) as progression:
        travail = Travail.objects.inacheves().filter(pk=travail_id).first()
        if travail is None:
            return
        Travail.objects.filter(pk=travail_id).update(etat=EtatTravail.EN_COURS, fait=0, message="")
        etat, phrase = _faire(travail, progression)
        close_old_connections()
        conclure(travail, etat, phrase)


def _faire(travail: Travail, progression: Progression) -> tuple[EtatTravail, str]:
    try:
        phrase = trouver(travail.tache)(progression, **travail.parametres)
    except TravailRefuse as refus:
        return EtatTravail.ECHOUE, str(refus)
    except Exception:
        journal.exception("Le travail %s (%s) a échoué.", travail.pk, travail.tache)
        return EtatTravail.ECHOUE, IMPREVU.format(reference=travail.pk)
    return EtatTravail.FINI, phrase


def conclure(travail: Travail, etat: EtatTravail, phrase: str) -> None:
    """Achève un travail et l'annonce à qui l'a demandé."""
    Travail.objects.filter(pk=travail.pk).update(etat=etat, message=phrase[:500])
    if travail.demande_par:
        annoncer(
            cle=f"travail:{travail.pk}:{etat}:{travail.essai}",
            phrase=f"{travail.libelle} : {phrase}",
            url=travail.get_absolute_url(),
            destinataires=[travail.demande_par],
        )


@app.periodic(cron="* * * * *")
@app.task(name="maillage.reprendre", queueing_lock="maillage.reprendre", pass_context=True)
async def reprendre(contexte: JobContext, timestamp: int) -> None:
    """Chaque minute, remet en attente ce que faisait un processus mort."""
    await reprendre_les_interrompus(contexte.app.job_manager, silence=SILENCE)


async def reprendre_les_interrompus(manager: JobManager, *, silence: float) -> int:
    """Remet en attente les travaux dont le processus se tait depuis `silence` secondes.

    Après `ESSAIS_MAX` arrêts, le travail est abandonné et le dit. Rend le nombre de reprises.
    """
    interrompus = list(await manager.get_stalled_jobs(seconds_since_heartbeat=silence))
    for interrompu in interrompus:
        if interrompu.attempts + 1 < ESSAIS_MAX:
            await manager.retry_job(interrompu)
        else:
            await manager.finish_job(interrompu, Status.FAILED, delete_job=False)
            await sync_to_async(_abandonner)(str(interrompu.id))
    return len(interrompus)


def _abandonner(numero: str) -> None:
    arguments = ProcrastinateJob.objects.get(pk=numero).args
    for travail in Travail.objects.inacheves().filter(pk=arguments.get("travail_id")):
        conclure(travail, EtatTravail.ECHOUE, ABANDONNE)


@app.periodic(cron="30 5 * * *")
@app.task(name="maillage.resumer", queueing_lock="maillage.resumer")
def resume_quotidien(timestamp: int) -> None:
    """Chaque matin (5 h 30 UTC), les résumés par courriel."""
    journal.info("%d résumés envoyés.", resumer())
