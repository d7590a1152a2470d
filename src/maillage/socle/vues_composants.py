"""La page /composants/ : chaque composant, en clair et en sombre, sur des données d'exemple."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.socle import exemples_composants as exemples
from maillage.socle.exemples_formulaires import SAISIE, FiltresExemple, FormulaireExemple


@require_safe
def composants(request: HttpRequest) -> HttpResponse:
    """Montre les composants à l'équipe qui construit ; pour les autres, la page n'existe pas."""
    if not request.user.is_staff:
        raise Http404
    contexte = {
        "fil": exemples.FIL,
        "sections": exemples.SECTIONS,
        "cotes": [_cote("light", "Clair"), _cote("dark", "Sombre")],
        "exemples": exemples,
        "page_liste": Paginator(range(128), 20).get_page(request.GET.get("page")),
        "tri": request.GET.get("tri", "nom"),
    }
    return render(request, "socle/composants.html", contexte)


def _cote(theme: str, nom: str) -> dict[str, object]:
    """Une colonne : les formulaires y ont des identifiants à eux, la page reste valide."""
    return {
        "theme": theme,
        "nom": nom,
        "formulaire": FormulaireExemple(SAISIE, auto_id=f"champ_{theme}_%s"),
        "filtres": FiltresExemple({"statut": "ouverte"}, auto_id=f"filtre_{theme}_%s"),
    }
