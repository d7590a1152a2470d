"""Le contexte d'une fiche : un seul contenu pour l'écran, Word et le PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maillage.annuaire.models import Organisation
from maillage.annuaire.nomenclatures import SECTEURS
from maillage.capitaliser.contexte import parties
from maillage.capitaliser.contexte.completude import ce_qui_manque
from maillage.capitaliser.contexte.lecture import Lu, lire
from maillage.capitaliser.grille import ContexteDeFiche, Identite
from maillage.territoires.perimetres import nommer

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
        identite=_identite(ingenierie, lu),
        en_bref=parties.en_bref(lu),
        problematique=parties.problematique(lu),
        objectifs=parties.objectifs(lu),
        beneficiaires=parties.beneficiaires(lu),
        moyens=parties.moyens(lu),
        action=parties.action(lu),
        resultats=parties.resultats(lu),
        evaluation=parties.evaluation(lu),
        capitalisation=parties.capitalisation(lu),
    )
    return replace(fiche, manques=ce_qui_manque(fiche))


def _identite(ingenierie: Ingenierie, lu: Lu) -> Identite:
    return Identite(
        dla=_nom(ingenierie.operateur),
        dla_associes=tuple(sorted(_nom(o) for o in lu.associes)),
        nature=f"Ingénierie {ingenierie.get_nature_display()}",
        territoires=nommer(lu.territoires) if lu.territoires else "",
        secteur=SECTEURS.libelle(ingenierie.secteur)
        if ingenierie.secteur
        else "Secteur non précisé",
        annee=str(ingenierie.annee),
        etat=_etat(ingenierie),
        source=ingenierie.source,
    )


def _nom(dla: Organisation) -> str:
    return dla.nom if dla.nom_publie else "un DLA que la source ne nomme pas"


def _etat(ingenierie: Ingenierie) -> str:
    """« Mission close » ; une mission arrêtée dit pourquoi : un échec s'écrit aussi (règle 8)."""
    raison = f" : {ingenierie.motif_de_fin}" if ingenierie.motif_de_fin else ""
    return f"Mission {ingenierie.get_etat_display()}{raison}"
