"""Étape 4 : séances, évaluation, résultats."""

from maillage.finaliser.models.evaluation import (
    Adaptation,
    AppreciationDeRegistre,
    Niveau,
    QuestionAdaptee,
    Reponse,
)
from maillage.finaliser.models.resultats import NatureDeResultat, Resultat
from maillage.finaliser.models.seances import EtatPresence, Forme, Presence, Seance

__all__ = [
    "Adaptation",
    "AppreciationDeRegistre",
    "EtatPresence",
    "Forme",
    "NatureDeResultat",
    "Niveau",
    "Presence",
    "QuestionAdaptee",
    "Reponse",
    "Resultat",
    "Seance",
]
