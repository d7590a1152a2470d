"""Lire l'étape en peu de requêtes : la matrice remplie, les jours faits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from maillage import methode
from maillage.finaliser.calculs.matrice import Ajout, Decompte, Ecart, Groupe, tracer
from maillage.finaliser.models import Adaptation, Niveau, QuestionAdaptee

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie

FAVORABLES = frozenset({Niveau.PLUTOT_OUI.value, Niveau.TOUT_A_FAIT.value})


def matrice_de(
    ingenierie: Ingenierie, adaptees: list[QuestionAdaptee] | None = None
) -> tuple[Groupe, ...]:
    """La matrice d'une mission, adaptée et remplie, en deux requêtes."""
    if adaptees is None:
        adaptees = list(ingenierie.questions_adaptees.all())
    comptes = (
        ingenierie.reponses.order_by()
        .values_list("question", "public", "niveau")
        .annotate(nombre=Count("pk"))
    )
    return tracer(
        methode.matrice(),
        [
            Ajout(q.code, q.groupe, q.libelle, tuple(q.publics))
            for q in adaptees
            if q.geste == Adaptation.AJOUTEE
        ],
        [
            Ecart(q.question, tuple(q.publics), q.raison)
            for q in adaptees
            if q.geste == Adaptation.ECARTEE
        ],
        [Decompte(*ligne) for ligne in comptes],
        FAVORABLES,
    )
