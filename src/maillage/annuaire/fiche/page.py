"""Le contexte de la fiche : douze requêtes au plus, quel que soit ce qu'on sait de la structure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maillage.annuaire import droits
from maillage.annuaire.fiche.chiffres import comparaison, lire
from maillage.annuaire.fiche.chronologie import accompagnements
from maillage.annuaire.fiche.documents import (
    MONTRES,
    avec_origine,
    documents_de,
    lots_de_documents,
)
from maillage.annuaire.fiche.origines import etats_de, origines
from maillage.annuaire.identite import identite
from maillage.annuaire.models import Organisation, Personne, Rattachement
from maillage.annuaire.registre.rapprochement import comparer, lots_du_registre
from maillage.annuaire.slots import GESTES, PIECES, LotDeDocuments, Piece
from maillage.socle.lots import lire_ensemble
from maillage.socle.requetes import Requete
from maillage.territoires.perimetres import nommer


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
    ranges = lots_de_documents(organisation, request.user)
    lus = _lire(organisation, ranges)
    return {
        **commun,
        "identite": identite(organisation, aire, origines(organisation, lus["etats"])),
        "registre": comparer(organisation, lus),
        "documents": avec_origine(lus["documents"], ranges),
        "d_autres_documents": len(lus["documents"]) > MONTRES,
        **_dossier(request, organisation, lus),
    }


def _lire(organisation: Organisation, ranges: Sequence[LotDeDocuments]) -> dict[str, list[Any]]:
    """Tout ce que l'annuaire et le registre tiennent d'une organisation, en une requête."""
    roles = organisation.rattachements.actifs()
    return lire_ensemble(
        {
            **lots_du_registre(organisation),
            "etats": etats_de(organisation),
            "chiffres": organisation.chiffres.all(),
            "documents": documents_de(ranges),
            "roles": roles,
            "personnes": Personne.objects.filter(pk__in=roles.order_by().values("personne")),
        }
    )


def _dossier(
    request: Requete, organisation: Organisation, lus: dict[str, list[Any]]
) -> dict[str, Any]:
    pieces = [piece for piece in PIECES.tout(organisation, request.user) if piece]
    return {
        "ancres": _ancres(organisation, pieces),
        "annees": lus["chiffres"],
        "groupes": lire(lus["chiffres"]),
        "comparaison": comparaison(lus["chiffres"], request.GET),
        "personnes": _personnes(lus["roles"], lus["personnes"]),
        "accompagnements": accompagnements(organisation, request.user),
        "pieces": pieces,
    }


def _personnes(roles: list[Rattachement], personnes: list[Personne]) -> list[Rattachement]:
    """Chaque rôle avec sa personne, dans l'ordre des noms."""
    par_cle = {personne.pk: personne for personne in personnes}
    for role in roles:
        role.personne = par_cle[role.personne_id]
    return sorted(roles, key=lambda r: (r.personne.nom, r.personne.prenom, r.role))


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
