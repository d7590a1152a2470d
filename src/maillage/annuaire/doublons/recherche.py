"""Chercher les doublons et ranger ce qui est trouvé, sans jamais revenir sur une décision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from maillage.annuaire.doublons.calculs.candidats import Candidat, candidats
from maillage.annuaire.doublons.lecture import (
    departements_du_registre,
    fiches_par_departement,
    registre_du_departement,
)
from maillage.annuaire.models import Decision, PaireDeFiches, PaireDuRegistre

PAR_LOT = 2_000
SEUIL_DES_FICHES = 0.04
"""Une fiche dit moins que le registre (ni objet, ni adresse) : on montre plus large."""
Avancer = Callable[[int, int, str], None]


@transaction.atomic
def chercher_dans_les_fiches(avancer: Avancer = lambda *_: None) -> int:
    """Refait la liste des fiches à revoir ; rend combien il y en a."""
    lots = list(fiches_par_departement())
    trouvees: list[Candidat] = []
    for rang, notices in enumerate(lots):
        trouvees += candidats(notices, SEUIL_DES_FICHES)
        avancer(rang + 1, len(lots), "fiches comparées")
    return _ranger(PaireDeFiches, ("premiere_id", "seconde_id"), trouvees)


def chercher_dans_le_registre(avancer: Avancer = lambda *_: None) -> int:
    """Refait la liste des associations du registre à revoir, département par département."""
    departements = departements_du_registre()
    trouvees: list[Candidat] = []
    for rang, (cle, nom) in enumerate(departements):
        avancer(rang, len(departements), nom)
        trouvees += candidats(registre_du_departement(cle))
    avancer(len(departements), len(departements), "")
    with transaction.atomic():
        return _ranger(PaireDuRegistre, ("premiere", "seconde"), trouvees)


def _ranger(
    modele: type[PaireDeFiches | PaireDuRegistre],
    cles: tuple[str, str],
    trouvees: Iterable[Candidat],
) -> int:
    """Remplace les paires à revoir ; celles sur lesquelles on a décidé gardent leur décision."""
    modele._base_manager.filter(decision=Decision.A_REVOIR).delete()
    paires: list[Any] = [
        modele(
            **{cles[0]: c.premiere, cles[1]: c.seconde},
            probabilite=c.probabilite,
            indices=list(c.indices),
        )
        for c in trouvees
    ]
    modele._base_manager.bulk_create(
        paires,
        batch_size=PAR_LOT,
        update_conflicts=True,
        unique_fields=["premiere", "seconde"],
        update_fields=["probabilite", "indices"],
    )
    return modele._base_manager.filter(decision=Decision.A_REVOIR).count()
