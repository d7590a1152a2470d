"""Lire l'étape en peu de requêtes : l'entonnoir, et ce qui préremplit un écrit par un autre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from maillage import methode
from maillage.confirmer.calculs.conseil import Piste, conseiller
from maillage.confirmer.calculs.entonnoir import Declare, Marche, tracer
from maillage.confirmer.models import Atteint, CahierDesCharges, EffectifDeclare
from maillage.socle.modeles import rubriques
from maillage.socle.mots import paragraphes
from maillage.socle.quantites import Quantite

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie

INCONNUE = Quantite.inconnue()


def entonnoir(atteints: Iterable[str], effectifs: Iterable[EffectifDeclare]) -> tuple[Marche, ...]:
    """L'entonnoir d'une mission, de ce qui est déjà lu."""
    parties: dict[str, list[str]] = defaultdict(list)
    tous = []
    for effectif in effectifs:
        if effectif.dont:
            parties[effectif.palier].append(effectif.partie)
        else:
            tous.append(effectif)
    declares = {palier: Declare(INCONNUE, parties=tuple(p)) for palier, p in parties.items()}
    declares |= {
        e.palier: Declare(e.nombre, e.precision, e.source, tuple(parties[e.palier])) for e in tous
    }
    return tracer(Atteint.choices, atteints, declares)


def effectif_du_groupe(groupe: Any) -> Quantite:
    """Sa taille : le plus grand des `membres` annotés et du nombre déclaré, sinon inconnue."""
    if groupe.effectif.connue and groupe.effectif.valeur >= groupe.membres:
        declare: Quantite = groupe.effectif
        return declare
    return Quantite(Decimal(groupe.membres)) if groupe.membres else Quantite.inconnue()


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
