"""La requête d'une personne connectée, et ce qu'une vue y lit hors d'un formulaire.

Une adresse abîmée ou inventée ne désigne rien : aucune de ces lectures ne lève d'erreur.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class Requete(HttpRequest):
    """Ce que reçoit une vue fermée : l'intergiciel garantit que `user` est un compte."""

    user: Utilisateur


def lire_cle(brut: str) -> UUID | None:
    """L'identifiant écrit dans une adresse ou un envoi ; None s'il n'en est pas un."""
    try:
        return UUID(brut)
    except ValueError:
        return None


def lire_cles(bruts: Iterable[str]) -> list[UUID]:
    """Les identifiants lisibles, dans leur ordre ; le reste ne désigne rien."""
    return [cle for brut in bruts if (cle := lire_cle(brut))]


def lire_texte(brut: str, au_plus: int) -> str:
    """Un texte sans octet nul (PostgreSQL le refuse) ni blanc autour ; `au_plus` : ses signes."""
    return brut.replace("\x00", "").strip()[:au_plus]


def page_d_ici(request: HttpRequest, parametre: str) -> str:
    """L'adresse de ce site que demande l'envoi, à défaut l'adresse ; vide sinon."""
    demande = (request.POST or request.GET).get(parametre, "")
    sure = url_has_allowed_host_and_scheme(
        demande, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    entiere = demande.startswith("/") or "://" in demande
    return demande if sure and entiere else ""
