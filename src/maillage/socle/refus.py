"""La page d'un refus : la raison, et à qui s'adresser."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.socle.droits import Refus, refuse


def page_de_refus(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """403 : ce que dit la décision ; un refus de Django n'en porte pas, la page a sa phrase."""
    decision = exception.decision if isinstance(exception, Refus) else refuse("")
    contexte = {"raison": decision.raison, "recours": decision.recours}
    return render(request, "403.html", contexte, status=403)
