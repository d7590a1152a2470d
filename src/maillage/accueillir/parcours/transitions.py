"""Les verbes d'un parcours et ceux d'une action ; on peut toujours revenir."""

from __future__ import annotations

from django.utils import timezone

from maillage.accueillir.models import Action, EtatAction, EtatParcours, Parcours
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.transitions import TableDeTransitions, Transition

PLUS_TARD = "Dites pourquoi : la raison reste au parcours."


def _motif_donne(objet: Parcours | Action) -> Decision:
    return permis("La raison est donnée.") if objet.motif.strip() else refuse(PLUS_TARD)


def _dater_la_fin(parcours: Parcours) -> None:
    """Un parcours noté d'avance ne se clôt pas avant d'être ouvert."""
    parcours.clos_le = max(timezone.localdate(), parcours.ouvert_le)


def _rouvrir(parcours: Parcours) -> None:
    """La raison d'un arrêt passé ne vaut pas pour le suivant ; le journal la garde."""
    parcours.clos_le, parcours.motif = None, ""


def _dater(action: Action) -> None:
    action.faite_le = timezone.localdate()


def _recommencer(action: Action) -> None:
    action.faite_le, action.motif = None, ""


PARCOURS = TableDeTransitions(
    "etat",
    [
        Transition(
            "clore",
            {EtatParcours.EN_COURS},
            EtatParcours.CLOS,
            "Clore le parcours",
            effet=_dater_la_fin,
        ),
        Transition(
            "interrompre",
            {EtatParcours.EN_COURS},
            EtatParcours.INTERROMPU,
            "Interrompre le parcours",
            garde=_motif_donne,
            effet=_dater_la_fin,
            motif="Pourquoi il s’arrête",
        ),
        Transition(
            "reprendre",
            {EtatParcours.CLOS, EtatParcours.INTERROMPU},
            EtatParcours.EN_COURS,
            "Reprendre le parcours",
            effet=_rouvrir,
        ),
    ],
)

TERMINER = "terminer"
ACTIONS = TableDeTransitions(
    "etat",
    [
        Transition("engager", {EtatAction.PREVUE}, EtatAction.ENGAGEE, "Engager"),
        Transition(
            TERMINER,
            set(EtatAction.restants()),
            EtatAction.FAITE,
            "Marquer faite",
            effet=_dater,
            motif="Ce qu’elle a donné (si vous le savez)",
        ),
        Transition(
            "abandonner",
            set(EtatAction.restants()),
            EtatAction.ABANDONNEE,
            "Abandonner",
            garde=_motif_donne,
            motif="Pourquoi on l’abandonne",
        ),
        Transition("remettre", {EtatAction.ENGAGEE}, EtatAction.PREVUE, "Remettre à prévue"),
        Transition(
            "reprendre",
            {EtatAction.FAITE, EtatAction.ABANDONNEE},
            EtatAction.ENGAGEE,
            "Reprendre",
            effet=_recommencer,
        ),
    ],
)
