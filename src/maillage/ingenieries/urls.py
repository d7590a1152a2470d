"""Adresses du dossier."""

from django.urls import path

from maillage.ingenieries import views
from maillage.ingenieries.edition import routes
from maillage.ingenieries.editions import NOTE

app_name = "ingenieries"

urlpatterns = [
    path("missions/", views.liste, name="liste"),
    path("missions/ouvrir/", views.ouvrir, name="ouvrir"),
    path("missions/<uuid:ingenierie>/", views.dossier, name="dossier"),
    path("missions/<uuid:ingenierie>/en-tete/", views.modifier, name="modifier"),
    path("missions/<uuid:ingenierie>/etat/<slug:verbe>/", views.etat, name="etat"),
    *routes(NOTE),
    path("missions/<uuid:ingenierie>/avancement/<str:code>/", views.avancer, name="avancer"),
    path("missions/<uuid:ingenierie>/etape/<str:code>/", views.demarche, name="demarche"),
]
