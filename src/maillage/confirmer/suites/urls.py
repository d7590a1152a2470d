"""Adresses qui mènent d'un parcours à une mission."""

from django.urls import path

from maillage.confirmer.suites import views

urlpatterns = [
    path("actions/<uuid:action>/mission/", views.ouvrir, name="action_mission"),
    path("actions/<uuid:action>/rattacher/", views.rattacher, name="action_rattacher"),
    path(
        "actions/<uuid:action>/rattacher/<uuid:suite>/detacher/",
        views.detacher,
        name="action_detacher",
    ),
]
