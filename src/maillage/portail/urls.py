"""Adresses du portail : la porte, la page personnelle, et les liens que remet un agent."""

from django.urls import path

from maillage.portail.views import agent, diagnostic, mobilisation, personne

app_name = "portail"

PAGE = "ma-page/"
DIAGNOSTIC = f"{PAGE}diagnostics/<uuid:diagnostic>/"
MOBILISATION = f"{PAGE}missions/<uuid:participation>/"
LIENS = "structures/<uuid:structure>/liens/"

urlpatterns = [
    path("lien/<str:jeton>/", personne.porte, name="porte"),
    path(PAGE, personne.page, name="page"),
    path(f"{PAGE}quitter/", personne.quitter, name="quitter"),
    path(f"{PAGE}autorisations/", personne.autorisations, name="autorisations"),
    path(f"{PAGE}autorisations/soustraire/", personne.soustraire, name="soustraire"),
    path(f"{PAGE}autorisations/lever/", personne.lever, name="lever"),
    path(DIAGNOSTIC, diagnostic.diagnostic, name="diagnostic"),
    path(f"{DIAGNOSTIC}repondre/<slug:verbe>/", diagnostic.repondre, name="repondre"),
    path(f"{DIAGNOSTIC}word/", diagnostic.word, name="word"),
    path(f"{DIAGNOSTIC}pdf/", diagnostic.pdf, name="pdf"),
    path(MOBILISATION, mobilisation.repondre, name="mobilisation"),
    path(f"{MOBILISATION}brouillon/", mobilisation.garder, name="brouillon"),
    path(LIENS, agent.liens, name="liens"),
    path(f"{LIENS}<uuid:personne>/remettre/", agent.remettre, name="remettre"),
    path(f"{LIENS}<uuid:personne>/fermer/", agent.fermer, name="fermer"),
]
