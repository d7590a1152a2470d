"""Les verbes d'une problématique ; on peut toujours revenir."""

from __future__ import annotations

from maillage.identifier.models import EtatProblematique, Problematique
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.transitions import TableDeTransitions, Transition


def _motif_donne(problematique: Problematique) -> Decision:
    if problematique.motif.strip():
        return permis("La raison est donnée.")
    return refuse("Dites pourquoi elle est écartée : la raison servira à d’autres.")


def _sans_motif(problematique: Problematique) -> None:
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
