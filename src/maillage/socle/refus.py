"""Les pages d'une impasse : la raison d'un refus et à qui s'adresser, une adresse sans rien.

Connectée, la personne y garde sa navigation ; rien n'y dépend de ce qu'il y a à cette adresse.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.socle.droits import Refus, refuse


def page_de_refus(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """403 : ce que dit la décision ; un refus de Django n'en porte pas, la page a sa phrase."""
    decision = exception.decision if isinstance(exception, Refus) else refuse("")
    contexte = {"raison": decision.raison, "recours": decision.recours}
    return render(request, "403.html", contexte | _cadre(request), status=403)


def page_introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 : la même page, que le dossier n'existe pas ou soit hors du périmètre."""
    return render(request, "404.html", _cadre(request), status=404)


def _cadre(request: HttpRequest) -> dict[str, Any]:
    utilisateur = getattr(request, "user", None)
    connecte = utilisateur is not None and utilisateur.is_authenticated
    return {"cadre": "base.html" if connecte else "base_nue.html"}
