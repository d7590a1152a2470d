"""Où en est un cahier des charges : en brouillon, émis, ou dépassé par le dossier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.formats import date_format

from maillage.confirmer.cahier.grille import ContexteDuCahier, changements
from maillage.confirmer.models import CahierDesCharges, EtatCahier
from maillage.confirmer.transitions import CAHIER
from maillage.socle.mots import enumerer, minuscule
from maillage.socle.transitions import Verbe

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie


def nouveautes(cahier: CahierDesCharges | None, aujourdhui: ContexteDuCahier) -> tuple[str, ...]:
    """Les rubriques que le dossier dit autrement depuis l'émission ; rien pour un brouillon."""
    if cahier is None or cahier.etat != EtatCahier.EMIS:
        return ()
    return changements(ContexteDuCahier.depuis_json(cahier.contenu or {}), aujourdhui)


def verbes_du_cahier(
    ingenierie: Ingenierie, cahier: CahierDesCharges | None, depuis: Sequence[str]
) -> list[Verbe]:
    """Émettre, réémettre s'il y a de quoi, reprendre en brouillon."""
    if cahier is None:
        return []
    tous = CAHIER.verbes(cahier, "confirmer:cahier_etat", ingenierie.pk)
    return [verbe for verbe in tous if depuis or verbe.transition.nom != "reemettre"]


def dire_le_cahier(cahier: CahierDesCharges | None) -> str:
    """« Émis le 3 mars 2026, édition 2. »"""
    if cahier is None:
        return "Le cahier des charges n’est pas commencé."
    if cahier.etat == EtatCahier.BROUILLON or cahier.emis_le is None:
        return "Le cahier des charges est en brouillon : les prestataires ne le voient pas."
    edition = f", édition {cahier.edition}" if cahier.edition > 1 else ""
    return f"Émis le {date_format(cahier.emis_le, 'j F Y')}{edition}."


def dire_les_nouveautes(depuis: Sequence[str]) -> str:
    """Ce qui a changé, et ce que cela ne change pas encore."""
    quoi = enumerer([minuscule(nom) for nom in depuis])
    return (
        f"Le dossier a changé depuis l’émission ({quoi}) : les prestataires lisent encore "
        "le cahier émis ; le réémettre les préviendra."
    )
