"""Les objectifs partagés et ce que l'on en évaluera."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.engager.choix import Niveau
from maillage.engager.editions import EVALUATION, OBJECTIF
from maillage.engager.models import Objectif, ProjetDEvaluation
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter


def convenir(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Objectifs et projet d'évaluation (deux requêtes)."""
    objectifs = list(ingenierie.objectifs.all())
    projet = ProjetDEvaluation.objects.filter(ingenierie=ingenierie).first()
    return [
        _objectifs(ingenierie, regard, objectifs),
        _evaluation(ingenierie, projet),
    ]


def _objectifs(ingenierie: Ingenierie, regard: Regard, objectifs: Sequence[Objectif]) -> Panneau:
    par_niveau = {n: [o for o in objectifs if o.niveau == n] for n in Niveau}
    return Panneau(
        code="objectif",
        titre="Objectifs partagés",
        vide=not objectifs,
        phrase=_phrase({n: len(o) for n, o in par_niveau.items()}),
        gabarit="engager/panneaux/objectifs.html",
        contexte={
            "niveaux": [
                {
                    "libelle": "Objectifs stratégiques"
                    if niveau is Niveau.STRATEGIQUE
                    else "Objectifs opérationnels",
                    "lignes": [_ligne(ingenierie, regard, o) for o in retenus],
                }
                for niveau, retenus in par_niveau.items()
                if retenus
            ]
        },
        manques=[
            f"Aucun objectif {niveau.label} n’est retenu."
            for niveau, retenus in par_niveau.items()
            if not retenus
        ],
        gestes=[Geste("Ajouter un objectif", OBJECTIF.url("ajouter", ingenierie.pk))],
        faits={
            f"objectif_{niveau}": f"Objectif {niveau.label} : {retenus[0]}"
            for niveau, retenus in par_niveau.items()
            if retenus
        },
    )


def _ligne(ingenierie: Ingenierie, regard: Regard, objectif: Objectif) -> dict[str, str]:
    """Le libellé de la méthode, nos mots s'il y en a, et où le modifier."""
    libelle = objectif.get_code_display() if objectif.code else ""
    return {
        "libelle": libelle or objectif.texte,
        "texte": objectif.texte if libelle else "",
        "url": OBJECTIF.url("modifier", ingenierie.pk, objectif.pk) if regard.modifier else "",
    }


def _phrase(comptes: dict[Niveau, int]) -> str:
    if not any(comptes.values()):
        return "Aucun objectif n’est encore posé."
    strategiques = compter(comptes[Niveau.STRATEGIQUE], "stratégique")
    return f"{strategiques}, {compter(comptes[Niveau.OPERATIONNEL], 'opérationnel')}."


def _evaluation(ingenierie: Ingenierie, projet: ProjetDEvaluation | None) -> Panneau:
    return Panneau(
        code="evaluation",
        titre="Ce que l’on évaluera",
        vide=projet is None,
        phrase="Posé avant d’agir." if projet else "L’objet de l’évaluation n’est pas encore posé.",
        gabarit="engager/panneaux/evaluation.html",
        contexte={"projet": projet},
        gestes=[
            Geste(
                "Revoir le projet d’évaluation" if projet else "Poser le projet d’évaluation",
                EVALUATION.url("ajouter", ingenierie.pk),
            )
        ],
    )
