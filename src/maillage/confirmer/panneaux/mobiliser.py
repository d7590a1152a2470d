"""Mobiliser : l'entonnoir, les groupes, les concurrences présumées (cinq requêtes)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from maillage.confirmer.calculs.entonnoir import Marche, raconter
from maillage.confirmer.calculs.vigilances import (
    concurrences,
    dire_les_concurrences,
    niveaux_ecartes,
)
from maillage.confirmer.editions import CONCURRENCE, EFFECTIF, GROUPE
from maillage.confirmer.lecture import entonnoir
from maillage.confirmer.models import (
    Atteint,
    ConcurrencePresumee,
    Groupe,
    Palier,
    Participation,
)
from maillage.confirmer.models.mobilisation import JOURS_SANS_REPONSE
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter
from maillage.socle.quantites import Total, accorder

NOMMEES = 40


def panneaux_mobiliser(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Mobilisation, groupes, concurrences présumées (interne)."""
    toutes = list(ingenierie.participations.select_related("structure"))
    groupes = list(ingenierie.groupes.prefetch_related("participations"))
    paires = list(ingenierie.concurrences.all()) if regard.voit_interne else []
    par_cle = {p.pk: p for p in toutes}
    panneaux = [_mobilisation(ingenierie, toutes, regard)]
    panneaux += (
        [_groupes(ingenierie, regard, groupes, par_cle, paires)] if toutes or groupes else []
    )
    panneaux += [_concurrences(ingenierie, paires, par_cle)] if len(toutes) > 1 else []
    return panneaux


def _mobilisation(
    ingenierie: Ingenierie, toutes: Sequence[Participation], regard: Regard
) -> Panneau:
    effectifs = list(ingenierie.effectifs_declares.all())
    marches = entonnoir([p.atteint for p in toutes], effectifs)
    retenues = [p.structure.nom for p in toutes if p.palier == Palier.RETENUE]
    liste = reverse("confirmer:structures", args=[ingenierie.pk])
    return Panneau(
        code="mobilisation",
        titre="Mobilisation",
        vide=not raconter(marches),
        phrase=f"{raconter(marches)}." if raconter(marches) else "Aucune structure n’est repérée.",
        gabarit="confirmer/panneaux/mobilisation.html",
        contexte={
            "marches": [_dessiner(m, liste if regard.voit_interne else "") for m in marches],
            "compte": any(m.compte.connue for m in marches),
            "maximum": max((int(m.compte.valeur or 0) for m in marches), default=0) or 1,
            "retenues": retenues[:NOMMEES],
            "autres": max(len(retenues) - NOMMEES, 0),
            "effectifs": [(e, EFFECTIF.url("modifier", ingenierie.pk, e.pk)) for e in effectifs],
            "liste": liste,
        },
        manques=_manques(toutes) if regard.voit_interne else (),
        gestes=_gestes(ingenierie, toutes),
        faits={"structures_contactees": f"{raconter(marches)}."} if _contact(marches) else {},
    )


def _dessiner(marche: Marche, liste: str) -> dict[str, Any]:
    """Un palier tel que le composant `c-entonnoir` l'attend."""
    valeur = marche.compte.valeur
    return {
        "libelle": marche.libelle.capitalize(),
        "valeur": None if valeur is None else int(valeur),
        "precision": "" if valeur is None else str(marche.compte).rpartition(" ")[0],
        "detail": marche.detail,
        "url": f"{liste}?atteint={marche.code}" if liste and marche.nommees else "",
    }


def _contact(marches: Sequence[Marche]) -> bool:
    """Vrai si l'on sait qu'au moins une structure a été contactée."""
    return any(m.code == Atteint.CONTACTEE and m.compte.valeur for m in marches)


def _manques(toutes: Sequence[Participation]) -> list[str]:
    aujourdhui = timezone.localdate()
    muettes = sum(p.sans_reponse(aujourdhui) for p in toutes)
    attendent = sum(p.a_prevenir for p in toutes)
    ecartees = [p for p in toutes if p.palier == Palier.NON_RETENUE]
    sans_raison = sum(not (p.raison or p.motif) for p in ecartees)
    phrases = [
        (muettes, f"structure{{}} sans réponse depuis {JOURS_SANS_REPONSE} jours ou plus"),
        (attendent, "structure{} non retenue{} à prévenir"),
        (sans_raison, "structure{} non retenue{} sans raison notée"),
    ]
    return [f"{_compter(nombre, forme)}." for nombre, forme in phrases if nombre]


def _compter(nombre: int, forme: str) -> str:
    """« 2 structures non retenues à prévenir » ; chaque {} prend la marque du pluriel."""
    return compter(nombre, forme.replace("{}", ""), forme.replace("{}", "s"))


