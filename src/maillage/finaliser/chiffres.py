"""Le chiffre d'en-tête de l'étape : les résultats obtenus, et l'argent qu'ils comptent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import JSONObject

from maillage.finaliser.models import Resultat
from maillage.ingenieries.chiffres import Chiffre
from maillage.socle.quantites import Precision, Quantite

_OBTENUS = (
    Resultat.objects.filter(ingenierie=OuterRef("pk"), obtenu=True)
    .order_by()
    .values("ingenierie")
    .annotate(
        resume=JSONObject(
            nombre=Count("pk"),
            somme=Sum("montant_valeur"),
            approches=Count(
                "pk",
                filter=Q(montant_valeur__isnull=False) & ~Q(montant_precision=Precision.EXACT),
            ),
        )
    )
    .values("resume")
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
    expressions={"resultats_obtenus": Subquery(_OBTENUS)},
    dire=_dire,
)
