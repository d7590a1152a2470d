"""Noter un besoin entendu pendant une séance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from maillage.finaliser.models import Seance
from maillage.identifier.provenances import PAROLE, de_la_structure, dla_de, lieu_de
from maillage.identifier.slots import Provenance
from maillage.ingenieries.droits import peut_voir_interne
from maillage.ingenieries.models import Ingenierie
from maillage.socle.mots import citer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def seance(utilisateur: Utilisateur, argument: Mapping[str, Any]) -> Provenance | None:
    """La mission, le jour de la séance, et sa structure pour un temps individuel.

    La structure d'une mobilisation reste aux DLA de la mission : eux seuls la lisent ici.
    """
    lues = Seance.objects.filter(
        pk=argument["element"],
        ingenierie=argument["ingenierie"],
        ingenierie__in=Ingenierie.objects.visibles_par(utilisateur),
    )
    lue = lues.select_related("ingenierie", "participation__structure__commune").first()
    if lue is None:
        return None
    passee = lue.date and lue.date <= timezone.localdate()
    dits: dict[str, Any] = {
        "ingenierie": lue.ingenierie,
        "date": lue.date if passee else None,
        "operateur": dla_de(utilisateur, lue.ingenierie.operateur_id),
    }
    phrase = f"pendant la séance {citer(lue.titre)}"
    if lue.participation and peut_voir_interne(utilisateur, lue.ingenierie):
        return de_la_structure(lue.participation.structure, phrase, **dits)
    return Provenance(phrase=phrase, source=PAROLE, **lieu_de(lue.ingenierie), **dits)
