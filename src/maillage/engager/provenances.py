"""Noter un besoin entendu en comité d'appui."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from maillage.engager.comites import avis_lisibles
from maillage.identifier.provenances import dla_de, lieu_de
from maillage.identifier.slots import Provenance

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

PARTENAIRES = "sollicitations"
"""La source d'un besoin qu'un partenaire du comité porte (`signaux.yaml`)."""
AUTEUR = "comité d’appui"


def comites(utilisateur: Utilisateur, argument: Mapping[str, Any]) -> Provenance | None:
    """La page des comités ne désigne aucune séance : elle ne dit que la source."""
    return Provenance(phrase="en comité d’appui", source=PARTENAIRES, auteur_libelle=AUTEUR)


def avis(utilisateur: Utilisateur, argument: Mapping[str, Any]) -> Provenance | None:
    """La séance où un avis s'est rendu : son jour, la mission qu'on y présentait."""
    lu = avis_lisibles(utilisateur).filter(pk=argument["element"]).first()
    if lu is None:
        return None
    passee = lu.date and lu.date <= timezone.localdate()
    return Provenance(
        phrase=f"au comité d’appui de {lu.operateur.nom}",
        ingenierie=lu.ingenierie,
        operateur=dla_de(utilisateur, lu.operateur_id, lu.ingenierie.operateur_id),
        source=PARTENAIRES,
        auteur_libelle=AUTEUR,
        date=lu.date if passee else None,
        **lieu_de(lu.ingenierie),
    )


PAR_PAGE: dict[str, Callable[[Utilisateur, Mapping[str, Any]], Provenance | None]] = {
    "comites/": comites,
    "missions/<uuid:ingenierie>/avis/<uuid:element>/": avis,
}
