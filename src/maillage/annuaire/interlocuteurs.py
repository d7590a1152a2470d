"""Un contact d'une structure, à qui l'on adresse des demandes, avec ou sans compte."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.annuaire.models import Organisation, Personne


@dataclass(frozen=True, slots=True)
class Interlocuteur:
    """La personne, et la structure pour laquelle elle répond."""

    personne: Personne
    structure: Organisation
