"""Le chiffre d'en-tête de l'étape : les résultats obtenus, et l'argent qu'ils comptent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import JSONObject

from maillage.finaliser.models import Resultat
from maillage.ingenieries.chiffres import Chiffre
from maillage.socle.agregats import agreger
from maillage.socle.quantites import Precision, Quantite

_RESUME = JSONObject(
    nombre=Count("pk"),
    somme=Sum("montant_valeur"),
    approches=Count(
        "pk", filter=Q(montant_valeur__isnull=False) & ~Q(montant_precision=Precision.EXACT)
    ),
)


def _dire(ingenierie: Any) -> str:
    """« 4, dont 50 000 € » : un résultat est plus que de l'argent (règle 8 du métier)."""
    resume = ingenierie.resultats_obtenus
    if not resume:
        return "rien encore"
    if resume["somme"] is None:
        return str(resume["nombre"])
    precision = Precision.ENVIRON if resume["approches"] else Precision.EXACT
    return f"{resume['nombre']}, dont {Quantite(Decimal(str(resume['somme'])), precision, '€')}"


RESULTATS = Chiffre(
    libelle="Résultats",
    demarche="finaliser.evaluer",
    expressions={"resultats_obtenus": agreger(Resultat.objects.filter(obtenu=True), _RESUME)},
    dire=_dire,
)
