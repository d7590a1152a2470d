"""Ce que l'on dit d'une paire : différentes, plus tard, ou de nouveau à revoir."""

from __future__ import annotations

from django.utils import timezone

from maillage.annuaire.models import Decision, PaireDeFiches, PaireDuRegistre
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.models import Utilisateur

GESTES = {
    "distinctes": (Decision.DISTINCTES, "Ce sont deux structures"),
    "plus_tard": (Decision.PLUS_TARD, "Plus tard"),
    "a_revoir": (Decision.A_REVOIR, "La remettre à revoir"),
}
GESTES_DU_REGISTRE = {
    "memes": (Decision.MEMES, "C’est la même"),
    "distinctes": (Decision.DISTINCTES, "Ce sont deux associations"),
    "plus_tard": (Decision.PLUS_TARD, "Plus tard"),
    "a_revoir": (Decision.A_REVOIR, "La remettre à revoir"),
}


@operation
def decider(
    paire: PaireDeFiches | PaireDuRegistre, decision: Decision, *, par: Utilisateur | None
) -> None:
    """Retient la décision ; « deux structures » se lit au journal des deux fiches."""
    paire.decision = decision
    paire.decidee_par = par
    paire.decidee_le = timezone.now()
    paire.save(update_fields=["decision", "decidee_par", "decidee_le"])
    if decision != Decision.DISTINCTES or not isinstance(paire, PaireDeFiches):
        return
    for fiche, autre in ((paire.premiere, paire.seconde), (paire.seconde, paire.premiere)):
        journaliser(fiche, f"a dit que « {autre.nom} » est une autre structure", par=par)
