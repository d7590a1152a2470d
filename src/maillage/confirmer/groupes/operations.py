"""Composer : inscrire des propositions, ajuster un scénario, lever une exigence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from maillage.confirmer.groupes.calculs.pose import Pose
from maillage.confirmer.groupes.calculs.propositions import Proposition
from maillage.confirmer.groupes.calculs.recouvrement import recouvrir
from maillage.confirmer.groupes.calculs.reglages import Dehors, Reglages, lire_reglages
from maillage.confirmer.groupes.lecture import Atelier
from maillage.confirmer.groupes.transitions import AJUSTABLES, SCENARIOS
from maillage.confirmer.models import (
    EtatDeScenario,
    ExigenceDeGroupe,
    Participation,
    ScenarioDeGroupes,
)
from maillage.socle.droits import exiger, refuse
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer
from maillage.socle.travaux.models import Travail
from maillage.socle.travaux.operations import lancer
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur

TACHE = "confirmer.groupes"
PREFIXE = "Proposition"


def verrous_de(scenario: ScenarioDeGroupes | None) -> dict[str, int]:
    """La place principale de chaque structure verrouillée."""
    if scenario is None:
        return {}
    places = scenario.places
    return {cle: places[cle][0] for cle in scenario.verrous if places.get(cle)}


@operation
def inscrire(
    ingenierie: Ingenierie, atelier: Atelier, pose: Pose, propositions: Sequence[Proposition]
) -> list[ScenarioDeGroupes]:
    """Les propositions remplacent celles que l'on n'a ni gardées ni écartées."""
    type(ingenierie).objects.select_for_update().get(pk=ingenierie.pk)
    siens = ScenarioDeGroupes.objects.filter(ingenierie=ingenierie)
    siens.filter(etat=EtatDeScenario.PROPOSE).delete()
    premier = 1 + max((_numero(nom) for nom in siens.values_list("nom", flat=True)), default=0)
    verrous = {pose.entrees[i].cle: rang for i, rang in pose.verrous.items()}
    empreinte = atelier.empreinte(pose.reglages, verrous)
    nouveaux = [
        ScenarioDeGroupes(
            ingenierie=ingenierie,
            nom=f"{PREFIXE} {premier + rang}",
            reglages=pose.reglages.en_donnees(),
            graine=proposition.graine,
            places=_places(pose, proposition),
            verrous=sorted(verrous),
            verrous_tenus=verrous,
            borne=proposition.borne,
            empreinte=empreinte,
        )
        for rang, proposition in enumerate(propositions)
    ]
    for nouveau in nouveaux:  # un par un : leur ordre de création est celui des onglets
        nouveau.save()
    return nouveaux


def _numero(nom: str) -> int:
    prefixe, _, nombre = nom.rpartition(" ")
    return int(nombre) if prefixe == PREFIXE and nombre.isdigit() else 0


def _places(pose: Pose, proposition: Proposition) -> dict[str, list[int]]:
    """Place principale d'abord, puis celles que le recouvrement ajoute."""
    formes = recouvrir(pose, proposition.groupes)
    places = {}
    for i, entree in enumerate(pose.entrees):
        principale = proposition.groupes[i]
        autres = [g for g, forme in enumerate(formes) if i in forme and g != principale]
        places[entree.cle] = [principale, *autres] if principale >= 0 else []
    return places


@operation
def demander(
    ingenierie: Ingenierie,
    reglages: Reglages,
    *,
    verrous: Mapping[str, int],
    graine: int,
    par: Utilisateur,
) -> Travail:
    """La même recherche, en travail de fond : pour beaucoup de structures."""
    return lancer(
        libelle=f"Groupes de {citer(ingenierie.titre)}"[:200],
        tache=TACHE,
        parametres={
            "ingenierie": str(ingenierie.pk),
            "reglages": reglages.en_donnees(),
            "verrous": dict(verrous),
            "graine": graine,
        },
        par=par,
        suite=reverse("confirmer:groupes", args=[ingenierie.pk]),
    )


@operation
def lever(
    ingenierie: Ingenierie,
    geste: str,
    reglages: Reglages,
    *,
    scenario: ScenarioDeGroupes | None,
    par: Utilisateur,
) -> Reglages:
    """Lève l'obstacle que nomme `geste` (`calculs.impossible`), et rend les réglages qui restent.

    Une exigence est retirée du dossier ; un verrou, du scénario, ou de cette seule recherche s'il
    ne s'ajuste plus ; le reste n'est que réglage. Un geste qui ne désigne plus rien est sans effet.
    """
    sorte, _, reste = geste.partition(":")
    if sorte in ("ensemble", "jamais"):
        _retirer_l_exigence(ingenierie, sorte, reste.split(":"), par)
    elif sorte == "verrou" and scenario and reste in scenario.verrous:
        scenario.verrous = [cle for cle in scenario.verrous if cle != reste]
        if scenario.etat in AJUSTABLES:
            enregistrer(scenario, version=scenario.version)
    elif sorte == "toutes":
        return _avec_dehors(reglages)
    elif reste in map(str, range(len(reglages.groupes))):
        if sorte == "minimum":
            return reglages.sans_minimum(int(reste))
        if sorte == "maximum":
            return reglages.sans_maximum(int(reste))
    return reglages


