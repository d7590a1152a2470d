"""Les structures que la mission sert, par DLA et selon leur éligibilité (règles 4 et 5).

Tant qu'aucune n'est retenue, ce sont celles de la problématique. La pièce qui les retient dit
lesquelles par `RETENUES`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import Case, Q, Value, When

from maillage.annuaire.eligibilite import Eligibilite, eligibilite
from maillage.annuaire.models import Organisation
from maillage.engager.calculs.regles import Beneficiaires
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import reunir
from maillage.socle.slots import Slot

# Le filtre, sur Organisation, des structures retenues pour une mission.
RETENUES: Slot[[Ingenierie], Q] = Slot("engager.structures_retenues", requetes=0)


def beneficiaires(ingenierie: Ingenierie) -> Beneficiaires:
    """Compte les structures de la mission (une requête)."""
    retenues = reunir(RETENUES.tout(ingenierie))
    toutes = Organisation.objects.order_by().values("pk")
    pressenties = toutes.filter(problematiques__ingenieries=ingenierie)
    lues = list(
        Organisation.objects.filter(pk__in=toutes.filter(retenues).union(pressenties))
        .annotate(retenue=Case(When(retenues, then=Value(True)), default=Value(False)))
        .select_related("operateur")
        .order_by("operateur__nom_normalise", "pk")
    )
    comptees = [o for o in lues if o.retenue] or lues
    dites = [eligibilite(o) for o in comptees]
    return Beneficiaires(
        par_dla=_par_dla(comptees),
        non_eligibles=dites.count(Eligibilite.NON),
        a_verifier=dites.count(Eligibilite.A_VERIFIER),
    )


def _par_dla(structures: Sequence[Organisation]) -> dict[str, int]:
    """Structures par DLA qui les suit ; celles qu'aucun ne suit ne se partagent pas."""
    return dict(Counter(o.operateur.nom for o in structures if o.operateur))
