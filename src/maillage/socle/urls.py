"""Adresses des services du socle."""

from django.urls import path

from maillage.socle.documents import views as documents
from maillage.socle.envois import views as envois
from maillage.socle.journal import views as journal
from maillage.socle.travaux import views as travaux

app_name = "socle"
urlpatterns = [
    path("documents/<str:etiquette>/<uuid:cle>/", documents.documents, name="documents"),
    path("documents/<uuid:cle>/", documents.telecharger, name="document"),
    path("documents/<uuid:cle>/retirer/", documents.retrait, name="document_retirer"),
    path("journal/<str:etiquette>/<uuid:cle>/", journal.journal, name="journal"),
    path("journal/<uuid:cle>/", journal.acte, name="acte"),
    path("notifications/", envois.notifications, name="notifications"),
    path("notifications/lues/", envois.lire, name="notifications_lire"),
    path("notifications/resume/", envois.resume, name="notifications_resume"),
    path("travaux/<uuid:cle>/", travaux.travail, name="travail"),
    path("travaux/<uuid:cle>/relancer/", travaux.relance, name="travail_relancer"),
]
