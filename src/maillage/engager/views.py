"""La page « Comités »."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.engager import comites as lecture
from maillage.socle.listes import ColonneDeListe, Liste
from maillage.socle.requetes import Requete

COLONNES = [
    ColonneDeListe("Mission", "mission", ["ingenierie__recherche"]),
    ColonneDeListe("Comité d’appui de", "comite", ["operateur__nom_normalise"]),
    ColonneDeListe("Avis", "sens", ["sens"]),
    ColonneDeListe("Rendu le", "date", ["date", "cree_le"]),
    ColonneDeListe("Réserves et suite donnée"),
]


@require_safe
def comites(request: Requete) -> HttpResponse:
    """Ce qui attend un avis, les prochaines séances, les avis rendus."""
    aujourdhui = timezone.localdate()
    rendus = lecture.avis_lisibles(request.user).rendus()
    contexte = {
        "aujourdhui": aujourdhui,
        "a_demander": list(lecture.a_demander(request.user)[: lecture.AU_PLUS]),
        "en_attente": lecture.en_attente(request.user, aujourdhui),
        "seances": lecture.seances(request.user, aujourdhui),
        "liste": Liste(request, rendus, colonnes=COLONNES, tri="-date"),
    }
    return render(request, "engager/comites.html", contexte)
