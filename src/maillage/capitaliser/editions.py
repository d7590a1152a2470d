"""Ce qui s'édite dans le dossier : la capitalisation."""

from __future__ import annotations

from maillage.capitaliser.droits import peut_publier
from maillage.capitaliser.forms import FormulaireDeFiche
from maillage.capitaliser.operations import effacer_fiche
from maillage.ingenieries.edition import Edition

CAPITALISATION = Edition(
    code="capitalisation",
    nom="la capitalisation",
    formulaire=FormulaireDeFiche,
    demarche="finaliser.capitaliser",
    aide="Ce que d’autres en tireront. Le reste de la fiche se lit dans le dossier, tout seul.",
    unique=True,
    droit=peut_publier,
    retirer=effacer_fiche,
)
