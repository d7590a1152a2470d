"""Composer les groupes : proposer, ajuster, comparer, décider. Tout est interne aux DLA."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.confirmer.droits import peut_lire_la_mobilisation
from maillage.confirmer.groupes import operations
from maillage.confirmer.groupes.bilan import Bilan, points
from maillage.confirmer.groupes.calculs.impossible import Obstacle, obstacles
from maillage.confirmer.groupes.calculs.propositions import RienTrouve, deplacees
from maillage.confirmer.groupes.calculs.propositions import proposer as chercher
from maillage.confirmer.groupes.calculs.reglages import Reglages, lire_reglages, par_defaut
from maillage.confirmer.groupes.decision import laissees_dehors, prevoir, retenir
from maillage.confirmer.groupes.forms import FormulaireDeDecision, FormulaireDeReglages
from maillage.confirmer.groupes.lecture import Atelier, ouvrir_l_atelier
from maillage.confirmer.groupes.presentation import comparaison, exigences_et_souhaits, plateau
from maillage.confirmer.groupes.travail import DIRECT_AU_PLUS, RIEN
from maillage.confirmer.models import EtatDeScenario, ScenarioDeGroupes
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.mots import citer, compter
from maillage.socle.requetes import Requete
from maillage.socle.verrou import ConflitDeVersion
from maillage.socle.vues import jouer, rendre_formulaire

ITERATIONS = 6_000
ITERATIONS_D_APERCU = 1_500
AU_MOINS = 2


@require_safe
def atelier(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Les scénarios de la mission, celui que l'on montre (`?scenario=`), et les réglages."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_lire_la_mobilisation(request.user, dossier))
    ouvert = ouvrir_l_atelier(dossier)
    montre = _montre(ouvert, request.GET.get("scenario", ""))
    reglages = _reglages_de(ouvert, montre)
    formulaire = FormulaireDeReglages(
        atelier=ouvert, reglages=reglages, graine=montre.graine if montre else 0
    )
    contexte = _contexte(request, dossier, ouvert, montre) | {"formulaire": formulaire}
    return render(request, "confirmer/groupes/page.html", contexte)


@require_POST
def proposer(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Cherche des groupes ; ce qui s'y oppose est dit, et `lever` en lève une part d'un geste."""
    dossier = _dossier_a_ecrire(request, ingenierie)
    ouvert = ouvrir_l_atelier(dossier)
    depuis = _choisi(ouvert, request.POST.get("depuis", ""))
    formulaire = FormulaireDeReglages(
        request.POST, atelier=ouvert, reglages=_reglages_de(ouvert, depuis)
    )
    if not formulaire.is_valid():
        return _refuser(request, dossier, ouvert, depuis, formulaire, [])
    reglages, graine = formulaire.reglages, formulaire.tirage
    if geste := request.POST.get("lever"):
        reglages = operations.lever(dossier, geste, reglages, scenario=depuis, par=request.user)
        ouvert = ouvrir_l_atelier(dossier)
        formulaire = FormulaireDeReglages(atelier=ouvert, reglages=reglages, graine=graine)
    verrous = operations.verrous_de(depuis)
    pose = ouvert.poser(reglages, verrous)
    if conflits := obstacles(pose):
        return _refuser(request, dossier, ouvert, depuis, formulaire, conflits)
    if pose.n > DIRECT_AU_PLUS:
        travail = operations.demander(
            dossier, reglages, verrous=verrous, graine=graine, par=request.user
        )
        return redirect(travail)
    try:
        trouvees = chercher(pose, graine=graine, iterations=ITERATIONS)
    except RienTrouve:
        messages.error(request, RIEN)
        return _refuser(request, dossier, ouvert, depuis, formulaire, [])
    premier, *autres = operations.inscrire(dossier, ouvert, pose, trouvees)
    phrase = f"{compter(1 + len(autres), 'proposition')} à comparer."
    messages.success(request, phrase)
    return redirect(_adresse(premier))


