"""L'agent remet, renouvelle, ferme le lien d'un contact, et voit s'il a été ouvert."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.annuaire.droits import peut_voir
from maillage.annuaire.models import Organisation, Personne, Rattachement, Role
from maillage.portail import operations
from maillage.portail.courriel import adresse, envoyer
from maillage.portail.droits import peut_remettre
from maillage.portail.models import PagePersonnelle, Remise
from maillage.socle.droits import exiger
from maillage.socle.listes import ColonneDeListe
from maillage.socle.requetes import Requete

COLONNES = [ColonneDeListe(libelle) for libelle in ("Contact", "Son lien", "Ouvert", "Gestes")]


@dataclass(frozen=True, slots=True)
class ContactLie:
    """Un contact de la structure et le dernier lien qu'on lui a remis."""

    personne: Personne
    page: PagePersonnelle | None

    @property
    def vaut(self) -> bool:
        return self.page is not None and self.page.lien.en_cours


@require_safe
def liens(request: Requete, structure: UUID) -> HttpResponse:
    """Les contacts de la structure, et où en est le lien de chacun."""
    objet = _structure(request, structure)
    pages: dict[UUID, PagePersonnelle] = {}
    for page in objet.pages_personnelles.select_related("lien").order_by("cree_le"):
        pages[page.personne_id] = page
    contacts = [ContactLie(p, pages.get(p.pk)) for p in _contacts(objet)]
    contexte = {
        "structure": objet,
        "contacts": contacts,
        "colonnes": COLONNES,
        "fil": _fil(objet),
    }
    return render(request, "portail/liens.html", contexte)


@require_POST
def remettre(request: Requete, structure: UUID, personne: UUID) -> HttpResponse:
    """Envoie son lien par courriel, ou le montre une seule fois pour le copier."""
    objet = _structure(request, structure)
    contact = get_object_or_404(_contacts(objet), pk=personne)
    par_courriel = request.POST.get("remise") == Remise.COURRIEL and bool(contact.courriel)
    remise = Remise.COURRIEL if par_courriel else Remise.MAIN
    page, jeton = operations.remettre(contact, objet, remise=remise, par=request.user)
    if par_courriel and envoyer(page, jeton):
        messages.success(request, f"Le lien est parti à {contact.courriel}.")
        return redirect("portail:liens", objet.pk)
    contexte = {
        "structure": objet,
        "personne": contact,
        "page": page,
        "adresse": adresse(jeton),
        "pas_parti": par_courriel,
        "fil": _fil(objet),
    }
    reponse = render(request, "portail/remis.html", contexte)
    reponse["Cache-Control"] = "no-store, private"
    return reponse


@require_POST
def fermer(request: Requete, structure: UUID, personne: UUID) -> HttpResponse:
    """Révoque le lien d'une personne, contact ou ancien contact."""
    objet = _structure(request, structure)
    liees = Personne.objects.filter(pages_personnelles__structure=objet).distinct()
    contact = get_object_or_404(liees, pk=personne)
    operations.fermer(contact, objet, par=request.user)
    messages.success(request, f"Le lien de {contact} n’ouvre plus rien.")
    return redirect("portail:liens", objet.pk)


def _structure(request: Requete, cle: UUID) -> Organisation:
    """La structure ; 404 hors de l'annuaire de cette personne, 403 dedans."""
    structures = Organisation.objects.structures().select_related("commune", "operateur")
    objet = get_object_or_404(structures.prefetch_related("territoires"), pk=cle)
    decision = peut_remettre(request.user, objet)
    if not decision and not peut_voir(request.user, objet):
        raise Http404
    exiger(decision)
    return objet


def _contacts(structure: Organisation) -> QuerySet[Personne]:
    tenus = Rattachement.objects.actifs().filter(organisation=structure, role=Role.STRUCTURE)
    return Personne.objects.filter(pk__in=tenus.order_by().values("personne"))


def _fil(structure: Organisation) -> list[dict[str, str]]:
    return [
        {"libelle": structure.nom, "url": structure.get_absolute_url()},
        {"libelle": "Liens personnels", "url": ""},
    ]
