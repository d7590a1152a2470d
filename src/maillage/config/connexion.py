"""Ce que Maillage change à la connexion d'allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Comptes(DefaultAccountAdapter):
    """Nul ne s'inscrit soi-même : un compte est ouvert par qui administre l'annuaire."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
