"""Adresses de la campagne, sous celle de la mission."""

from django.urls import path

from maillage.confirmer.mobilisation import views

urlpatterns = [
    path("", views.page, name="mobilisation"),
]
