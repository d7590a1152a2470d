"""Le chiffre d'en-tête de l'étape : les structures retenues."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery

from maillage.confirmer.models import Atteint, EffectifDeclare, Participation
from maillage.ingenieries.chiffres import Chiffre
from maillage.socle.agregats import nombre
from maillage.socle.quantites import Precision, Quantite

_NOMMEES = Participation.objects.filter(atteint=Atteint.RETENUE)
_DECLAREES = EffectifDeclare.objects.filter(
    ingenierie=OuterRef("pk"), palier=Atteint.RETENUE, dont=""
).order_by()


def _dire(ingenierie: Any) -> str:
    """Le plus grand du nommé et du déclaré, comme dans l'entonnoir ; sans eux, inconnu."""
    nommees = ingenierie.retenues_nommees
    declarees: Decimal | None = ingenierie.retenues_declarees
    if declarees is not None and declarees >= nommees:
        return str(Quantite(declarees, Precision(ingenierie.retenues_precision)))
    return str(nommees) if nommees else ""


RETENUES = Chiffre(
    libelle="Structures retenues",
    demarche="confirmer.mobiliser",
    expressions={
        "retenues_nommees": nombre(_NOMMEES),
        "retenues_declarees": Subquery(_DECLAREES.values("nombre_valeur")[:1]),
        "retenues_precision": Subquery(_DECLAREES.values("nombre_precision")[:1]),
    },
    dire=_dire,
)
