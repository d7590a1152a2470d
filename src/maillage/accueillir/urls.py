"""Adresses de l'accueil, du diagnostic partagé et du parcours."""

from django.urls import URLPattern

app_name = "accueillir"

urlpatterns: list[URLPattern] = []
