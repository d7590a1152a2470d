"""La partie de la fiche d'une structure qui dit à qui ses diagnostics s'ouvrent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.accueillir.autorisations.droits import est_contact
from maillage.accueillir.autorisations.tenue import reponses_de
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.slots import Piece

if TYPE_CHECKING:
    from maillage.annuaire.models import Organisation
    from maillage.socle.comptes import Utilisateur


def autorisations_de(organisation: Organisation, utilisateur: Utilisateur) -> Piece | None:
    """Pour ses contacts et le DLA qui la suit ; aux autres, la fiche n'en dit rien."""
    suivie = organisation.operateur_id in perimetre_de(utilisateur).operateurs
    if not organisation.est_structure or not (suivie or est_contact(utilisateur, organisation)):
        return None
    return Piece(
        "Qui lit ses diagnostics",
        "autorisations",
        "accueillir/autorisations/_fiche.html",
        reponses_de(organisation),
    )
