"""Adresses de la fiche, de la bibliothèque et du gabarit Word."""

from django.urls import path

from maillage.capitaliser.editions import CAPITALISATION
from maillage.capitaliser.views import comparaison, fiches, gabarits, reprise
from maillage.ingenieries.edition import routes

app_name = "capitaliser"

_GABARIT = "bibliotheque/gabarit/<uuid:operateur>/<slug:document>"

urlpatterns = [
    *routes(CAPITALISATION),
    path("missions/<uuid:ingenierie>/fiche/", fiches.fiche, name="fiche"),
    path("missions/<uuid:ingenierie>/fiche/word/", fiches.word, name="word"),
    path("missions/<uuid:ingenierie>/fiche/pdf/", fiches.pdf, name="pdf"),
    path("missions/<uuid:ingenierie>/fiche/<slug:verbe>/", fiches.etat, name="etat"),
    path("missions/<uuid:ingenierie>/comparer/", comparaison.missions, name="comparer"),
    path("missions/<uuid:ingenierie>/repartir/", reprise.mission, name="repartir"),
    path("bibliotheque/", fiches.bibliotheque, name="bibliotheque"),
    path("bibliotheque/gabarit/", gabarits.gabarits, name="gabarits"),
    path(f"{_GABARIT}/", gabarits.gabarit, name="gabarit"),
    path(f"{_GABARIT}/modele/", gabarits.gabarit_modele, name="gabarit_modele"),
    path(f"{_GABARIT}/reprendre/", gabarits.gabarit_reprendre, name="gabarit_reprendre"),
    path("bibliotheque/<uuid:fiche>/", fiches.publiee, name="publiee"),
    path("bibliotheque/<uuid:fiche>/comparer/", comparaison.fiches, name="comparer_les_fiches"),
    path("bibliotheque/<uuid:fiche>/repartir/", reprise.fiche, name="repartir_de_la_fiche"),
    path("bibliotheque/<uuid:fiche>/word/", fiches.publiee_word, name="publiee_word"),
    path("bibliotheque/<uuid:fiche>/pdf/", fiches.publiee_pdf, name="publiee_pdf"),
]