def _avec_dehors(reglages: Reglages) -> Reglages:
    return lire_reglages(reglages.en_donnees() | {"dehors": Dehors.SI_BESOIN})


def _retirer_l_exigence(
    ingenierie: Ingenierie, sorte: str, cles: list[str], par: Utilisateur
) -> None:
    siennes = ExigenceDeGroupe.objects.filter(ingenierie=ingenierie, sorte=sorte)
    for exigence in siennes.select_related("une__structure", "autre__structure"):
        if {str(exigence.une_id), str(exigence.autre_id)} == set(cles):
            phrase = f"a levé l’exigence : {exigence}"
            exigence.delete()
            journaliser(ingenierie, phrase, par=par, interne=True)


@operation
def deplacer(
    scenario: ScenarioDeGroupes, cle: UUID, vers: int, *, aussi: bool = False
) -> ScenarioDeGroupes:
    """Met une structure dans le groupe de rang `vers`, -1 pour dehors ; une version de plus.

    Une structure arrivée depuis la proposition se place comme les autres. `aussi` : lui ajoute ou
    lui ôte cette place, sans toucher à la principale. Lève `Refus`.
    """
    scenario = _tenir(scenario)
    nom = str(cle)
    nombre = len(scenario.reglages["groupes"])
    connue = nom in scenario.places or _arrivee_depuis(scenario, cle)
    if not connue or not -1 <= vers < nombre:
        exiger(refuse("Cette place n’existe pas dans ce scénario.", "Rechargez la page."))
    if nom in scenario.verrous and not aussi:
        exiger(refuse("Cette structure est verrouillée.", "Déverrouillez-la d’abord."))
    siennes = scenario.places.get(nom, [])
    if not aussi:
        scenario.places[nom] = [] if vers < 0 else [vers, *(g for g in siennes[1:] if g != vers)]
    elif siennes and vers != siennes[0] and vers >= 0:
        scenario.places[nom] = (
            [g for g in siennes if g != vers] if vers in siennes else [*siennes, vers]
        )
    scenario.ajuste = True
    return enregistrer(scenario, version=scenario.version)


def _arrivee_depuis(scenario: ScenarioDeGroupes, cle: UUID) -> bool:
    """Vrai si la mission a aujourd'hui cette structure à grouper."""
    siennes = Participation.objects.filter(ingenierie=scenario.ingenierie_id)
    return siennes.a_grouper().filter(pk=cle).exists()


@operation
def verrouiller(scenario: ScenarioDeGroupes, cle: UUID) -> ScenarioDeGroupes:
    """Verrouille une structure placée, ou la libère. Lève `Refus`."""
    scenario = _tenir(scenario)
    nom = str(cle)
    if not scenario.places.get(nom):
        exiger(refuse("On ne verrouille qu’une structure placée.", "Placez-la d’abord."))
    libres = [autre for autre in scenario.verrous if autre != nom]
    scenario.verrous = libres if nom in scenario.verrous else sorted([*libres, nom])
    return enregistrer(scenario, version=scenario.version)


def _tenir(scenario: ScenarioDeGroupes) -> ScenarioDeGroupes:
    """Le scénario, tenu le temps de l'ajuster : deux gestes simultanés ne se perdent pas."""
    tenu = ScenarioDeGroupes.objects.select_for_update().get(pk=scenario.pk)
    if tenu.etat not in AJUSTABLES:
        exiger(
            refuse(
                f"Ce scénario est {tenu.get_etat_display()} : il ne s’ajuste plus.",
                "Revenez d’abord sur cette décision.",
            )
        )
    return tenu


@operation
def changer_scenario(
    scenario: ScenarioDeGroupes, verbe: str, *, version: int, par: Utilisateur
) -> ScenarioDeGroupes:
    """Garder, écarter, revenir sur la décision. Lève `TransitionRefusee` ou `ConflitDeVersion`."""
    decide = scenario.etat == EtatDeScenario.RETENU
    SCENARIOS.appliquer(verbe, scenario)
    enregistrer(scenario, version=version)
    if decide:
        phrase = f"est revenu sur le choix des groupes « {scenario.nom} », qui restent en place"
        journaliser(scenario.ingenierie, phrase, par=par, interne=True)
    return scenario
