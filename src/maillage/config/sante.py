"""La page de santé : ce dont l'instance a besoin pour travailler, sans rien révéler d'elle."""

from datetime import timedelta
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

BATTEMENT = timedelta(minutes=2)  # un travailleur se signale toutes les dix secondes


@login_not_required
@require_safe
def sante(requete: HttpRequest) -> JsonResponse:
    """200 si des pages peuvent être servies, 503 sinon ; sans travailleur, l'instance est lente."""
    constat = _constater()
    sert = constat["base"] == "ok" and constat["migrations"] == "ok"
    return JsonResponse(constat, status=200 if sert else 503)


def _constater() -> dict[str, str]:
    try:
        manquantes = _migrations_attendues() - set(
            MigrationRecorder(connection).applied_migrations()
        )
        if manquantes:
            return {"base": "ok", "migrations": f"{len(manquantes)} à appliquer", "travail": "?"}
        actif = ProcrastinateWorker.objects.filter(
            last_heartbeat__gt=timezone.now() - BATTEMENT
        ).exists()
    except DatabaseError:
        return {"base": "injoignable", "migrations": "?", "travail": "?"}
    return {"base": "ok", "migrations": "ok", "travail": "ok" if actif else "aucun travailleur"}


@cache
def _migrations_attendues() -> frozenset[tuple[str, str]]:
    """Celles que porte le programme : elles ne changent pas tant qu'il tourne."""
    return frozenset(MigrationLoader(None).disk_migrations)
