"""Ce que les tests de l'accueil fabriquent : un diagnostic dans son état, une réponse donnée."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maillage.accueillir.models import (
    Autorisation,
    Diagnostic,
    EtatDiagnostic,
    ExceptionDAutorisation,
    VoieDAutorisation,
)
from maillage.annuaire.models import Organisation

PAGE = {"voie": VoieDAutorisation.PAGE, "par": "Ada Diallo"}


def diagnostic_valide(structure: Organisation, chez: Organisation, **champs: Any) -> Diagnostic:
    """Un diagnostic que sa structure a validé : le seul qui circule."""
    maintenant = timezone.now()
    return Diagnostic.objects.create(
        structure=structure,
        operateur=chez,
        **{
            "etat": EtatDiagnostic.VALIDE,
            "soumis_le": maintenant,
            "valide_le": maintenant,
            "synthese": "Ce que dit le diagnostic",
            **champs,
        },
    )


def autoriser(structure: Organisation, *categories: str) -> None:
    """La structure ouvre ses diagnostics à ces catégories."""
    for categorie in categories:
        Autorisation.objects.create(structure=structure, categorie=categorie, accordee=True, **PAGE)


def soustraire(structure: Organisation, **quoi: Any) -> ExceptionDAutorisation:
    """La structure soustrait un document ou un destinataire."""
    return ExceptionDAutorisation.objects.create(structure=structure, **quoi, **PAGE)
