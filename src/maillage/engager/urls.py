"""Adresses de l'étape « engager »."""

from django.urls import path

from maillage.engager import views
from maillage.engager.editions import (
    ATTENTES,
    AVIS,
    EVALUATION,
    FINANCEMENT,
    LIGNE,
    OBJECTIF,
    PARTENAIRE,
    VALIDATION,
)
from maillage.ingenieries.edition import routes, vue_modifier

app_name = "engager"

urlpatterns = [
    path("comites/", views.comites, name="comites"),
    # Les attentes naissent et disparaissent avec leur partenaire : elles ne font que se modifier.
    path(
        "missions/<uuid:ingenierie>/attentes/<uuid:element>/",
        vue_modifier,
        {"edition": ATTENTES},
        name="attentes_modifier",
    ),
    *routes(PARTENAIRE, OBJECTIF, EVALUATION, VALIDATION, AVIS, LIGNE, FINANCEMENT),
]
