"""Adresses de la composition des groupes."""

from django.urls import path

from maillage.confirmer.groupes import views

BASE = "missions/<uuid:ingenierie>/groupes/"

urlpatterns = [
    path(BASE, views.atelier, name="groupes"),
    path(f"{BASE}proposer/", views.proposer, name="groupes_proposer"),
    path(f"{BASE}apercu/", views.apercu, name="groupes_apercu"),
    path(f"{BASE}<uuid:scenario>/ajuster/", views.ajuster, name="groupes_ajuster"),
    path(f"{BASE}<uuid:scenario>/decider/", views.decider, name="groupes_decider"),
    path(f"{BASE}<uuid:scenario>/<slug:verbe>/geste/", views.changer, name="groupes_etat"),
]
