"""Un scénario prêt à montrer : ses colonnes, ses cartes, ses gestes, et la comparaison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maillage import methode
from maillage.confirmer.editions import EXIGENCE, SOUHAIT
from maillage.confirmer.groupes.bilan import Bilan, points
from maillage.confirmer.groupes.calculs.contributions import contributions
from maillage.confirmer.groupes.calculs.creneaux import rang_du_creneau
from maillage.confirmer.groupes.calculs.dehors import pourquoi_dehors
from maillage.confirmer.groupes.calculs.propositions import deplacees
from maillage.confirmer.groupes.lecture import Atelier
from maillage.confirmer.groupes.transitions import AJUSTABLES, SCENARIOS
from maillage.confirmer.models import EtatDeScenario
from maillage.ingenieries.models import Ingenierie
from maillage.socle.mots import citer, compter, enumerer

FORMES = {
    EtatDeScenario.PROPOSE: "a_faire",
    EtatDeScenario.GARDE: "en_cours",
    EtatDeScenario.RETENU: "fait",
    EtatDeScenario.ECARTE: "sans_objet",
}
DEHORS = -1
NOMMEES = 5
"""Structures arrivées, créneaux, que l'on nomme ; au-delà, leur nombre suffit."""


def plateau(bilan: Bilan, *, modifier: bool) -> dict[str, Any]:
    """Les colonnes d'un scénario, une par groupe, et la marge de celles qui restent dehors."""
    scenario = bilan.scenario
    ajustable = modifier and scenario.etat in AJUSTABLES
    dehors = [i for i, place in enumerate(bilan.principales) if place == DEHORS]
    return {
        "scenario": scenario,
        "ajustable": ajustable,
        "colonnes": [_colonne(bilan, rang, ajustable) for rang in range(len(bilan.formes))],
        "dehors": [
            _carte(bilan, i, DEHORS, ajustable)
            | {"pourquoi": pourquoi_dehors(bilan.pose, bilan.formes, i)}
            for i in dehors
        ],
        "objectif": points(bilan.valeur),
        "ecart": bilan.dire_l_ecart(),
        "parts": _dire_les_parts(bilan),
        "enfreintes": bilan.enfreintes,
        "arrivees": _dire_les_arrivees(bilan, ajustable),
    }


def _dire_les_parts(bilan: Bilan) -> list[tuple[str, str]]:
    """Ce que chaque réglage apporte à l'objectif ; ce qui s'écrirait « 0 » se tait."""
    parts = contributions(bilan.pose, bilan.formes)
    ecrites = [(libelle, points(part)) for libelle, part in parts]
    return [(libelle, ecrite) for libelle, ecrite in ecrites if ecrite != "0"]


def _dire_les_arrivees(bilan: Bilan, ajustable: bool) -> str:
    """Qui est arrivé depuis la proposition, et comment l'y placer ; vide si personne."""
    noms = [citer(e.nom) for e in bilan.atelier.entrees if e.cle in bilan.arrivees]
    if not noms:
        return ""
    arrivees = compter(len(noms), "structure est arrivée", "structures sont arrivées")
    nommees = f" : {enumerer(noms)}" if len(noms) <= NOMMEES else ""
    phrase = f"{arrivees} depuis cette proposition{nommees}."
    if not ajustable:
        return phrase
    la = "la" if len(noms) == 1 else "les"
    return f"{phrase} Placez-{la} depuis « Hors groupe » : rien d’autre ne bougera."


def _colonne(bilan: Bilan, rang: int, ajustable: bool) -> dict[str, Any]:
    groupe, portrait = bilan.reglages.groupes[rang], bilan.portraits[rang]
    libelles = {v.code: v.libelle for v in methode.liste("groupes.vigilances")}
    ordre = sorted(bilan.formes[rang], key=lambda i: (bilan.principales[i] != rang, i))
    return {
        "rang": rang,
        "nom": groupe.nom,
        "theme": groupe.theme,
        "phrase": portrait.phrase,
        "vigilances": [(libelles[code], phrase) for code, phrase in portrait.points_faibles],
        "cartes": [_carte(bilan, i, rang, ajustable) for i in ordre],
    }


def _carte(bilan: Bilan, i: int, rang: int, ajustable: bool) -> dict[str, Any]:
    """Trois faits sur une structure, et ce que l'on peut en faire depuis cette colonne."""
    entree = bilan.atelier.entrees[i]
    participation = bilan.atelier.participations[entree.cle]
    noms = [g.nom for g in bilan.reglages.groupes]
    ailleurs = [g for g in bilan.scenario.places.get(entree.cle, ()) if g != rang]
    verrou = entree.cle in bilan.scenario.verrous
    secondaire = rang != DEHORS and bilan.principales[i] != rang
    return {
        "cle": entree.cle,
        "nom": entree.nom,
        "rang": rang,
        "faits": [
            entree.lieu or "lieu inconnu",
            participation.get_niveau_display() if participation.niveau else "niveau non dit",
            participation.disponibilites or _libre(entree.creneaux),
        ],
        "verrou": verrou,
        "nouvelle": entree.cle in bilan.arrivees,
        "secondaire": secondaire,
        "envergure": entree.cle in bilan.reglages.moteurs,
        "aussi": enumerer([citer(noms[g]) for g in ailleurs]) if rang != DEHORS else "",
        "gestes": _gestes(bilan, i, rang, verrou, secondaire) if ajustable else [],
    }


