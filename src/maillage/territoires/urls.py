"""Adresses de la pièce « territoires »."""

from django.urls import path

from maillage.territoires import views

app_name = "territoires"

urlpatterns = [path("territoires/propositions/", views.propositions, name="propositions")]
