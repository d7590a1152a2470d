"""La requête d'une personne connectée."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class Requete(HttpRequest):
    """Ce que reçoit une vue fermée : l'intergiciel garantit que `user` est un compte."""

    user: Utilisateur
