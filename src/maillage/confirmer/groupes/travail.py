"""Chercher des groupes en travail de fond, avec sa progression."""

from __future__ import annotations

from typing import Any

from maillage.confirmer.groupes.calculs.propositions import RienTrouve, proposer
from maillage.confirmer.groupes.calculs.reglages import lire_reglages
from maillage.confirmer.groupes.lecture import ouvrir_l_atelier
from maillage.confirmer.groupes.operations import TACHE, inscrire
from maillage.ingenieries.models import Ingenierie
from maillage.socle.mots import compter
from maillage.socle.travaux.registre import Progression, TravailRefuse, tache

ITERATIONS = 30_000
DIRECT_AU_PLUS = 60
"""Au-delà de ce nombre de structures, la recherche dépasse la seconde : elle devient un travail."""

RIEN = (
    "Aucune répartition trouvée : élargissez un effectif, ou permettez de laisser des structures "
    "hors des groupes."
)


@tache(TACHE)
def chercher_des_groupes(
    progression: Progression,
    *,
    ingenierie: str,
    reglages: dict[str, Any],
    verrous: dict[str, int],
    graine: int,
) -> str:
    """Recommencer ne double rien : les propositions remplacent les précédentes."""
    dossier = Ingenierie.objects.get(pk=ingenierie)
    atelier = ouvrir_l_atelier(dossier)
    pose = atelier.poser(lire_reglages(reglages), verrous)
    try:
        trouvees = proposer(pose, graine=graine, iterations=ITERATIONS, avancer=progression.avancer)
    except RienTrouve as rien:
        raise TravailRefuse(RIEN) from rien
    scenarios = inscrire(dossier, atelier, pose, trouvees)
    return f"{compter(len(scenarios), 'proposition')} à comparer."
