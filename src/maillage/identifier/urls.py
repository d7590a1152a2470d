"""Adresses des besoins et du cadrage d'une mission."""

from django.urls import path

from maillage.identifier.codage import views as codage
from maillage.identifier.editions import ROLE
from maillage.identifier.views import (
    cadrage,
    ciblages,
    orientations,
    partages,
    problematiques,
    rapprochements,
    signaux,
)
from maillage.ingenieries.edition import routes

app_name = "identifier"

_RAPPROCHEMENT = "besoins/rapprochements/<uuid:pk>/"
_PROBLEMATIQUE = "besoins/problematiques/<uuid:pk>/"
_CIBLAGE = "besoins/ciblages/<uuid:pk>/"
_RESULTAT = "besoins/ciblages/resultats/<uuid:pk>/"

urlpatterns = [
    path("besoins/", signaux.signaux, name="signaux"),
    path("besoins/noter/", signaux.noter, name="noter"),
    path("besoins/a-coder/", codage.a_coder, name="a_coder"),
    path("besoins/a-coder/liste/", codage.en_liste, name="a_coder_en_liste"),
    path("besoins/codages/<uuid:pk>/annuler/", codage.annuler, name="codage_annuler"),
    path("besoins/<uuid:pk>/coder/", codage.coder, name="coder"),
    path("besoins/<uuid:pk>/", signaux.signal, name="signal"),
    path("besoins/<uuid:pk>/completer/", signaux.completer, name="completer"),
    path("besoins/<uuid:pk>/retirer/", signaux.retirer, name="retirer"),
    path("besoins/partages/", partages.partages, name="partages"),
    path("besoins/rapprochements/", rapprochements.rapprochements, name="rapprochements"),
    path("besoins/rapprochements/chercher/", rapprochements.chercher, name="rapprocher"),
    path(_RAPPROCHEMENT, rapprochements.rapprochement, name="rapprochement"),
    path(f"{_RAPPROCHEMENT}etat/<slug:verbe>/", rapprochements.etat, name="rapprochement_etat"),
    path(f"{_RAPPROCHEMENT}joindre/", rapprochements.joindre, name="rapprochement_joindre"),
    path(f"{_RAPPROCHEMENT}scinder/", rapprochements.scinder, name="rapprochement_scinder"),
    path(f"{_RAPPROCHEMENT}sortir/", rapprochements.sortir, name="rapprochement_sortir"),
    path(f"{_RAPPROCHEMENT}nourrir/", rapprochements.nourrir, name="rapprochement_nourrir"),
    path("besoins/problematiques/", problematiques.problematiques, name="problematiques"),
    path("besoins/problematiques/formuler/", problematiques.formuler, name="formuler"),
    path(_PROBLEMATIQUE, problematiques.problematique, name="problematique"),
    path(f"{_PROBLEMATIQUE}modifier/", problematiques.modifier, name="modifier"),
    path(f"{_PROBLEMATIQUE}joindre/", problematiques.joindre, name="joindre"),
    path(f"{_PROBLEMATIQUE}detacher/<uuid:signal>/", problematiques.detacher, name="detacher"),
    path(
        f"{_PROBLEMATIQUE}structures/ajouter/",
        problematiques.ajouter_structure,
        name="structure_ajouter",
    ),
    path(
        f"{_PROBLEMATIQUE}structures/<uuid:structure>/retirer/",
        problematiques.retirer_structure,
        name="structure_retirer",
    ),
    path(f"{_PROBLEMATIQUE}etat/<slug:verbe>/", problematiques.etat, name="etat"),
    path(
        f"{_PROBLEMATIQUE}ouvrir-une-mission/",
        problematiques.ouvrir_mission,
        name="ouvrir_mission",
    ),
    path("besoins/ciblages/", ciblages.ciblages, name="ciblages"),
    path("besoins/ciblages/nouveau/", ciblages.nouveau, name="ciblage_nouveau"),
    path(_CIBLAGE, ciblages.recherche, name="ciblage_recherche"),
    path(f"{_CIBLAGE}modifier/", ciblages.modifier, name="ciblage_modifier"),
    path(f"{_CIBLAGE}compter/", ciblages.compter_le_registre, name="ciblage_compter"),
    path(f"{_CIBLAGE}garder/", ciblages.garder, name="ciblage_garder"),
    path(f"{_CIBLAGE}retirer/", ciblages.retirer, name="ciblage_retirer"),
    path(_RESULTAT, ciblages.resultat, name="ciblage_resultat"),
    path(f"{_RESULTAT}reperer/", ciblages.reperer, name="ciblage_reperer"),
    path(f"{_PROBLEMATIQUE}orienter/", orientations.orienter, name="orienter"),
    path(
        f"{_PROBLEMATIQUE}orientations/<uuid:orientation>/rendre/",
        orientations.rendre,
        name="orientation_rendre",
    ),
    path("missions/<uuid:ingenierie>/problematique/", cadrage.rattacher, name="rattacher"),
    path("missions/<uuid:ingenierie>/ciblage/", cadrage.ciblage, name="ciblage"),
    *routes(ROLE),
]
