"""La place du registre sur la fiche d'une organisation."""

from __future__ import annotations

from maillage.annuaire.models import Organisation
from maillage.annuaire.slots import Piece
from maillage.socle.comptes import Utilisateur


def piece(organisation: Organisation, _utilisateur: Utilisateur) -> Piece | None:
    """La partie « Registre national » ; elle se charge après la page, qui n'en attend rien."""
    if not (organisation.rna or organisation.siren or organisation.commune_id):
        return None
    return Piece("Registre national", "registre", "annuaire/registre/_piece.html")
