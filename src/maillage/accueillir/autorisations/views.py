"""Les autorisations d'une structure, et le geste qui ouvre une lecture."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.accueillir.autorisations import gestes, operations
from maillage.accueillir.autorisations.comptages import SEUIL, compter_les_besoins
from maillage.accueillir.autorisations.droits import est_contact, peut_compter, peut_decider
from maillage.accueillir.autorisations.forms import (
    FormulaireDAutorisations,
    FormulaireDeLevee,
    FormulaireDException,
)
from maillage.accueillir.autorisations.passe import passees
from maillage.accueillir.autorisations.tenue import Auteur, Tenue
from maillage.accueillir.models import Diagnostic, FormeDeLecture, VoieDAutorisation
from maillage.annuaire.droits import peut_voir
from maillage.annuaire.models import Organisation
from maillage.socle.droits import exiger
from maillage.socle.listes import PAR_PAGE, ColonneDeListe
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire

COLONNES_OUVERTS = [ColonneDeListe(mot) for mot in ("Diagnostic", "Fait le", "Mené par", "Accès")]


@require_http_methods(["GET", "POST"])
def autorisations(request: Requete, structure: UUID) -> HttpResponse:
    """À qui la structure ouvre ses diagnostics ; répondre, ou consigner ce qu'elle a dit."""
    tenue = _tenue(request, structure)
    formulaire = gestes.lire_reponses(request, tenue)
    if request.method == "POST" and gestes.repondre(request, tenue, formulaire):
        return redirect("accueillir:autorisations", structure)
    return _page(request, tenue, reponses=formulaire)


@require_POST
def soustraire(request: Requete, structure: UUID) -> HttpResponse:
    """Soustrait un document, un destinataire, ou l'un à l'autre."""
    tenue = _tenue(request, structure)
    formulaire = gestes.lire_exception(request, tenue)
    if gestes.excepter(request, tenue, formulaire):
        return redirect("accueillir:autorisations", structure)
    return _page(request, tenue, exception=formulaire)


@require_POST
def lever(request: Requete, structure: UUID) -> HttpResponse:
    """Lève une exception."""
    tenue = _tenue(request, structure)
    refusee = gestes.rouvrir(request, tenue)
    if refusee:
        return _page(request, tenue, levee=refusee)
    return redirect("accueillir:autorisations", structure)


@require_POST
def lire(request: Requete, diagnostic: UUID) -> HttpResponse:
    """« Lire le diagnostic » : la lecture d'un tiers s'inscrit, puis la page s'ouvre."""
    connus = Diagnostic.objects.existants_pour(request.user).select_related("operateur")
    objet = get_object_or_404(connus, pk=diagnostic)
    forme = request.POST.get("forme")
    if forme not in FormeDeLecture.values:
        forme = FormeDeLecture.ECRAN
    operations.inscrire_lecture(objet, forme=FormeDeLecture(forme), par=request.user)
    return redirect(PAGES[FormeDeLecture(forme)], objet.pk)


@require_safe
def ouverts(request: Requete) -> HttpResponse:
    """Les diagnostics que des structures m'ouvrent, et ceux dont je sais seulement l'existence."""
    connus = Diagnostic.objects.des_autres(request.user).select_related("structure", "operateur")
    contexte = {
        "page": Paginator(connus, PAR_PAGE).get_page(request.GET.get("page")),
        "colonnes": COLONNES_OUVERTS,
        "compter": peut_compter(request.user),
    }
    return render(request, "accueillir/autorisations/ouverts.html", contexte)


@require_safe
def comptes(request: Requete) -> HttpResponse:
    """Ce que disent les diagnostics, compté par thème, sans nommer personne."""
    exiger(peut_compter(request.user))
    contexte = {"cases": compter_les_besoins(request.user), "seuil": SEUIL}
    return render(request, "accueillir/autorisations/comptes.html", contexte)


PAGES = {
    FormeDeLecture.ECRAN: "accueillir:diagnostic",
    FormeDeLecture.WORD: "accueillir:diagnostic_word",
    FormeDeLecture.PDF: "accueillir:diagnostic_pdf",
}


def _tenue(request: Requete, cle: UUID) -> Tenue:
    """La structure et la voie de cette personne ; 404 hors de son annuaire, 403 dedans."""
    structures = Organisation.objects.structures().select_related("commune", "operateur")
    structure = get_object_or_404(structures.prefetch_related("territoires"), pk=cle)
    decision = peut_decider(request.user, structure)
    if not decision and not peut_voir(request.user, structure):
        raise Http404
    exiger(decision)
    contact = est_contact(request.user, structure)
    voie = VoieDAutorisation.COMPTE if contact else VoieDAutorisation.AGENT
    diagnostics = Diagnostic.objects.visibles_par(request.user).filter(structure=structure)
    return Tenue(structure, diagnostics, Auteur(str(request.user), voie, request.user))


def _page(
    request: Requete,
    tenue: Tenue,
    *,
    reponses: FormulaireDAutorisations | None = None,
    exception: FormulaireDException | None = None,
    levee: FormulaireDeLevee | None = None,
) -> HttpResponse:
    structure = tenue.structure
    reponses = reponses or gestes.formulaire_des_reponses(tenue)(tenue=tenue)
    exception = exception or gestes.exception_a_dire(request, tenue)
    contexte = gestes.contexte_de(tenue, reponses, exception, levee) | {
        "passees": passees(structure),
        "pourquoi": peut_decider(request.user, structure).raison,
        "url_soustraire": reverse("accueillir:autorisation_soustraire", args=[structure.pk]),
        "url_lever": reverse("accueillir:autorisation_lever", args=[structure.pk]),
        "fil": [
            {"libelle": structure.nom, "url": structure.get_absolute_url()},
            {"libelle": "Autorisations", "url": ""},
        ],
    }
    return rendre_formulaire(request, "accueillir/autorisations/page.html", contexte)
