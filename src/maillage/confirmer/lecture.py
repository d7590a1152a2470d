"""Lire l'étape en peu de requêtes : l'entonnoir, et ce qui préremplit un écrit par un autre."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from maillage import methode
from maillage.confirmer.calculs.conseil import Piste, conseiller
from maillage.confirmer.calculs.entonnoir import Declare, Marche, tracer
from maillage.confirmer.models import Atteint, CahierDesCharges, EffectifDeclare
from maillage.socle.modeles import rubriques
from maillage.socle.mots import paragraphes

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie


def entonnoir(atteints: Iterable[str], effectifs: Iterable[EffectifDeclare]) -> tuple[Marche, ...]:
    """L'entonnoir d'une mission, de ce qui est déjà lu."""
    declares = {e.palier: Declare(e.nombre, e.precision, e.source) for e in effectifs}
    return tracer(Atteint.choices, atteints, declares)


def pistes_de(ingenierie: Ingenierie) -> tuple[Piste, ...]:
    """Les types d'ingénierie vers lesquels penchent ses objectifs (une requête)."""
    codes = {o.code for o in ingenierie.objectifs.all()}
    return conseiller(codes, methode.ingenieries().conseils)


def cahier_prerempli(ingenierie: Ingenierie) -> dict[str, object]:
    """De quoi commencer le cahier des charges : le projet d'intervention et les objectifs."""
    objectifs = "\n".join(f"– {objectif}" for objectif in ingenierie.objectifs.all())
    projet = getattr(ingenierie, "projet_intervention", None)
    if projet is None:
        return {"demarche": ingenierie.accroche, "objectifs": objectifs}
    return {
        "demarche": paragraphes(ingenierie.accroche, projet.contenus, projet.temps_du_dla),
        "objectifs": paragraphes(
            objectifs, projet.objectifs_collectifs, projet.objectifs_individuels
        ),
        "resultats": paragraphes(projet.resultats_qualitatifs, projet.resultats_quantitatifs),
        "conditions": paragraphes(
            f"{projet.jours} d’intervention." if projet.jours.connue else "",
            projet.rythme,
            projet.lieu,
            projet.logistique,
            projet.systeme_intervenant,
        ),
        "role_evaluation": projet.participation_evaluation,
        "delai": f"{projet.duree}" if projet.duree.connue else projet.calendrier[:200],
    }


def rubriques_du_cahier(cahier: CahierDesCharges) -> list[tuple[str, str]]:
    """Ce que dit le cahier : (intitulé, texte), sans les rubriques vides."""
    noms = ("demarche", "objectifs", "resultats", "conditions", "role_evaluation", "delai")
    plafond = [("Budget plafond", str(cahier.plafond))] if cahier.plafond.connue else []
    return rubriques(cahier, noms) + plafond
