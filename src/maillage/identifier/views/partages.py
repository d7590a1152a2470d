"""La page « Besoins partagés »."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.identifier import droits
from maillage.identifier.partages import lecture, page
from maillage.identifier.partages.filtres import FiltresDePartages
from maillage.identifier.views.commun import onglets
from maillage.socle.requetes import Requete


@require_safe
def partages(request: Requete) -> HttpResponseBase:
    """Thème × territoire × secteur, sa tendance, ses voisins, ses réponses ; ou son export."""
    filtres = FiltresDePartages(request.GET)
    aujourdhui = timezone.localdate()
    ecrire = {"xlsx": page.EXPORT.en_xlsx, "csv": page.EXPORT.en_csv}
    if exporter := ecrire.get(request.GET.get("export", "")):
        filtres.is_valid()
        signaux = page.signaux_comptes(request.user, filtres, aujourdhui)
        return exporter(lecture.detail(signaux))
    contexte = page.contexte(request.user, filtres, aujourdhui)
    contexte |= {
        "filtres": filtres,
        "onglets": onglets("partages", request.user),
        "peut_noter": droits.peut_noter(request.user),
    }
    return render(request, "identifier/partages.html", contexte)
