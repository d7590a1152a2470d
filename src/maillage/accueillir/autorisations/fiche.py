"""Ce que la fiche d'une structure propose : dire qui lit ses diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from maillage.accueillir.autorisations.droits import est_contact
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.slots import Geste

if TYPE_CHECKING:
    from maillage.annuaire.models import Organisation
    from maillage.socle.comptes import Utilisateur


def tenir(organisation: Organisation, utilisateur: Utilisateur) -> Geste | None:
    """À ses contacts et au DLA qui la suit ; sans requête, d'autres y vont par le diagnostic."""
    suivie = organisation.operateur_id in perimetre_de(utilisateur).operateurs
    if not organisation.est_structure or not (suivie or est_contact(utilisateur, organisation)):
        return None
    adresse = reverse("accueillir:autorisations", args=[organisation.pk])
    return Geste("Qui lit ses diagnostics", adresse)
