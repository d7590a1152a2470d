"""Ce que partagent les pages ouvertes par un lien : rien ne s'en garde, rien n'en sort.

Le jeton n'est dans l'adresse que d'une page, la porte. Passée la porte, un témoin signé dit quel
lien est ouvert ; le lien, lui, se relit à chaque demande : le révoquer ferme aussitôt.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from maillage.socle.liens.models import Lien
from maillage.socle.liens.operations import condenser

SEANCE = timedelta(hours=12)
FENETRE = 60  # secondes
PAR_ADRESSE, PAR_JETON = 120, 60  # demandes par fenêtre
ENTETES = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "strict-origin",  # jamais le chemin ; « no-referrer » ôterait Origin
    "X-Robots-Tag": "noindex, nofollow",
}


def sans_compte(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Une page sans connexion, qui ne se garde en cache, ne s'indexe et ne se cite nulle part."""

    @login_not_required
    @wraps(vue)
    def page(request: HttpRequest, *args: Any, **nommes: Any) -> HttpResponse:
        reponse = vue(request, *args, **nommes)
        for nom, valeur in ENTETES.items():
            reponse[nom] = valeur
        return reponse

    return page


def trop_d_essais(request: HttpRequest, jeton: str) -> bool:
    """Vrai au-delà de 120 demandes par minute d’une adresse, ou 60 sur un jeton."""
    adresse = get_adapter().get_client_ip(request)
    comptes = {f"lien:adresse:{adresse}": PAR_ADRESSE, f"lien:{condenser(jeton)}": PAR_JETON}
    return any(_compter(cle) > limite for cle, limite in comptes.items())


def _compter(cle: str) -> int:
    cache.add(cle, 0, FENETRE)
    try:
        return cache.incr(cle)
    except ValueError:  # la fenêtre vient de se fermer
        return 1


def ouvrir_seance(reponse: HttpResponse, lien: Lien, chemin: str) -> None:
    """Pose le témoin signé de ce lien, pour les pages sous `chemin` et elles seules."""
    reponse.set_signed_cookie(
        lien.finalite,
        str(lien.pk),
        salt=_sel(lien.finalite),
        max_age=SEANCE,
        path=chemin,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def lien_de_la_seance(request: HttpRequest, finalite: str) -> UUID | None:
    """La clé du lien dont la porte a été passée il y a moins de douze heures."""
    try:
        return UUID(request.get_signed_cookie(finalite, salt=_sel(finalite), max_age=SEANCE))
    except (KeyError, ValueError, signing.BadSignature):
        return None


def _sel(finalite: str) -> str:
    return f"maillage.lien.{finalite}"


def fermer_seance(reponse: HttpResponse, finalite: str, chemin: str) -> None:
    """Efface le témoin de cet appareil."""
    reponse.delete_cookie(finalite, path=chemin, samesite="Strict")
