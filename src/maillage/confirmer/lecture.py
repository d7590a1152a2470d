"""Lire l'étape en peu de requêtes : l'entonnoir, les groupes, les pistes d'ingénierie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Coalesce

from maillage import methode
from maillage.confirmer.calculs.entonnoir import Declare, Marche, tracer
from maillage.confirmer.models import AppartenanceAuGroupe, Atteint, EffectifDeclare
from maillage.ingenieries.calculs.conseil import Piste, conseiller
from maillage.socle.agregats import nombre
from maillage.socle.quantites import Quantite

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie

INCONNUE = Quantite.inconnue()


def entonnoir(atteints: Iterable[str], effectifs: Iterable[EffectifDeclare]) -> tuple[Marche, ...]:
    """L'entonnoir d'une mission, de ce qui est déjà lu."""
    parties: dict[str, list[str]] = defaultdict(list)
    tous = []
    for effectif in effectifs:
        if effectif.dont:
            parties[effectif.palier].append(effectif.partie)
        else:
            tous.append(effectif)
    declares = {palier: Declare(INCONNUE, parties=tuple(p)) for palier, p in parties.items()}
    declares |= {
        e.palier: Declare(e.nombre, e.precision, e.source, tuple(parties[e.palier])) for e in tous
    }
    return tracer(Atteint.choices, atteints, declares)


def membres_du_groupe() -> Coalesce:
    """Combien de structures nommées compte un groupe."""
    return nombre(AppartenanceAuGroupe.objects.all(), par="groupe")


def effectif_du_groupe(groupe: Any) -> Quantite:
    """Sa taille : le plus grand des `membres` annotés et du nombre déclaré, sinon inconnue."""
    if groupe.effectif.connue and groupe.effectif.valeur >= groupe.membres:
        declare: Quantite = groupe.effectif
        return declare
    return Quantite(Decimal(groupe.membres)) if groupe.membres else Quantite.inconnue()


def pistes_de(ingenierie: Ingenierie) -> tuple[Piste, ...]:
    """Les types d'ingénierie vers lesquels penchent ses objectifs (une requête)."""
    codes = {o.code for o in ingenierie.objectifs.all()}
    return conseiller(codes, methode.ingenieries().conseils)
