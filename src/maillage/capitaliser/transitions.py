"""Une fiche paraît, se retire, reparaît : la complétude n'est jamais exigée, un titre l'est."""

from __future__ import annotations

from maillage.capitaliser.models import EtatFiche, Fiche
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.transitions import TableDeTransitions, Transition


def _titree(fiche: Fiche) -> Decision:
    if fiche.titre.strip():
        return permis("La fiche a un titre.")
    return refuse("Donnez un titre à la fiche : c’est par lui qu’on la trouvera.")


FICHES = TableDeTransitions(
    "etat",
    [
        Transition(
            "publier",
            {EtatFiche.BROUILLON, EtatFiche.RETIREE},
            EtatFiche.PUBLIEE,
            "Publier la fiche",
            garde=_titree,
        ),
        Transition(
            "republier",
            {EtatFiche.PUBLIEE},
            EtatFiche.PUBLIEE,
            "Publier une nouvelle édition",
            garde=_titree,
        ),
        Transition(
            "retirer", {EtatFiche.PUBLIEE}, EtatFiche.RETIREE, "Retirer la fiche de la bibliothèque"
        ),
    ],
)