@require_POST
def apercu(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Ce que des réglages changeraient, sans rien écrire."""
    dossier = _dossier_a_ecrire(request, ingenierie)
    ouvert = ouvrir_l_atelier(dossier)
    montre = _choisi(ouvert, request.POST.get("depuis", ""))
    formulaire = FormulaireDeReglages(
        request.POST, atelier=ouvert, reglages=_reglages_de(ouvert, montre)
    )
    phrase = "Ces réglages ne se lisent pas encore : complétez-les."
    if formulaire.is_valid():
        phrase = _annoncer(ouvert, montre, formulaire.reglages, formulaire.tirage)
    return render(request, "confirmer/groupes/_apercu.html", {"phrase": phrase})


def _annoncer(
    ouvert: Atelier, montre: ScenarioDeGroupes | None, reglages: Reglages, graine: int
) -> str:
    pose = ouvert.poser(reglages, operations.verrous_de(montre))
    try:
        premiere = chercher(pose, graine=graine, variantes=1, iterations=ITERATIONS_D_APERCU)[0]
    except RienTrouve:
        return "Rien ne tient avec ces réglages : proposez, et vous saurez pourquoi."
    vaudrait = f"Ces réglages donneraient un objectif de {points(premiere.objectif)}"
    if montre is None or len(montre.reglages["groupes"]) != pose.m:
        return f"{vaudrait}."
    bougent = len(deplacees(premiere.groupes, Bilan(ouvert, montre).principales))
    changent = "aucune structure ne changerait"
    if bougent:
        changent = compter(bougent, "structure changerait", "structures changeraient")
    return f"{vaudrait} : {changent} de place depuis {citer(montre.nom)}."


@require_POST
def ajuster(request: Requete, ingenierie: UUID, scenario: UUID) -> HttpResponse:
    """Déplace (`vers:clé:rang`), ajoute ou ôte une place (`aussi:clé:rang`), verrouille."""
    dossier = _dossier_a_ecrire(request, ingenierie)
    voulu = get_object_or_404(ScenarioDeGroupes, pk=scenario, ingenierie=dossier)
    sorte, _, reste = request.POST.get("geste", "").partition(":")
    cle, _, rang = reste.partition(":")
    avant = voulu
    with suppress(ValueError):
        if sorte == "verrou":
            voulu = operations.verrouiller(voulu, UUID(cle))
        elif sorte in ("vers", "aussi"):
            voulu = operations.deplacer(voulu, UUID(cle), int(rang), aussi=sorte == "aussi")
    if not request.headers.get("HX-Request"):
        return redirect(f"{_adresse(voulu)}#carte-{cle}")
    ouvert = ouvrir_l_atelier(dossier)
    bilan = Bilan(ouvert, voulu)
    contexte = _contexte(request, dossier, ouvert, voulu) | {
        "annonce": _dire_l_effet(Bilan(ouvert, avant), bilan, cle),
        "focus": cle,
        "direct": True,
    }
    return render(request, "confirmer/groupes/_plateau.html", contexte)


def _dire_l_effet(avant: Bilan, apres: Bilan, cle: str) -> str:
    """« Café B est dans « Mécénat ». L'objectif passe de 12,4 à 11,8. »."""
    noms = {e.cle: e.nom for e in apres.atelier.entrees}
    groupes = [f"« {apres.reglages.groupes[g].nom} »" for g in apres.scenario.places.get(cle, ())]
    ou = f"dans {' et '.join(groupes)}" if groupes else "hors groupe"
    verrou = ", verrouillée" if cle in apres.scenario.verrous else ""
    phrase = f"{noms.get(cle, 'Cette structure')} est {ou}{verrou}."
    if points(avant.valeur) == points(apres.valeur):
        return f"{phrase} L’objectif reste à {points(apres.valeur)}."
    return f"{phrase} L’objectif passe de {points(avant.valeur)} à {points(apres.valeur)}."


@require_POST
def changer(request: Requete, ingenierie: UUID, scenario: UUID, verbe: str) -> HttpResponse:
    """Garde, écarte un scénario, ou revient sur la décision."""
    dossier = _dossier_a_ecrire(request, ingenierie)
    voulu = get_object_or_404(
        ScenarioDeGroupes.objects.select_related("ingenierie"), pk=scenario, ingenierie=dossier
    )
    if jouer(request, partial(operations.changer_scenario, voulu, verbe)):
        messages.success(request, f"{citer(voulu.nom)} : {voulu.get_etat_display()}.")
    return redirect(_adresse(voulu))


@require_http_methods(["GET", "POST"])
def decider(request: Requete, ingenierie: UUID, scenario: UUID) -> HttpResponse:
    """Retient un scénario : ce que cela changera, puis les raisons."""
    dossier = _dossier_a_ecrire(request, ingenierie)
    voulu = get_object_or_404(ScenarioDeGroupes, pk=scenario, ingenierie=dossier)
    voulu.ingenierie = dossier
    formulaire = FormulaireDeDecision(request.POST or None, initial={"version": voulu.version})
    if request.method == "POST" and formulaire.is_valid():
        try:
            lu = formulaire.cleaned_data
            retenir(voulu, lu["raisons"], version=lu["version"], par=request.user)
        except ConflitDeVersion as conflit:
            envoi = request.POST.copy()
            envoi["version"] = str(conflit.objet.version)
            formulaire = FormulaireDeDecision(envoi)
            formulaire.add_error(None, f"{conflit} Relisez ce qu’il devient, puis décidez.")
            voulu.refresh_from_db()
        else:
            messages.success(request, "Les groupes de la mission sont ceux de ce scénario.")
            return redirect("ingenieries:demarche", dossier.pk, "confirmer.mobiliser")
    remplis, laisses = prevoir(dossier, voulu)
    contexte = {
        "ingenierie": dossier,
        "scenario": voulu,
        "titre": f"Retenir {citer(voulu.nom)}",
        "formulaire": formulaire,
        "remplis": remplis,
        "laisses": laisses,
        "dehors": laissees_dehors(dossier, voulu),
        "retour": _adresse(voulu),
    }
    return rendre_formulaire(request, "confirmer/groupes/decider.html", contexte)


def _dossier_a_ecrire(request: Requete, ingenierie: UUID) -> Ingenierie:
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    return dossier


def _adresse(scenario: ScenarioDeGroupes) -> str:
    page = reverse("confirmer:groupes", args=[scenario.ingenierie_id])
    return f"{page}?scenario={scenario.pk}"


def _choisi(ouvert: Atelier, cle: str) -> ScenarioDeGroupes | None:
    return next((s for s in ouvert.scenarios if str(s.pk) == cle), None)


def _montre(ouvert: Atelier, cle: str) -> ScenarioDeGroupes | None:
    """Celui que l'on demande ; à défaut le retenu, puis le premier qui n'est pas écarté."""
    actifs = [s for s in ouvert.scenarios if s.etat != EtatDeScenario.ECARTE]
    return _choisi(ouvert, cle) or ouvert.retenu or next(iter(actifs), None)


def _reglages_de(ouvert: Atelier, scenario: ScenarioDeGroupes | None) -> Reglages:
    """Ceux du scénario ; sans lui, deux groupes égaux, ou ceux que la mission a déjà."""
    if scenario:
        return lire_reglages(scenario.reglages)
    noms = tuple(groupe.nom for groupe in ouvert.groupes)
    return par_defaut(len(ouvert.entrees), noms) if noms else par_defaut(len(ouvert.entrees))


def _refuser(
    request: Requete,
    dossier: Ingenierie,
    ouvert: Atelier,
    depuis: ScenarioDeGroupes | None,
    formulaire: FormulaireDeReglages,
    conflits: list[Obstacle],
) -> HttpResponse:
    contexte = _contexte(request, dossier, ouvert, depuis) | {
        "formulaire": formulaire,
        "conflits": conflits,
    }
    return rendre_formulaire(request, "confirmer/groupes/page.html", contexte)


def _contexte(
    request: Requete, dossier: Ingenierie, ouvert: Atelier, montre: ScenarioDeGroupes | None
) -> dict[str, Any]:
    modifier = peut_modifier(request.user, dossier)
    contexte: dict[str, Any] = {
        "ingenierie": dossier,
        "modifier": modifier,
        "atelier": ouvert,
        "montre": montre,
        "nombre": len(ouvert.entrees),
        "suffit": len(ouvert.entrees) >= AU_MOINS,
        "onglets": _onglets(ouvert, montre),
        "exigences": exigences_et_souhaits(ouvert, dossier),
        "retour": reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.mobiliser"]),
        "conflits": [],
    }
    if montre:
        bilans = {s.pk: Bilan(ouvert, s) for s in ouvert.scenarios}
        bilan = bilans[montre.pk] = Bilan(ouvert, montre)
        contexte["plateau"] = plateau(bilan, modifier=bool(modifier))
        contexte["comparaison"] = comparaison(list(bilans.values()), bilan)
    return contexte


def _onglets(ouvert: Atelier, montre: ScenarioDeGroupes | None) -> list[dict[str, Any]]:
    return [
        {
            "libelle": s.nom,
            "url": f"?scenario={s.pk}",
            "actif": montre is not None and s.pk == montre.pk,
        }
        for s in ouvert.scenarios
        if s.etat != EtatDeScenario.ECARTE
    ]