def _gestes(ingenierie: Ingenierie, toutes: Sequence[Participation]) -> list[Geste]:
    cle = [ingenierie.pk]
    gestes = [
        Geste("Mener la mobilisation", reverse("confirmer:mobilisation", args=cle)),
        Geste("Ajouter des structures", reverse("confirmer:inviter", args=cle)),
    ]
    if any(p.a_prevenir for p in toutes):
        gestes.append(Geste("Prévenir les non retenues", reverse("confirmer:prevenir", args=cle)))
    gestes.append(Geste("Déclarer un effectif", EFFECTIF.url("ajouter", ingenierie.pk)))
    return gestes


def _groupes(
    ingenierie: Ingenierie,
    regard: Regard,
    groupes: Sequence[Groupe],
    par_cle: dict[Any, Participation],
    paires: Sequence[ConcurrencePresumee],
) -> Panneau:
    placees = {membre.pk for groupe in groupes for membre in groupe.participations.all()}
    retenues = [p for p in par_cle.values() if p.palier == Palier.RETENUE]
    sans_groupe = [p for p in retenues if p.pk not in placees]
    complet = bool(groupes and retenues and not sans_groupe)
    phrase = _combien(groupes, len(placees)) if groupes else "Aucun groupe n’est encore formé."
    return Panneau(
        code="groupe",
        titre="Groupes",
        vide=not groupes,
        phrase=phrase,
        gabarit="confirmer/panneaux/groupes.html",
        contexte={"groupes": [_groupe(g, ingenierie, regard, par_cle, paires) for g in groupes]},
        manques=[f"{_compter(len(sans_groupe), 'structure{} retenue{} sans groupe')}."]
        if sans_groupe
        else [],
        gestes=[
            Geste("Composer les groupes", reverse("confirmer:groupes", args=[ingenierie.pk])),
            Geste("Former un groupe", GROUPE.url("ajouter", ingenierie.pk)),
        ],
        faits={"groupes_constitues": f"Toutes les retenues ont un groupe : {phrase}"}
        if complet
        else {},
    )


def _combien(groupes: Sequence[Groupe], placees: int) -> str:
    """« 5 groupes, 60 structures. » ; sans structure nommée, ce que les groupes déclarent."""
    declare = Total.de(g.effectif for g in groupes)
    if placees or not declare.connues:
        combien = compter(placees, "structure")
    else:
        combien = f"{declare} {accorder(declare.valeur, 'structure')}"
    return f"{compter(len(groupes), 'groupe')}, {combien}."


def _groupe(
    groupe: Groupe,
    ingenierie: Ingenierie,
    regard: Regard,
    par_cle: dict[Any, Participation],
    paires: Sequence[ConcurrencePresumee],
) -> dict[str, Any]:
    """Ses membres prêts à lire ; hors du DLA, les seules retenues sont nommées."""
    membres = {m.pk: par_cle[m.pk] for m in groupe.participations.all()}
    nommes = [p for p in membres.values() if regard.voit_interne or p.palier == Palier.RETENUE]
    niveaux = [p.get_niveau_display() if p.niveau else "" for p in membres.values()]
    proches = concurrences(membres.keys(), [(p.une_id, p.autre_id) for p in paires])
    noms = [(par_cle[une].structure.nom, par_cle[autre].structure.nom) for une, autre in proches]
    return {
        "groupe": groupe,
        "membres": [p.structure.nom for p in nommes],
        "vigilances": [v for v in (niveaux_ecartes(niveaux), dire_les_concurrences(noms)) if v],
        "modifier": GROUPE.url("modifier", ingenierie.pk, groupe.pk),
    }


def _concurrences(
    ingenierie: Ingenierie,
    paires: Sequence[ConcurrencePresumee],
    par_cle: dict[Any, Participation],
) -> Panneau:
    return Panneau(
        code="concurrence",
        titre="Concurrences présumées",
        vide=not paires,
        phrase=f"{compter(len(paires), 'rapprochement')} à garder en tête."
        if paires
        else "Rien n’est noté : regardez-y avant de réunir.",
        gabarit="confirmer/panneaux/concurrences.html",
        contexte={
            "paires": [
                {
                    "une": par_cle[p.une_id].structure.nom,
                    "autre": par_cle[p.autre_id].structure.nom,
                    "raison": p.raison,
                    "modifier": CONCURRENCE.url("modifier", ingenierie.pk, p.pk),
                }
                for p in paires
            ]
        },
        gestes=[Geste("Noter une concurrence", CONCURRENCE.url("ajouter", ingenierie.pk))],
        interne=True,
    )
