"""Ce que Maillage change à la connexion d'allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Comptes(DefaultAccountAdapter):
    """Nul ne s'inscrit soi-même : un compte est ouvert par qui administre l'annuaire."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AdresseDuCompte(EmailView):
    """Changer d'adresse ; la nouvelle ne prend effet qu'une fois son lien suivi.

    L'adresse présente est celle où l'accès a été reçu : elle vaut confirmée. Sans cela, allauth
    l'effacerait en attendant l'autre, et laisserait prendre une adresse jamais confirmée, celle
    d'une personne à inviter par exemple.
    """

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        compte: Any = request.user
        EmailAddress.objects.update_or_create(
            user=compte,
            email=compte.courriel.lower(),
            defaults={"verified": True, "primary": True},
        )
        return super().dispatch(request, *args, **kwargs)
