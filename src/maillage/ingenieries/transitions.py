"""Les verbes qui changent l'état d'un dossier entier."""

from __future__ import annotations

from django.utils import timezone

from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.transitions import TableDeTransitions, Transition


def _motif_donne(ingenierie: Ingenierie) -> Decision:
    if ingenierie.motif_de_fin.strip():
        return permis("La raison est donnée.")
    return refuse("Dites pourquoi la mission s’arrête : un échec raconté sert aux autres.")


def _dater_la_cloture(ingenierie: Ingenierie) -> None:
    """Aujourd'hui ; une expérience venue d'une source s'est close le jour que la source en dit."""
    if not ingenierie.source:
        ingenierie.close_le = timezone.localdate()


def _rouvrir(ingenierie: Ingenierie) -> None:
    """La raison d'un arrêt passé ne vaut pas pour le suivant ; le journal la garde."""
    ingenierie.close_le, ingenierie.motif_de_fin = None, ""


ETATS = TableDeTransitions(
    "etat",
    [
        Transition(
            "suspendre", {EtatIngenierie.EN_COURS}, EtatIngenierie.SUSPENDUE, "Suspendre la mission"
        ),
        Transition(
            "reprendre",
            {EtatIngenierie.SUSPENDUE, EtatIngenierie.CLOSE, EtatIngenierie.ABANDONNEE},
            EtatIngenierie.EN_COURS,
            "Reprendre la mission",
            effet=_rouvrir,
        ),
        Transition(
            "clore",
            {EtatIngenierie.EN_COURS, EtatIngenierie.SUSPENDUE},
            EtatIngenierie.CLOSE,
            "Clore la mission",
            effet=_dater_la_cloture,
        ),
        Transition(
            "abandonner",
            {EtatIngenierie.EN_COURS, EtatIngenierie.SUSPENDUE},
            EtatIngenierie.ABANDONNEE,
            "Abandonner la mission",
            garde=_motif_donne,
            effet=_dater_la_cloture,
            motif="Pourquoi elle s’arrête",
        ),
    ],
)
