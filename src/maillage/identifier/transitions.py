"""Les verbes d'une problématique, d'un rapprochement ; on peut toujours revenir."""

from __future__ import annotations

from maillage.identifier.models import (
    EtatProblematique,
    EtatRapprochement,
    Problematique,
    Rapprochement,
)
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.transitions import TableDeTransitions, Transition


def _motif_donne(problematique: Problematique | Rapprochement) -> Decision:
    if problematique.motif.strip():
        return permis("La raison est donnée.")
    return refuse("Dites pourquoi vous écartez : la raison servira à d’autres.")


def _sans_motif(problematique: Problematique | Rapprochement) -> None:
    problematique.motif = ""


ETATS = TableDeTransitions(
    "etat",
    [
        Transition(
            "confirmer",
            {EtatProblematique.A_CONFIRMER},
            EtatProblematique.CONFIRMEE,
            "Confirmer la problématique",
        ),
        Transition(
            "ecarter",
            {EtatProblematique.A_CONFIRMER, EtatProblematique.CONFIRMEE},
            EtatProblematique.ECARTEE,
            "Écarter la problématique",
            garde=_motif_donne,
            motif="Pourquoi l’écarter",
        ),
        Transition(
            "reprendre",
            {EtatProblematique.CONFIRMEE, EtatProblematique.ECARTEE},
            EtatProblematique.A_CONFIRMER,
            "Remettre à confirmer",
            effet=_sans_motif,
        ),
    ],
)

RAPPROCHEMENTS = TableDeTransitions(
    "etat",
    [
        Transition(
            "retenir",
            {EtatRapprochement.PROPOSE},
            EtatRapprochement.RETENU,
            "Retenir ce besoin partagé",
        ),
        Transition(
            "ecarter",
            {EtatRapprochement.PROPOSE, EtatRapprochement.RETENU},
            EtatRapprochement.ECARTE,
            "Écarter ce rapprochement",
            garde=_motif_donne,
            motif="Pourquoi l’écarter",
        ),
        Transition(
            "reprendre",
            {EtatRapprochement.RETENU, EtatRapprochement.ECARTE},
            EtatRapprochement.PROPOSE,
            "Remettre à l’étude",
            effet=_sans_motif,
        ),
    ],
)
