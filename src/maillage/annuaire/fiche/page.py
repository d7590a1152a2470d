"""Le contexte de la fiche : douze requêtes au plus, quel que soit ce qu'on sait de la structure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maillage.annuaire import droits
from maillage.annuaire.fiche.chiffres import comparaison, lire
from maillage.annuaire.fiche.chronologie import accompagnements
from maillage.annuaire.fiche.origines import origines, resumer
from maillage.annuaire.identite import identite
from maillage.annuaire.models import Organisation
from maillage.annuaire.slots import GESTES, PIECES, Piece
from maillage.socle.models import Document
from maillage.socle.requetes import Requete
from maillage.socle.sujets import sujet_de
from maillage.territoires.perimetres import nommer

DOCUMENTS = 6


def contexte_de_fiche(request: Requete, organisation: Organisation) -> dict[str, Any]:
    """Ce que cette personne peut lire de l'organisation ; sans le dossier, l'identité seule."""
    dossier = droits.peut_lire_dossier(request.user, organisation)
    territoires = list(organisation.territoires.all())
    aire = nommer(territoires) if territoires else ""
    commun = {
        "organisation": organisation,
        "pourquoi": droits.peut_voir(request.user, organisation).raison,
        "modifier": droits.peut_modifier(request.user, organisation),
        "rattacher": droits.peut_rattacher(request.user, organisation),
        "dossier": dossier,
        "gestes": [g for g in GESTES.tout(organisation, request.user) if g],
    }
    if not dossier:
        return commun | {"identite": identite(organisation, aire)}
    origine, ecarts = resumer(origines(organisation))
    return (
        commun
        | _dossier(request, organisation)
        | {
            "identite": identite(organisation, aire, ecarts),
            "origine": origine,
        }
    )


def _dossier(request: Requete, organisation: Organisation) -> dict[str, Any]:
    sujet = sujet_de(organisation, request.user)
    annees = list(organisation.chiffres.all())
    pieces = [piece for piece in PIECES.tout(organisation, request.user) if piece]
    return {
        "ancres": _ancres(organisation, pieces),
        "annees": annees,
        "groupes": lire(annees),
        "comparaison": comparaison(annees, request.GET),
        "personnes": organisation.rattachements.actifs()
        .select_related("personne")
        .order_by("personne__nom", "personne__prenom", "role"),
        "accompagnements": accompagnements(organisation, request.user),
        "documents": list(Document.objects.lisibles(sujet)[: DOCUMENTS + 1]),
        "documents_montres": DOCUMENTS,
        "pieces": pieces,
    }


def _ancres(organisation: Organisation, pieces: Sequence[Piece]) -> list[dict[str, str]]:
    """Les parties de la page, dans leur ordre."""
    suivis = [("accompagnements", "Accompagnements")] if organisation.est_structure else []
    parties = [
        *suivis,
        ("personnes", "Personnes"),
        *((piece.ancre, piece.titre) for piece in pieces),
        ("documents", "Documents"),
        ("chiffres", "Chiffres"),
        ("chronologie", "Chronologie"),
    ]
    return [{"libelle": titre, "url": f"#{ancre}"} for ancre, titre in parties]
