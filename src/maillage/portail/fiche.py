"""Ce que la fiche d'une structure propose : remettre leur lien à ses contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.slots import Geste

if TYPE_CHECKING:
    from maillage.annuaire.models import Organisation
    from maillage.socle.comptes import Utilisateur


def remettre(organisation: Organisation, utilisateur: Utilisateur) -> Geste | None:
    """Au DLA qui la suit."""
    suivie = organisation.operateur_id in perimetre_de(utilisateur).operateurs
    if not organisation.est_structure or not suivie:
        return None
    return Geste("Liens personnels", reverse("portail:liens", args=[organisation.pk]))
