"""Adresses de la fiche, de la bibliothèque et du gabarit Word."""

from django.urls import path

from maillage.capitaliser import views
from maillage.capitaliser.editions import CAPITALISATION
from maillage.ingenieries.edition import routes

app_name = "capitaliser"

urlpatterns = [
    *routes(CAPITALISATION),
    path("missions/<uuid:ingenierie>/fiche/", views.fiche, name="fiche"),
    path("missions/<uuid:ingenierie>/fiche/word/", views.word, name="word"),
    path("missions/<uuid:ingenierie>/fiche/pdf/", views.pdf, name="pdf"),
    path("missions/<uuid:ingenierie>/fiche/<slug:verbe>/", views.etat, name="etat"),
    path("bibliotheque/", views.bibliotheque, name="bibliotheque"),
    path("bibliotheque/gabarit/", views.gabarits, name="gabarits"),
    path("bibliotheque/gabarit/<uuid:operateur>/", views.gabarit, name="gabarit"),
    path(
        "bibliotheque/gabarit/<uuid:operateur>/modele/",
        views.gabarit_modele,
        name="gabarit_modele",
    ),
    path(
        "bibliotheque/gabarit/<uuid:operateur>/reprendre/",
        views.gabarit_reprendre,
        name="gabarit_reprendre",
    ),
    path("bibliotheque/<uuid:fiche>/", views.publiee, name="publiee"),
    path("bibliotheque/<uuid:fiche>/word/", views.publiee_word, name="publiee_word"),
    path("bibliotheque/<uuid:fiche>/pdf/", views.publiee_pdf, name="publiee_pdf"),
]
