"""Pages du parcours : l'ouvrir, le lire, le faire avancer, en dire le bilan."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.accueillir.droits import peut_modifier
from maillage.accueillir.models import Action, Parcours
from maillage.accueillir.parcours import operations
from maillage.accueillir.parcours.chiffres import AvantApres, comparer
from maillage.accueillir.parcours.droits import peut_ecrire, peut_jouer, peut_ouvrir, regard
from maillage.accueillir.parcours.edition import fil
from maillage.accueillir.parcours.forms import FormulaireDeBilan, FormulaireDeParcours
from maillage.accueillir.parcours.lecture import (
    besoins_de,
    lire_actions,
    lire_besoins,
    lire_parcours,
    prochain_point,
)
from maillage.accueillir.parcours.presentation import ce_qui_manque, ou_il_en_est
from maillage.accueillir.parcours.transitions import PARCOURS
from maillage.annuaire.models import Organisation
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.formulaires import FormulaireDeVerbeMotive
from maillage.socle.listes import ColonneDeListe
from maillage.socle.requetes import Requete
from maillage.socle.vues import jouer, rendre_formulaire


@require_http_methods(["GET", "POST"])
def ouvrir(request: Requete, structure: UUID) -> HttpResponse:
    """Ouvre le parcours d'une structure, à partir d'un diagnostic (`?diagnostic=…`) ou sans."""
    objets = Organisation.objects.select_related("commune", "operateur")
    suivie = visible_ou_404(objets, request.user, pk=structure)
    exiger(peut_ouvrir(request.user, suivie))
    formulaire = FormulaireDeParcours(
        request.POST or None,
        instance=Parcours(structure=suivie),
        initial={"diagnostic": request.GET.get("diagnostic", "")},
        utilisateur=request.user,
    )
    if request.method == "POST" and formulaire.is_valid():
        return redirect(operations.ouvrir_parcours(formulaire.instance, par=request.user))
    return _page_formulaire(request, formulaire, "Ouvrir un parcours", f"parcours-{structure}")


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, parcours: UUID) -> HttpResponse:
    """Modifie l'en-tête du parcours."""
    objet = lire_parcours(request.user, parcours)
    exiger(peut_ecrire(request.user, objet))
    formulaire = FormulaireDeParcours(
        request.POST or None, instance=objet, utilisateur=request.user
    )
    if formulaire.enregistrer(operations.modifier_parcours, formulaire.instance, par=request.user):
        return redirect(objet)
    return _page_formulaire(request, formulaire, "Modifier le parcours", f"parcours-{objet.pk}")


@require_safe
def parcours(request: Requete, parcours: UUID) -> HttpResponse:
    """Tout le parcours en une page : où il en est, ce qui presse, les gestes en place."""
    objet = lire_parcours(request.user, parcours)
    return render(request, "accueillir/parcours/parcours.html", _contexte(request, objet))


@require_http_methods(["GET", "POST"])
def bilan(request: Requete, parcours: UUID) -> HttpResponse:
    """Ce qui a changé : en tout, besoin par besoin, et les chiffres avant et après."""
    objet = lire_parcours(request.user, parcours)
    exiger(peut_modifier(request.user, objet))
    vue = regard(request.user, objet)
    formulaire = FormulaireDeBilan(
        request.POST or None, instance=objet, besoins=besoins_de(objet, vue)
    )
    if formulaire.is_valid() and formulaire.enregistrer(
        operations.ecrire_bilan, formulaire.instance, formulaire.evolutions(), par=request.user
    ):
        return redirect(f"{objet.get_absolute_url()}#bilan")
    contexte = {
        "parcours": objet,
        "formulaire": formulaire,
        "chiffres": _chiffres(objet),
        "colonnes_chiffres": COLONNES_CHIFFRES,
        "fil": fil(objet, "Bilan"),
    }
    return rendre_formulaire(request, "accueillir/parcours/bilan.html", contexte)


@require_POST
def etat(request: Requete, parcours: UUID, verbe: str) -> HttpResponse:
    """Clôt, interrompt ou reprend le parcours."""
    objet = lire_parcours(request.user, parcours)
    exiger(peut_modifier(request.user, objet))
    jouer(request, partial(operations.changer_etat, objet, verbe), FormulaireDeVerbeMotive)
    return redirect(objet)


@require_POST
def action_etat(request: Requete, action: UUID, verbe: str) -> HttpResponse:
    """Fait avancer une action ; la structure dit faite celle qui lui revient."""
    visibles = Parcours.objects.visibles_par(request.user)
    lues = Action.objects.filter(parcours__in=visibles.values("pk"))
    objet = get_object_or_404(
        lues.select_related("parcours__structure", "parcours__operateur", "parcours__charge"),
        pk=action,
    )
    exiger(peut_jouer(request.user, objet.parcours, objet, verbe))
    geste = partial(operations.changer_etat_d_action, objet, verbe)
    jouer(request, geste, FormulaireDeVerbeMotive)
    return redirect(f"{objet.parcours.get_absolute_url()}#action-{objet.pk}")


COLONNES_CHIFFRES = [
    ColonneDeListe("Chiffre"),
    *(ColonneDeListe(libelle, nombre=True) for libelle in ("Avant", "Après", "Différence")),
]


def _contexte(request: Requete, objet: Parcours) -> dict[str, Any]:
    vue, jour = regard(request.user, objet), timezone.localdate()
    actions = lire_actions(objet, request.user, vue, jour)
    besoins = lire_besoins(objet, vue, actions)
    points = list(objet.suivis.all())
    presse = [ligne for ligne in actions if ligne.forme == "en_retard"]
    return {
        "parcours": objet,
        "regard": vue,
        "phrase": ou_il_en_est(objet, actions, prochain_point(points), jour),
        "manques": ce_qui_manque(objet, actions, besoins) if vue.suit else [],
        "en_retard": presse,
        "actions": actions,
        "besoins": besoins,
        "evolutions": [ligne for ligne in besoins if ligne.evolue],
        "points": points,
        "chiffres": _chiffres(objet),
        "colonnes_chiffres": COLONNES_CHIFFRES,
        "verbes": PARCOURS.verbes(objet, "accueillir:parcours_etat", objet.pk) if vue.suit else [],
        "notes": list(objet.notes.select_related("auteur")) if vue.suit else [],
        "fil": fil(objet),
    }


def _chiffres(objet: Parcours) -> AvantApres:
    """Ceux de la structure, autour du parcours (une requête)."""
    fin = (objet.clos_le or timezone.localdate()).year
    return comparer(list(objet.structure.chiffres.all()), objet.ouvert_le.year, fin)


def _page_formulaire(
    request: Requete, formulaire: FormulaireDeParcours, titre: str, cle: str
) -> HttpResponse:
    objet = formulaire.instance
    nouveau = objet._state.adding
    retour = objet.structure.get_absolute_url() if nouveau else objet.get_absolute_url()
    contexte = {
        "formulaire": formulaire,
        "parcours": objet,
        "titre": titre,
        "retour": retour,
        "cle_brouillon": cle,
        "fil": [{"libelle": objet.structure.nom, "url": objet.structure.get_absolute_url()}]
        if nouveau
        else fil(objet, titre),
    }
    return rendre_formulaire(request, "accueillir/parcours/formulaire.html", contexte)
