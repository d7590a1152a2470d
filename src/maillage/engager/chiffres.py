"""Les chiffres que l'étape met en tête du dossier."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maillage.engager.expressions import depenses
from maillage.engager.models import EtatPartenariat, Partenariat
from maillage.ingenieries.chiffres import Chiffre
from maillage.ingenieries.models import EtatIngenierie
from maillage.socle.agregats import nombre
from maillage.socle.quantites import CENTIEME, Precision, Total


def _budget(ingenierie: Any) -> str:
    resume = ingenierie.depenses_prevues
    if not resume:
        return "inconnu" if ingenierie.etat == EtatIngenierie.CLOSE else "rien encore"
    somme = Decimal(str(resume["somme"] or 0)).quantize(CENTIEME)
    comptes = {nom: resume[nom] for nom in ("connues", "approchees", "inconnues")}
    precision = Precision.ENVIRON if resume["approchees"] else Precision.EXACT
    return str(Total(somme, **comptes, unite="€", precision=precision))


def budget() -> Chiffre:
    """Les dépenses prévues, avec ce qui leur manque."""
    return Chiffre("Budget", "engager.valider", {"depenses_prevues": depenses()}, _budget)


def partenaires() -> Chiffre:
    """Les partenaires engagés."""
    engages = Partenariat.objects.filter(etat=EtatPartenariat.ENGAGE)
    return Chiffre(
        "Partenaires engagés",
        "engager.lancer",
        {"partenaires_engages": nombre(engages)},
        lambda ingenierie: str(ingenierie.partenaires_engages),
    )
