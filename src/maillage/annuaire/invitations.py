"""Donner à une personne invitée de quoi se connecter."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from maillage.annuaire.models import Personne


def envoyer_acces(request: HttpRequest, personne: Personne) -> bool:
    """Envoie le courriel qui permet de choisir un mot de passe ; faux s'il n'y a rien à envoyer.

    Une personne qui a déjà un mot de passe n'en reçoit pas.
    """
    compte = personne.compte
    if compte is None or compte.has_usable_password():
        return False
    formulaire = ResetPasswordForm({"email": compte.courriel})
    if not formulaire.is_valid():
        return False
    formulaire.save(request)
    return True
