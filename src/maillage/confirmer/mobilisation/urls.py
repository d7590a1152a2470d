"""Adresses de la campagne, sous celle de la mission."""

from django.urls import path

from maillage.confirmer.mobilisation import views, views_envois
from maillage.confirmer.mobilisation.collectif.views import cocher, collectif

urlpatterns = [
    path("", views.page, name="mobilisation"),
    path("collectif/", collectif, name="collectif"),
    path("collectif/cocher/", cocher, name="cocher_le_collectif"),
    path("contacts/", views_envois.inviter, name="inviter_contacts"),
    path("suivi/", views_envois.suivi, name="suivi"),
    path("relancer/", views_envois.relancer, name="relancer"),
    path("reessayer/", views_envois.reessayer, name="reessayer"),
    path("invitations/<uuid:invitation>/remettre/", views_envois.remettre, name="remettre_en_main"),
]
