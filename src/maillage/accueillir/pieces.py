"""Les documents d'une structure que tient l'accueil, tels que sa fiche les montre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.accueillir.autorisations.droits import filtre_des_decideurs
from maillage.accueillir.models import Demande, Diagnostic, DossierDAutorisations, Parcours
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.slots import LotDeDocuments

if TYPE_CHECKING:
    from maillage.annuaire.models import Organisation
    from maillage.socle.comptes import Utilisateur

ORIGINES: dict[Any, str] = {
    Demande: "d’une demande",
    Diagnostic: "d’un diagnostic",
    Parcours: "d’un parcours",
}


def documents_de(structure: Organisation, utilisateur: Utilisateur) -> list[LotDeDocuments]:
    """Pour l'équipe qui mène et les contacts ; un tiers lit un diagnostic par sa page (règle 3)."""
    tenus = perimetre_de(utilisateur).operateurs
    lots = []
    for modele, origine in ORIGINES.items():
        siens = modele.objects.visibles_par(utilisateur).filter(structure=structure)
        lots.append(LotDeDocuments(origine, siens, siens.filter(operateur__in=tenus)))
    dossiers = DossierDAutorisations.objects.filter(filtre_des_decideurs(utilisateur))
    dossier = dossiers.filter(pk=structure.pk)
    return [*lots, LotDeDocuments("montre une autorisation", dossier, dossier)]
