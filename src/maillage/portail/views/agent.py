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
from maillage.portail.courriel import adresse
from maillage.portail.droits import peut_remettre
from maillage.portail.forms import FormulaireDeRemise
from maillage.portail.models import PagePersonnelle, Remise
from maillage.socle.droits import exiger
from maillage.socle.listes import ColonneDeListe
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire

COLONNES = [ColonneDeListe(libelle) for libelle in ("Contact", "Son lien", "Ouvert", "Gestes")]


@dataclass(frozen=True, slots=True)
class ContactLie:
    """Un contact de la structure, le dernier lien qu'on lui a remis, celui que l'on copierait."""

    personne: Personne
    page: PagePersonnelle | None
    copie: FormulaireDeRemise

    @property
    def vaut(self) -> bool:
        return self.page is not None and self.page.lien.en_cours


@require_safe
def liens(request: Requete, structure: UUID) -> HttpResponse:
    """Les contacts de la structure, et où en est le lien de chacun."""
    return _liens(request, _structure(request, structure))


@require_POST
def remettre(request: Requete, structure: UUID, personne: UUID) -> HttpResponse:
    """Envoie son lien par courriel, ou le montre une seule fois pour le copier."""
    objet = _structure(request, structure)
    contact = get_object_or_404(_contacts(objet), pk=personne)
    if request.POST.get("remise") == Remise.COURRIEL and contact.courriel:
        _envoyer(request, contact, objet)
        return redirect("portail:liens", objet.pk)
    formulaire = FormulaireDeRemise(request.POST, contact=contact)
    if not formulaire.is_valid():
        return _liens(request, objet, formulaire)
    preuve = formulaire.cleaned_data["preuve"]
    page, jeton = operations.remettre(
        contact, objet, remise=Remise.MAIN, preuve=preuve, par=request.user
    )
    contexte = {
        "structure": objet,
        "personne": contact,
        "page": page,
        "adresse": adresse(jeton),
        "fil": _fil(objet),
    }
    reponse = render(request, "portail/remis.html", contexte)
    reponse["Cache-Control"] = "no-store, private"
    return reponse


def _envoyer(request: Requete, contact: Personne, structure: Organisation) -> None:
    if operations.envoyer(contact, structure, par=request.user):
        messages.success(request, f"Le lien est parti à {contact.courriel}.")
        return
    messages.error(
        request,
        "Le serveur de courriel a refusé l’envoi : aucun lien n’est ouvert. Recommencez plus tard, "
        "ou créez un lien à copier.",
    )


def _liens(
    request: Requete, objet: Organisation, refuse: FormulaireDeRemise | None = None
) -> HttpResponse:
    pages: dict[UUID, PagePersonnelle] = {}
    for page in objet.pages_personnelles.select_related("lien").order_by("cree_le"):
        pages[page.personne_id] = page
    contacts = [ContactLie(p, pages.get(p.pk), _a_copier(p, refuse)) for p in _contacts(objet)]
    contexte = {
        "structure": objet,
        "contacts": contacts,
        "colonnes": COLONNES,
        "fil": _fil(objet),
    }
    return rendre_formulaire(request, "portail/liens.html", contexte)


def _a_copier(contact: Personne, refuse: FormulaireDeRemise | None) -> FormulaireDeRemise:
    return refuse if refuse and refuse.contact == contact else FormulaireDeRemise(contact=contact)


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
