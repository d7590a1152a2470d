"""Pages de l'accueil : la liste, noter, la demande et ses gestes."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.accueillir import droits
from maillage.accueillir.demandes import liste, operations
from maillage.accueillir.demandes.eligibilite import conclure
from maillage.accueillir.demandes.forms import (
    FormulaireDeDemande,
    FormulaireDEligibilite,
    FormulaireDeNouvelleDemande,
    FormulaireDeReorientation,
)
from maillage.accueillir.demandes.lecture import points_de
from maillage.accueillir.demandes.transitions import DEMANDES
from maillage.accueillir.models import Demande, EtatDemande
from maillage.accueillir.onglets import onglets
from maillage.annuaire.droits import peut_voir as peut_voir_la_fiche
from maillage.annuaire.models import Organisation
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.formulaires import FormulaireDeVerbeMotive
from maillage.socle.requetes import Requete, lire_cle
from maillage.socle.sujets import pourquoi
from maillage.socle.verrou import ConflitDeVersion
from maillage.socle.vues import jouer, rendre_formulaire, rendre_liste


@require_safe
def demandes(request: Requete) -> HttpResponseBase:
    """Les demandes que je lis."""
    lues = liste.demandes(request, request.user)
    contexte = {
        "onglets": onglets("demandes", request.user),
        "accueillir": droits.peut_accueillir(request.user),
    }
    return rendre_liste(request, "accueillir/demandes/liste.html", lues, liste.EXPORT, contexte)


@require_http_methods(["GET", "POST"])
def noter(request: Requete) -> HttpResponse:
    """Le téléphone sonne ; `?structure=` la connaît déjà."""
    exiger(droits.peut_accueillir(request.user))
    formulaire = FormulaireDeNouvelleDemande(
        request.POST or None,
        utilisateur=request.user,
        initial={"structure": _structure_connue(request)},
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            notee = operations.noter_demande(
                formulaire.instance, nouvelle=formulaire.nouvelle, par=request.user
            )
        except ValidationError as erreur:
            formulaire.add_error("nouvelle_nom", erreur.messages)
        else:
            return redirect(notee)
    return rendre_formulaire(request, "accueillir/demandes/noter.html", {"formulaire": formulaire})


@require_safe
def demande(request: Requete, pk: UUID) -> HttpResponse:
    """Une demande : ce qu'elle est, ce qui reste, les gestes."""
    return _page(request, _demande(request, pk))


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, pk: UUID) -> HttpResponse:
    """Complète ce que l'on a noté."""
    objet = _a_modifier(request, pk)
    formulaire = FormulaireDeDemande(request.POST or None, instance=objet, utilisateur=request.user)
    if formulaire.enregistrer(operations.modifier_demande, formulaire.instance, par=request.user):
        return redirect(objet)
    contexte = {"formulaire": formulaire, "demande": objet, "fil": _fil(objet, "Compléter")}
    return rendre_formulaire(request, "accueillir/demandes/modifier.html", contexte)


@require_POST
def constater(request: Requete, pk: UUID) -> HttpResponse:
    """Enregistre ce que l'on sait de l'éligibilité."""
    objet = _a_modifier(request, pk)
    formulaire = FormulaireDEligibilite(request.POST, lus=points_de(objet))
    if formulaire.is_valid():
        try:
            operations.constater(
                objet,
                formulaire.constatations(),
                version=formulaire.cleaned_data["version"],
                par=request.user,
            )
        except ConflitDeVersion as conflit:
            formulaire.signaler_conflit(conflit.objet.version)
        else:
            return redirect(f"{objet.get_absolute_url()}#eligibilite")
    return _page(request, _demande(request, pk), formulaire)


