"""La page d'un travail, qui se rafraîchit tant qu'il n'est pas achevé."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from maillage.socle.droits import visible_ou_404
from maillage.socle.travaux.models import Travail
from maillage.socle.travaux.operations import relancer

if TYPE_CHECKING:
    from maillage.socle.requetes import Requete


@require_GET
def travail(request: Requete, cle: UUID) -> HttpResponse:
    """Où en est ce travail ; à htmx, seulement son avancement."""
    demande = visible_ou_404(Travail.objects.all(), request.user, pk=cle)
    gabarit = "_avancement.html" if request.headers.get("HX-Request") else "page.html"
    return render(request, f"socle/travaux/{gabarit}", {"travail": demande})


@require_POST
def relance(request: Requete, cle: UUID) -> HttpResponse:
    """Relance un travail échoué."""
    demande = visible_ou_404(Travail.objects.all(), request.user, pk=cle)
    relancer(travail=demande)
    return redirect(demande)
