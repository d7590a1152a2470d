"""Le courriel qui porte un lien personnel : court, sans image ni suivi."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from maillage.confirmer.mobilisation.slots import Lettre
from maillage.portail.models import PagePersonnelle

journal = logging.getLogger(__name__)


def adresse(jeton: str) -> str:
    """L'adresse complète à remettre."""
    return f"{settings.ADRESSE}{reverse('portail:porte', args=[jeton])}"


def envoyer(page: PagePersonnelle, jeton: str, lettre: Lettre | None = None) -> bool:
    """Envoie le lien à la personne ; faux si le serveur de courriel le refuse.

    `lettre` : ce que la mobilisation d'une mission écrit autour du lien.
    """
    contexte = {"page": page, "adresse": adresse(jeton), "lettre": lettre}
    sans_lettre = f"{page.operateur.nom} : votre page pour {page.structure.nom}"
    objet = lettre.objet if lettre else sans_lettre
    courriel = EmailMultiAlternatives(
        subject=objet.replace("\n", " "),
        body=render_to_string("portail/courriel.txt", contexte),
        to=[page.personne.courriel],
        headers={"Auto-Submitted": "auto-generated"},
    )
    courriel.attach_alternative(render_to_string("portail/courriel.html", contexte), "text/html")
    try:
        courriel.send()
    except Exception:
        journal.exception("Le lien personnel destiné à %s n’est pas parti.", page.personne_id)
        return False
    return True
