"""Ce que l'étape propose depuis la fiche d'une structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from maillage.annuaire.models import Organisation
from maillage.annuaire.slots import Geste
from maillage.identifier.droits import peut_noter

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def noter_un_besoin(organisation: Organisation, utilisateur: Utilisateur) -> Geste | None:
    """Noter ce que l'on vient d'y entendre, et y revenir."""
    if not organisation.est_structure or not peut_noter(utilisateur):
        return None
    retour = urlencode({"retour": organisation.get_absolute_url()})
    return Geste("Noter un besoin entendu", f"{reverse('identifier:noter')}?{retour}")
