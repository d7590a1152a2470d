"""Adresses du diagnostic partagé."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
