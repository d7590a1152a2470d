"""Le résumé quotidien : un seul courriel par personne, jamais deux fois le même événement."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from maillage.socle.comptes import Utilisateur
from maillage.socle.envois.models import Notification

if TYPE_CHECKING:
    from uuid import UUID

LIGNES_MAX = 40
journal = logging.getLogger(__name__)


def resumer() -> int:
    """Envoie à chacun ce qu'il n'a pas encore lu ; rend le nombre de courriels partis.

    Un courriel que le serveur d'envoi refuse est retenté au résumé suivant, sans gêner les autres.
    """
    attendent = Notification.objects.a_resumer().values("destinataire")
    personnes = Utilisateur.objects.filter(
        pk__in=attendent, is_active=True, resume_courriel=True
    ).order_by("courriel")
    return sum(_resumer_pour(personne) for personne in personnes.iterator())


def _resumer_pour(personne: Utilisateur) -> bool:
    notifications = _reserver(personne)
    if not notifications:
        return False
    try:
        composer(personne, notifications).send()
    except Exception:
        journal.exception("Le résumé destiné à %s n’est pas parti.", personne.pk)
        _rendre([notification.pk for notification in notifications])
        return False
    return True


def _reserver(personne: Utilisateur) -> list[Notification]:
    """Prend les notifications à résumer avant d'envoyer : deux résumés simultanés se les partagent.

    Un arrêt brutal juste après prive de ce courriel ; la page, elle, garde tout.
    """
    with transaction.atomic():
        miennes = Notification.objects.a_resumer().filter(destinataire=personne)
        prises = list(miennes.select_for_update(skip_locked=True))
        Notification.objects.filter(pk__in=[n.pk for n in prises]).update(resumee_le=timezone.now())
    return prises


def _rendre(cles: Sequence[UUID]) -> None:
    Notification.objects.filter(pk__in=cles).update(resumee_le=None)


def composer(
    personne: Utilisateur, notifications: Sequence[Notification]
) -> EmailMultiAlternatives:
    """Le courriel d'une personne, en texte et en HTML, sans image ni suivi."""
    page = f"{settings.ADRESSE}{reverse('socle:notifications')}"
    contexte = {
        "personne": personne,
        "lignes": notifications[:LIGNES_MAX],
        "nombre": len(notifications),
        "reste": max(0, len(notifications) - LIGNES_MAX),
        "adresse": settings.ADRESSE,
        "page": page,
    }
    courriel = EmailMultiAlternatives(
        subject=_objet(notifications),
        body=render_to_string("socle/envois/resume.txt", contexte),
        to=[personne.courriel],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{page}>",
            "Message-ID": _numero(notifications),
        },
    )
    courriel.attach_alternative(render_to_string("socle/envois/resume.html", contexte), "text/html")
    return courriel


def _objet(notifications: Sequence[Notification]) -> str:
    if len(notifications) == 1:
        return "Maillage : une nouvelle"
    return f"Maillage : {len(notifications)} nouvelles"


def _numero(notifications: Sequence[Notification]) -> str:
    """Toujours le même pour les mêmes événements : un serveur de courriel écarte les doubles."""
    domaine = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<resume-{min(n.pk for n in notifications)}-{len(notifications)}@{domaine}>"