@require_http_methods(["GET", "POST"])
def reorienter(request: Requete, pk: UUID) -> HttpResponse:
    """Réoriente la structure : vers qui, et pourquoi."""
    objet = _a_modifier(request, pk)
    formulaire = FormulaireDeReorientation(
        request.POST or None, instance=objet, utilisateur=request.user
    )
    if formulaire.enregistrer(operations.repondre, objet, "reorienter", par=request.user):
        return redirect(objet)
    contexte = {"formulaire": formulaire, "demande": objet, "fil": _fil(objet, "Réorienter")}
    return rendre_formulaire(request, "accueillir/demandes/reorienter.html", contexte)


@require_POST
def etat(request: Requete, pk: UUID, verbe: str) -> HttpResponse:
    """Accueille, classe sans suite, ou reprend."""
    objet = _a_modifier(request, pk)
    joue = jouer(request, partial(operations.repondre, objet, verbe), FormulaireDeVerbeMotive)
    if joue and objet.etat == EtatDemande.ACCUEILLIE:
        messages.success(request, f"{objet.structure} est accueillie : ouvrez son diagnostic.")
    return redirect(objet)


def _demande(request: Requete, pk: UUID) -> Demande:
    objets = Demande.objects.pour_liste().select_related(
        "structure__operateur", "contact", "orientee_par", "reorientee_vers"
    )
    return visible_ou_404(objets, request.user, pk=pk)


def _a_modifier(request: Requete, pk: UUID) -> Demande:
    objet = _demande(request, pk)
    exiger(droits.peut_modifier(request.user, objet))
    return objet


def _page(
    request: Requete, objet: Demande, formulaire: FormulaireDEligibilite | None = None
) -> HttpResponse:
    lus = points_de(objet)
    modifiable = droits.peut_modifier(request.user, objet)
    verbes = DEMANDES.verbes(objet, "accueillir:demande_etat", objet.pk) if modifiable else []
    contexte: dict[str, Any] = {
        "demande": objet,
        "points": lus,
        "conclusion": conclure(lus),
        "eligibilite": formulaire
        or FormulaireDEligibilite(lus=lus, initial={"version": objet.version}),
        "refuse": formulaire is not None,
        "manques": _manques(objet),
        "modifiable": modifiable,
        "reorientable": any(v.transition.nom == "reorienter" for v in verbes),
        "verbes": [v for v in verbes if v.transition.nom != "reorienter"],
        "fiche": peut_voir_la_fiche(request.user, objet.structure),
        "diagnostics": list(objet.diagnostics.visibles_par(request.user)),
        "pourquoi": pourquoi(objet, request.user),
        "fil": _fil(objet),
    }
    statut = 422 if formulaire is not None else 200
    return render(request, "accueillir/demandes/demande.html", contexte, status=statut)


def _fil(objet: Demande, geste: str = "") -> list[dict[str, str]]:
    """La liste, la demande, et le geste que l'on y fait."""
    demandes = {"libelle": "Demandes", "url": reverse("accueillir:demandes")}
    if not geste:
        return [demandes, {"libelle": objet.structure.nom, "url": ""}]
    elle = {"libelle": objet.structure.nom, "url": objet.get_absolute_url()}
    return [demandes, elle, {"libelle": geste, "url": ""}]


def _manques(objet: Demande) -> list[str]:
    """Ce qui reste à noter ; rien n'empêche de répondre sans."""
    regles = [
        (objet.paroles, "Ses mots ne sont pas notés."),
        (objet.qui, "On ne sait pas qui demande."),
        (objet.canal, "On ne sait pas comment elle est venue."),
        (objet.charge, "Personne ne s’en charge encore."),
    ]
    return [phrase for tenu, phrase in regles if not tenu]


def _structure_connue(request: Requete) -> Organisation | None:
    """Celle de l'adresse, si la personne la voit ; une adresse abîmée n'en désigne aucune."""
    cle = lire_cle(request.GET.get("structure", ""))
    visibles = Organisation.objects.visibles_par(request.user).structures()
    return visibles.select_related("commune").filter(pk=cle).first() if cle else None
