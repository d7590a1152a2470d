"""La dernière démarche du cycle : ce que l'on garde, et la fiche (S3, fiche 4/4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse

from maillage.capitaliser.contexte import assembler
from maillage.capitaliser.contexte.lecture import lire
from maillage.capitaliser.editions import CAPITALISATION
from maillage.capitaliser.grille import Capitalisation, ContexteDeFiche
from maillage.capitaliser.models import EtatFiche, Fiche
from maillage.capitaliser.transitions import FICHES
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter, enumerer, minuscule
from maillage.socle.transitions import Transition

CONSEQUENCES = {
    "publier": "Toute personne connectée à Maillage pourra la lire. Son contenu est figé tel qu’il "
    "est aujourd’hui ; vous pourrez en publier une nouvelle édition.",
    "republier": "L’édition d’aujourd’hui remplace la précédente dans la bibliothèque.",
    "retirer": "Elle quitte la bibliothèque. Ses éditions sont gardées, vous pourrez la republier.",
}


def capitaliser(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Les deux panneaux de la démarche (une requête)."""
    lu = lire(ingenierie.pk)
    contexte = assembler(ingenierie, lu)
    return [
        _panneau_de_capitalisation(ingenierie, lu.fiche, contexte.capitalisation),
        _panneau_de_fiche(ingenierie, regard, lu.fiche, contexte),
    ]


def etat_de_la_synthese(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Dans « évaluer » : la présentation raconte-t-elle toute la mission ? (une requête)"""
    contexte = assembler(ingenierie, lire(ingenierie.pk))
    complete = not contexte.manques
    return [
        Panneau(
            code="synthese",
            titre="La présentation de la mission",
            phrase=_phrase_de_completude(contexte),
            gabarit="capitaliser/panneaux/synthese.html",
            contexte={"url_fiche": reverse("capitaliser:fiche", args=[ingenierie.pk])},
            manques=[f"Reste à dire : {enumerer([minuscule(m) for m in contexte.manques])}."]
            if contexte.manques
            else [],
            faits={"fiche_complete": "La fiche dit tout ce que la grille attend"}
            if complete
            else {},
        )
    ]


PAR_DEMARCHE = {
    "finaliser.evaluer/capitaliser": etat_de_la_synthese,
    "finaliser.capitaliser": capitaliser,
}


def geste_de_fiche(ingenierie: Ingenierie, regard: Regard) -> Geste:
    """La fiche, à un clic de toute démarche."""
    return Geste("Lire la fiche", reverse("capitaliser:fiche", args=[ingenierie.pk]))


def geste_de_reprise(ingenierie: Ingenierie, regard: Regard) -> Geste | None:
    """Repartir de la mission : qui en lit l'interne exerce dans un DLA, il peut en ouvrir une."""
    if not regard.voit_interne:
        return None
    adresse = reverse("capitaliser:repartir", args=[ingenierie.pk])
    return Geste("Repartir de cette expérience", adresse, "secondaire")


def geste_de_comparaison(ingenierie: Ingenierie, regard: Regard) -> Geste:
    """Mettre une autre mission en face."""
    return Geste("Comparer", reverse("capitaliser:comparer", args=[ingenierie.pk]), "discret")


# Dans l'ordre où ils se lisent : les clés d'un emplacement se trient.
GESTES_D_EN_TETE: dict[str, Callable[[Ingenierie, Regard], Geste | None]] = {
    "capitaliser.1_fiche": geste_de_fiche,
    "capitaliser.2_reprise": geste_de_reprise,
    "capitaliser.3_comparaison": geste_de_comparaison,
}


def _panneau_de_capitalisation(
    ingenierie: Ingenierie, fiche: Fiche, retenu: Capitalisation
) -> Panneau:
    attendus = [
        (retenu.natures, "ce que l’on garde"),
        (retenu.a_retenir, "ce que l’on en retient"),
        (retenu.transferable, "ce qui peut servir ailleurs"),
        (retenu.destinataires, "à qui le transmettre"),
        (retenu.responsables, "qui en est chargé"),
        (retenu.formes, "sous quelle forme"),
    ]
    manques = [mots for dit, mots in attendus if not dit]
    return Panneau(
        code=CAPITALISATION.code,
        titre="Ce que l’on retient",
        vide=len(manques) == len(attendus),
        phrase="Ce que d’autres pourront en tirer est écrit."
        if fiche.capitalisee
        else "Ce que d’autres pourront en tirer reste à écrire.",
        gabarit="capitaliser/panneaux/capitalisation.html",
        contexte={
            "retenu": retenu,
            "url": CAPITALISATION.url("ajouter", ingenierie.pk),
        },
        manques=[f"Reste à dire : {enumerer(manques)}."] if manques else [],
        gestes=[Geste("Écrire ce que l’on retient", CAPITALISATION.url("ajouter", ingenierie.pk))],
    )


def _panneau_de_fiche(
    ingenierie: Ingenierie, regard: Regard, fiche: Fiche, contexte: ContexteDeFiche
) -> Panneau:
    publiee = fiche.etat == EtatFiche.PUBLIEE
    return Panneau(
        code="fiche",
        titre="La fiche de présentation",
        phrase=f"{_phrase_de_publication(fiche, regard)} {_phrase_de_completude(contexte)}",
        gabarit="capitaliser/panneaux/fiche.html",
        contexte={
            "url_fiche": reverse("capitaliser:fiche", args=[ingenierie.pk]),
            "url_publiee": reverse("capitaliser:publiee", args=[fiche.pk]) if publiee else "",
            "version": fiche.version,
            "verbes": _verbes(ingenierie, fiche),
        },
        faits={"fiche_publiee": "La fiche est dans la bibliothèque"} if publiee else {},
    )


def _verbes(ingenierie: Ingenierie, fiche: Fiche) -> list[dict[str, Any]]:
    if fiche._state.adding:
        return []
    return [
        {
            "nom": verbe.nom,
            "libelle": verbe.libelle,
            "consequence": CONSEQUENCES[verbe.nom],
            "genre": "danger" if verbe.nom == "retirer" else "principal",
            "permis": decision.permis,
            "raison": decision.raison,
            "url": _url(ingenierie, verbe),
        }
        for verbe, decision in FICHES.possibles(fiche)
    ]


def _url(ingenierie: Ingenierie, verbe: Transition) -> str:
    return reverse("capitaliser:etat", args=[ingenierie.pk, verbe.nom])


def _phrase_de_publication(fiche: Fiche, regard: Regard) -> str:
    if fiche._state.adding and not regard.modifier:
        return "Elle se lit déjà, sans être publiée."
    if fiche._state.adding:
        return "Elle se lit déjà ; écrivez ce que l’on retient pour pouvoir la publier."
    return f"La fiche est {fiche.get_etat_display()}."


def _phrase_de_completude(contexte: ContexteDeFiche) -> str:
    if not contexte.manques:
        return "Elle dit tout ce que la grille attend."
    return f"{compter(len(contexte.manques), 'rubrique')} de la grille n’y {_sont(contexte)} pas."


def _sont(contexte: ContexteDeFiche) -> str:
    return "est" if len(contexte.manques) == 1 else "sont"
