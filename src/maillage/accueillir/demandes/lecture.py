"""Ce que l'on lit d'une demande pour en montrer la page."""

from __future__ import annotations

from maillage.accueillir.demandes.eligibilite import Point, points
from maillage.accueillir.models import Demande
from maillage.annuaire.models import ChiffresAnnuels, Organisation
from maillage.socle.mots import enumerer


def points_de(demande: Demande) -> list[Point]:
    """L'éligibilité d'une demande (quatre requêtes au plus)."""
    constates = {p.point: p for p in demande.points.all()}
    return points(demande, constates, emplois_connus(demande.structure))


def emplois_connus(structure: Organisation) -> str:
    """« En 2024 : 7 emplois et 5,2 ETP. », d'après les derniers chiffres qui en disent."""
    for annee in structure.chiffres.order_by("-annee")[:5]:
        if dits := _emplois(annee):
            return f"En {annee.annee} : {enumerer(dits)}."
    return "Aucun emploi n’est encore chiffré dans la fiche."


def _emplois(annee: ChiffresAnnuels) -> list[str]:
    emplois, etp = annee.emplois, annee.etp
    return [
        *([f"{emplois} emplois"] if emplois.connue else []),
        *([str(etp)] if etp.connue else []),
    ]
