"""Ce que l'on répond à une demande ; toute réponse peut se reprendre."""

from __future__ import annotations

from django.utils import timezone

from maillage.accueillir.models import Demande, EtatDemande
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.transitions import TableDeTransitions, Transition

OUVERTES = frozenset({EtatDemande.A_ETUDIER})


def _motif_donne(demande: Demande) -> Decision:
    if demande.motif.strip():
        return permis("La raison est donnée.")
    return refuse("Dites la raison : la structure a droit à une réponse.")


def _orientation_donnee(demande: Demande) -> Decision:
    if not (demande.reorientee_vers or demande.orientation.strip()):
        return refuse("Dites vers qui : la structure doit savoir à qui s’adresser.")
    return _motif_donne(demande)


def _repondre(demande: Demande) -> None:
    demande.repondue_le = timezone.localdate()


def _reprendre(demande: Demande) -> None:
    demande.repondue_le, demande.motif = None, ""
    demande.reorientee_vers, demande.orientation = None, ""


DEMANDES = TableDeTransitions(
    "etat",
    [
        Transition(
            "accueillir",
            OUVERTES,
            EtatDemande.ACCUEILLIE,
            "Accueillir la structure",
            effet=_repondre,
        ),
        Transition(
            "reorienter",
            OUVERTES,
            EtatDemande.REORIENTEE,
            "Réorienter",
            garde=_orientation_donnee,
            effet=_repondre,
        ),
        Transition(
            "sans_suite",
            OUVERTES,
            EtatDemande.SANS_SUITE,
            "Classer sans suite",
            garde=_motif_donne,
            effet=_repondre,
            motif="Pourquoi il n’y a pas de suite",
        ),
        Transition(
            "reprendre",
            frozenset(EtatDemande.values) - OUVERTES,
            EtatDemande.A_ETUDIER,
            "Remettre à étudier",
            effet=_reprendre,
        ),
    ],
)
