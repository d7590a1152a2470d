"""Un diagnostic se soumet à la structure, qui le valide ou demande une correction."""

from __future__ import annotations

from django.utils import timezone

from maillage.accueillir.models import Diagnostic, EtatDiagnostic
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.transitions import TableDeTransitions, Transition


def _a_lire(diagnostic: Diagnostic) -> Decision:
    """Ce qui est interne au DLA ne compte pas : la structure n'aurait rien à lire."""
    ecrits = diagnostic.synthese or any(volet.ecrit for volet in diagnostic.volets.all())
    if ecrits or any(not besoin.interne for besoin in diagnostic.besoins.all()):
        return permis("La structure a de quoi lire.")
    return refuse("Écrivez au moins un domaine : la structure n’aurait rien à lire.")


def _valideur_dit(diagnostic: Diagnostic) -> Decision:
    if diagnostic.valide_par.strip():
        return permis("On sait qui valide.")
    return refuse("Dites qui, dans la structure, le valide.")


def _remarques_dites(diagnostic: Diagnostic) -> Decision:
    if diagnostic.remarques.strip():
        return permis("On sait quoi corriger.")
    return refuse("Dites ce qu’il faut corriger, même en peu de mots.")


def _soumettre(diagnostic: Diagnostic) -> None:
    diagnostic.soumis_le = timezone.now()
    diagnostic.remarques = ""


def _valider(diagnostic: Diagnostic) -> None:
    diagnostic.valide_le = timezone.now()


DIAGNOSTICS = TableDeTransitions(
    "etat",
    [
        Transition(
            "soumettre",
            {EtatDiagnostic.EN_COURS},
            EtatDiagnostic.A_VALIDER,
            "Soumettre à la structure",
            garde=_a_lire,
            effet=_soumettre,
        ),
        Transition(
            "reprendre",
            {EtatDiagnostic.A_VALIDER},
            EtatDiagnostic.EN_COURS,
            "Remettre en cours",
        ),
        Transition(
            "valider",
            {EtatDiagnostic.A_VALIDER},
            EtatDiagnostic.VALIDE,
            "Valider le diagnostic",
            garde=_valideur_dit,
            effet=_valider,
        ),
        Transition(
            "corriger",
            {EtatDiagnostic.A_VALIDER},
            EtatDiagnostic.EN_COURS,
            "Demander une correction",
            garde=_remarques_dites,
        ),
    ],
)