def _libre(creneaux: frozenset[str] | None) -> str:
    """Ce qu'une structure a coché, quand elle n'a rien écrit ; None si l'on ne sait pas."""
    if creneaux is None:
        return "disponibilités non dites"
    if len(creneaux) > NOMMEES:
        return compter(len(creneaux), "demi-journée possible", "demi-journées possibles")
    return enumerer(sorted(creneaux, key=rang_du_creneau)) or "aucun créneau ne lui convient"


def _gestes(
    bilan: Bilan, i: int, rang: int, verrou: bool, secondaire: bool
) -> list[tuple[str, str]]:
    """(geste, libellé), dans l'ordre où l'on s'en sert."""
    cle = bilan.atelier.entrees[i].cle
    noms = [g.nom for g in bilan.reglages.groupes]
    places = bilan.scenario.places.get(cle, [])
    if secondaire:
        return [(f"aussi:{cle}:{rang}", f"Retirer de {citer(noms[rang])}")]
    gestes = []
    if not verrou:
        gestes += [
            (f"vers:{cle}:{g}", f"Déplacer vers {citer(nom)}")
            for g, nom in enumerate(noms)
            if g != rang
        ]
        gestes += [(f"vers:{cle}:{DEHORS}", "Mettre hors groupe")] if rang != DEHORS else []
    if rang != DEHORS:
        if bilan.reglages.plusieurs > 1:
            gestes += [
                (f"aussi:{cle}:{g}", f"Mettre aussi dans {citer(nom)}")
                for g, nom in enumerate(noms)
                if g not in places
            ]
        gestes.append((f"verrou:{cle}", "Déverrouiller" if verrou else "Verrouiller ici"))
    return gestes


def comparaison(bilans: Sequence[Bilan], montre: Bilan) -> list[dict[str, Any]]:
    """Une ligne par scénario ; l'écart de places se compte d'avec celui que l'on montre."""
    return [_ligne(bilan, montre) for bilan in bilans]


def _ligne(bilan: Bilan, montre: Bilan) -> dict[str, Any]:
    distances = [p.distance for p in bilan.portraits if p.distance is not None]
    comparables = len(bilan.formes) == len(montre.formes)
    bougent = len(deplacees(bilan.principales, montre.principales)) if comparables else None
    return {
        "scenario": bilan.scenario,
        "montre": bilan.scenario.pk == montre.scenario.pk,
        "forme": FORMES[EtatDeScenario(bilan.scenario.etat)],
        "verbes": [v for v, _ in SCENARIOS.possibles(bilan.scenario)],
        "ajustable": bilan.scenario.etat in AJUSTABLES,
        "objectif": points(bilan.valeur),
        "memes_reglages": bilan.reglages == montre.reglages,
        "tailles": " · ".join(str(len(forme)) for forme in bilan.formes),
        "dehors": bilan.dehors,
        "distance": f"{max(distances):.0f}\u00a0km" if distances else "inconnue",
        "vigilances": bilan.vigilances,
        "enfreintes": len(bilan.enfreintes),
        "bougent": "autre nombre de groupes"
        if bougent is None
        else compter(bougent, "structure change de place", "structures changent de place"),
    }


def exigences_et_souhaits(ouvert: Atelier, dossier: Ingenierie) -> dict[str, Any]:
    """Ceux que la mission a posés, avec de quoi les modifier."""
    noms = {e.cle: e.nom for e in ouvert.entrees}
    return {
        "exigences": [
            (
                f"{noms[str(e.une_id)]} et {noms[str(e.autre_id)]} : {e.get_sorte_display()}",
                EXIGENCE.url("modifier", dossier.pk, e.pk),
            )
            for e in ouvert.exigences
            if str(e.une_id) in noms and str(e.autre_id) in noms
        ],
        "souhaits": [
            (
                f"{noms[str(s.participation_id)]} {s.demande}",
                SOUHAIT.url("modifier", dossier.pk, s.pk),
            )
            for s in ouvert.souhaits
            if str(s.participation_id) in noms
        ],
        "ajouter_exigence": EXIGENCE.url("ajouter", dossier.pk),
        "ajouter_souhait": SOUHAIT.url("ajouter", dossier.pk),
    }
