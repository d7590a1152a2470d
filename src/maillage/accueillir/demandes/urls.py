"""Adresses de l'accueil."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
