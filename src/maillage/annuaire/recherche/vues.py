"""Pages de la recherche : chercher, reprendre du registre, garder une recherche."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from maillage.annuaire import droits
from maillage.annuaire.doublons import saisie
from maillage.annuaire.listes import onglets
from maillage.annuaire.models import EntreeDuRegistre
from maillage.annuaire.recherche import gardees, reprise
from maillage.annuaire.recherche.filtres import FiltresDeRecherche
from maillage.annuaire.recherche.page import resultats
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete


@require_safe
def chercher(request: Requete) -> HttpResponse:
    """La page, ou ses seuls résultats pendant que l'on tape ; l'adresse garde tout l'état."""
    filtres = FiltresDeRecherche(request.GET, utilisateur=request.user)
    contexte = {
        "filtres": filtres,
        "resultats": resultats(filtres, request.user),
        "peut_charger": droits.peut_tenir_le_registre(request.user),
        "peut_reprendre": droits.peut_creer(request.user),
        "parametres": gardees.epurer(request.GET.urlencode()),
        "peut_garder": gardees.peut_garder(request.user),
    }
    partielle = "HX-Request" in request.headers
    if partielle:
        contexte["illisibles"] = [champ for champ in filtres if champ.errors]
    else:
        contexte["onglets"] = onglets("annuaire:chercher")
        contexte["gardees"] = gardees.gardees_par(request.user)
    gabarit = "annuaire/recherche/_resultats.html" if partielle else "annuaire/recherche/page.html"
    reponse = render(request, gabarit, contexte)
    patch_vary_headers(reponse, ["HX-Request"])
    return reponse


@require_POST
def reprendre(request: Requete, numero: str) -> HttpResponse:
    """Crée la fiche d'une entrée du registre ; si elle existe, y mène ou dit à qui demander."""
    exiger(droits.peut_creer(request.user))
    entree = get_object_or_404(EntreeDuRegistre.objects.select_related("commune"), pk=numero)
    fiche = reprise.fiche_de(entree, request.user)
    sure = "malgre_doublon" in request.POST or reprise.deja_prise(fiche, request.user)
    proches = [] if sure else saisie.ressemblantes(fiche, request.user)
    if proches:
        contexte = {"entree": entree, "proches": proches, "retour": _retour(request)}
        return render(request, "annuaire/recherche/reprise.html", contexte, status=422)
    try:
        reprise.reprendre(fiche, entree, par=request.user)
    except reprise.DejaPrise as deja:
        messages.info(request, str(deja))
        return redirect(deja.pris.organisation or _retour(request))
    except ValidationError as erreur:
        dits = " ".join(erreur.messages)
        messages.error(request, f"Le registre ne suffit pas à faire cette fiche. {dits}")
        return redirect(_retour(request))
    messages.success(
        request, f"« {fiche.nom} » est dans vos structures. Relisez ce que dit le registre."
    )
    return redirect(fiche)


@require_POST
def garder(request: Requete) -> HttpResponse:
    """Garde la recherche sous un nom."""
    exiger(gardees.peut_garder(request.user))
    formulaire = gardees.FormulaireDeRechercheGardee(request.POST, utilisateur=request.user)
    if formulaire.is_valid():
        recherche = gardees.garder(formulaire.instance)
        messages.success(request, f"« {recherche.nom} » est gardée.")
        return redirect(recherche)
    contexte = {"formulaire": formulaire, "retour": _retour(request)}
    return render(request, "annuaire/recherche/garder.html", contexte, status=422)


@require_POST
def oublier(request: Requete, recherche: str) -> HttpResponse:
    """Oublie une recherche gardée ; ce qu'elle trouvait demeure."""
    gardee = get_object_or_404(gardees.gardees_par(request.user), pk=recherche)
    gardees.oublier(gardee)
    messages.success(request, f"« {gardee.nom} » n’est plus gardée.")
    return redirect("annuaire:chercher")


def _retour(request: Requete) -> str:
    """La recherche d'où l'on vient."""
    parametres = gardees.epurer(request.POST.get("parametres", ""))
    return f"{reverse('annuaire:chercher')}?{parametres}"
