"""Les séances d'une mission, et la grille des présences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from maillage.confirmer.models import AppartenanceAuGroupe, Participation
from maillage.finaliser.calculs.presences import Fusion
from maillage.finaliser.models import EtatPresence, Presence, Seance
from maillage.finaliser.operations import Case, noter_presences
from maillage.finaliser.panneaux.realiser import decrire, seances_de
from maillage.ingenieries.droits import peut_modifier, regard
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.listes import ColonneDeListe, Liste
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete

COLONNES = [
    ColonneDeListe("Séance", "titre", ["titre"]),
    ColonneDeListe("Date", "date", ["date"]),
    ColonneDeListe("Durée", "duree", ["duree_valeur"]),
    ColonneDeListe("Présences"),
]
SEANCES_PAR_PAGE = 5
STRUCTURES_PAR_PAGE = 25
LETTRES = {etat.value: etat.value[0] for etat in EtatPresence}
ETATS = {lettre: etat for etat, lettre in LETTRES.items()}


@require_safe
def seances(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Toutes les séances d'une mission."""
    dossier = lire_dossier(request.user, ingenierie)
    voit_interne = regard(request.user, dossier).voit_interne
    liste = Liste(request, seances_de(dossier), colonnes=COLONNES, tri="date")
    contexte = {
        "ingenierie": dossier,
        "liste": liste,
        "seances": [decrire(s, dossier, voit_interne=voit_interne) for s in liste.page],
        "modifier": peut_modifier(request.user, dossier),
        "retour": _demarche(dossier),
    }
    return render(request, "finaliser/seances.html", contexte)


@dataclass(frozen=True, slots=True)
class Grille:
    """Un morceau de la grille : des séances, des structures, et les cases qui les croisent."""

    seances: Page[Seance]
    structures: Page[Participation]
    cases: Mapping[str, Case]

    @staticmethod
    def nom(seance: Seance, participation: Participation) -> str:
        """Un nom de champ court : la page entière en porte plus de cent."""
        return f"{seance.pk.hex[:8]}-{participation.pk.hex[:8]}"


@require_http_methods(["GET", "POST"])
def presences(request: Requete, ingenierie: UUID) -> HttpResponse:
    """La grille séances × structures ; on n'enregistre que les cases que l'on a changées."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    grille = _grille(request, dossier)
    saisi: dict[Case, str] = {}
    fusion: Fusion[Case] = Fusion({}, {})
    if request.method == "POST":
        saisi = _saisi(request, grille)
        lu = _lire(request.POST.get("lu", ""), grille)
        fusion = noter_presences(dossier, lu=lu, saisi=saisi, par=request.user)
        if not fusion.conflits:
            messages.success(request, f"{compter(len(fusion.ecritures), 'présence')} en plus.")
            return redirect(request.get_full_path())
    enregistre = _enregistre(grille)
    contexte = {
        "ingenierie": dossier,
        "grille": grille,
        "lignes": _lignes(grille, enregistre | saisi, fusion),
        "lu": _ecrire(grille, enregistre),
        "conflits": len(fusion.conflits),
        "etats": EtatPresence.choices,
        "retour": _demarche(dossier),
    }
    statut = 409 if fusion.conflits else 200
    return render(request, "finaliser/presences.html", contexte, status=statut)


def _grille(request: Requete, dossier: Ingenierie) -> Grille:
    seances = _page(dossier.seances.all(), SEANCES_PAR_PAGE, request.GET.get("seances"))
    retenues = dossier.participations.retenues().select_related("structure")
    structures = _page(retenues, STRUCTURES_PAR_PAGE, request.GET.get("page"))
    membres = set(
        AppartenanceAuGroupe.objects.filter(groupe__ingenierie=dossier).values_list(
            "groupe", "participation"
        )
    )
    cases = {
        Grille.nom(s, p): (s.pk, p.pk)
        for s in seances
        for p in structures
        if _attendue(s, p, membres)
    }
    return Grille(seances, structures, cases)


def _page(objets: QuerySet[Any], par_page: int, numero: str | None) -> Page[Any]:
    return Paginator(objets, par_page).get_page(numero)


def _attendue(seance: Seance, participation: Participation, membres: set[tuple[Any, Any]]) -> bool:
    """Un temps individuel attend sa structure, celui d'un groupe ses membres, les autres toutes."""
    if seance.participation_id:
        return seance.participation_id == participation.pk
    return seance.groupe_id is None or (seance.groupe_id, participation.pk) in membres


def _enregistre(grille: Grille) -> dict[Case, str]:
    presences = Presence.objects.filter(
        seance__in=list(grille.seances), participation__in=list(grille.structures)
    )
    return {(p.seance_id, p.participation_id): p.etat for p in presences}


def _saisi(request: Requete, grille: Grille) -> dict[Case, str]:
    """Les cases envoyées, réduites à celles que cette page pouvait porter."""
    return {
        case: request.POST[nom]
        for nom, case in grille.cases.items()
        if request.POST.get(nom, "?") in ("", *LETTRES)
    }


def _ecrire(grille: Grille, enregistre: Mapping[Case, str]) -> str:
    """Ce qui était affiché, en une ligne : « a1b2…-c3d4…=p … »."""
    noms = {case: nom for nom, case in grille.cases.items()}
    return " ".join(
        f"{noms[case]}={LETTRES[etat]}" for case, etat in enregistre.items() if case in noms
    )


def _lire(texte: str, grille: Grille) -> dict[Case, str]:
    couples = (mot.partition("=") for mot in texte.split())
    return {
        grille.cases[nom]: ETATS[lettre]
        for nom, _, lettre in couples
        if nom in grille.cases and lettre in ETATS
    }


def _lignes(
    grille: Grille, valeurs: Mapping[Case, str], fusion: Fusion[Case]
) -> Sequence[dict[str, Any]]:
    return [
        {
            "structure": p.structure.nom,
            "cases": [_case(grille, s, p, valeurs, fusion) for s in grille.seances],
        }
        for p in grille.structures
    ]


def _case(
    grille: Grille,
    seance: Seance,
    participation: Participation,
    valeurs: Mapping[Case, str],
    fusion: Fusion[Case],
) -> dict[str, Any]:
    nom = Grille.nom(seance, participation)
    case = grille.cases.get(nom)
    conflit = fusion.conflits.get(case) if case else None
    return {
        "nom": nom if case else "",
        "seance": seance,
        "valeur": valeurs.get(case, "") if case else "",
        "conflit": _en_clair(conflit.enregistre) if conflit else "",
    }


def _en_clair(etat: str) -> str:
    return EtatPresence(etat).label if etat else "non notée"


def _demarche(dossier: Ingenierie) -> str:
    return reverse("ingenieries:demarche", args=[dossier.pk, "finaliser.realiser"])
