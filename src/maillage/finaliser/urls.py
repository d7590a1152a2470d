"""Adresses de l'étape « finaliser »."""

from django.urls import path

from maillage.finaliser import editions
from maillage.finaliser.views import evaluation, seances
from maillage.ingenieries.edition import routes

app_name = "finaliser"

_REPONSE = [r for r in routes(editions.REPONSE) if r.name != "reponse_ajouter"]

urlpatterns = [
    path("missions/<uuid:ingenierie>/seances/", seances.seances, name="seances"),
    path("missions/<uuid:ingenierie>/presences/", seances.presences, name="presences"),
    path("missions/<uuid:ingenierie>/evaluation/", evaluation.evaluation, name="evaluation"),
    path(
        "missions/<uuid:ingenierie>/evaluation/voix/<slug:public>/",
        evaluation.questionnaire,
        name="questionnaire",
    ),
    path(
        "missions/<uuid:ingenierie>/evaluation/question/<str:code>/",
        evaluation.question,
        name="question",
    ),
    *routes(
        editions.SEANCE,
        editions.RESULTAT,
        editions.REGISTRE,
        editions.QUESTION_AJOUTEE,
        editions.MISE_DE_COTE,
    ),
    *_REPONSE,
]
