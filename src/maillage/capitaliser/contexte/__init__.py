"""Le contexte d'une fiche : un seul contenu pour l'écran, Word et le PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maillage.capitaliser.chiffres import entonnoir
from maillage.capitaliser.contexte import parties, realisation
from maillage.capitaliser.contexte.completude import ce_qui_manque
from maillage.capitaliser.contexte.lecture import Lu, lire
from maillage.capitaliser.contexte.mesures import mesures
from maillage.capitaliser.contexte.moyens import moyens
from maillage.capitaliser.grille import ContexteDeFiche
from maillage.confirmer.presentation import beneficiaires
from maillage.engager.presentation import objectifs
from maillage.ingenieries.identite import identite

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie

__all__ = ["ContexteDeFiche", "contexte_de_fiche"]


def contexte_de_fiche(ingenierie: Ingenierie) -> ContexteDeFiche:
    """Ce que la fiche dit de cette mission aujourd'hui ; une requête SQL.

    `ingenierie.operateur` doit être lu. Rien d'interne n'est lu ni rendu (règle 9) ; une structure
    dont le nom n'est pas publié n'est que comptée.
    """
    return assembler(ingenierie, lire(ingenierie.pk))


def assembler(ingenierie: Ingenierie, lu: Lu) -> ContexteDeFiche:
    """La grille de la fiche 5, remplie de ce qui a été lu."""
    fiche = ContexteDeFiche(
        titre=lu.fiche.titre or ingenierie.titre,
        accroche=ingenierie.accroche,
        resume=lu.fiche.resume,
        identite=identite(ingenierie, lu.territoires, lu.associes),
        en_bref=parties.en_bref(lu),
        problematique=parties.problematique(lu),
        objectifs=objectifs(lu.objectifs),
        beneficiaires=beneficiaires(lu.ciblages, lu.participations, entonnoir(lu), lu.groupes),
        moyens=moyens(lu),
        action=realisation.action(lu),
        resultats=realisation.resultats(lu),
        evaluation=parties.evaluation(lu),
        capitalisation=parties.capitalisation(lu),
        mesures=mesures(ingenierie, lu),
    )
    return replace(fiche, manques=ce_qui_manque(fiche))
