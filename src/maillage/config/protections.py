"""Intergiciels de protection : en-têtes, taille des requêtes, second facteur, simultanéité."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from psycopg.errors import UniqueViolation

Reponse = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS = ", ".join(
    f"{capacite}=()"
    for capacite in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def entetes(suite: Reponse) -> Reponse:
    """Refuse au navigateur ce dont Maillage n'a pas besoin ; rien ne reste en cache partagé."""

    def intergiciel(requete: HttpRequest) -> HttpResponseBase:
        reponse = suite(requete)
        reponse.headers.setdefault("Permissions-Policy", PERMISSIONS)
        reponse.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        reponse.headers.setdefault("Cache-Control", "private, no-cache")
        return reponse

    return intergiciel


def taille_limitee(suite: Reponse) -> Reponse:
    """Refuse avant lecture (413) une requête plus lourde que ``MAILLAGE_TAILLE_REQUETE``."""

    def intergiciel(requete: HttpRequest) -> HttpResponseBase:
        if int(requete.META.get("CONTENT_LENGTH") or 0) <= settings.TAILLE_REQUETE:
            return suite(requete)
        return HttpResponse(
            f"Envoi trop lourd : {filesizeformat(settings.TAILLE_REQUETE)} au plus. "
            "Revenez en arrière, votre saisie y est encore, et joignez un fichier plus léger.",
            status=413,
            content_type="text/plain; charset=utf-8",
        )

    return intergiciel


class SecondFacteurDesAdministrateurs:
    """Qui administre l'instance n'y entre qu'avec un second facteur : sinon, l'activer d'abord."""

    PERMIS = ("account_", "mfa_", "sante")

    def __init__(self, suite: Reponse) -> None:
        self.suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        return self.suite(requete)

    def process_view(
        self, requete: HttpRequest, vue: object, positionnels: object, nommes: object
    ) -> HttpResponseBase | None:
        compte = requete.user
        administre = compte.is_authenticated and (compte.is_staff or compte.is_superuser)
        assert requete.resolver_match is not None  # noqa: S101 (une vue a été trouvée)
        if not administre or requete.resolver_match.view_name.startswith(self.PERMIS):
            return None
        if is_mfa_enabled(compte):
            return None
        messages.warning(requete, "Activez un second facteur pour administrer l’instance.")
        return redirect("mfa_index")


class EnvoisSimultanes:
    """De deux envois simultanés qui ajoutent la même chose, le second est revu après le premier.

    Sa vérification, faite trop tôt, passait ; l'opération ou la base le refuse. La vue, qui n'a
    rien écrit, est appelée une seconde fois : elle voit l'ajout du premier et le dit au formulaire.
    """

    def __init__(self, suite: Reponse) -> None:
        self.suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        return self.suite(requete)

    def process_exception(self, requete: HttpRequest, erreur: Exception) -> HttpResponseBase | None:
        devance = isinstance(erreur, ValidationError) or isinstance(
            erreur.__cause__, UniqueViolation
        )
        trouvee = requete.resolver_match
        if trouvee is None or not devance:
            return None
        reponse: HttpResponseBase = trouvee.func(requete, *trouvee.args, **trouvee.kwargs)
        return reponse
