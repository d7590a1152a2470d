"""Le petit monde de la matrice : une mission, et tous ceux qui pourraient vouloir l'ouvrir."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from maillage.annuaire.models import Nature, Organisation, Rattachement, Role
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from tests.comptes import avec_second_facteur
from tests.droits.objets import creer_objets
from tests.fabriques import agent, commune, departement, mission, operateur, organisation

ANONYME = "anonyme"
# Chaque personne de la matrice, et sa relation à la mission du Doubs.
PERSONNES = (
    ANONYME,
    "charge",  # chargé·e d'accompagnement du DLA pilote
    "responsable",  # responsable du DLA pilote
    "charge_associe",  # chargé·e d'un DLA associé à la mission
    "charge_ailleurs",  # chargé·e d'un autre département
    "revoque",  # ancien·ne chargé·e du pilote, révoqué·e
    "expire",  # ancien·ne chargé·e du pilote, rattachement échu
    "regional",  # DLA régional du territoire
    "regional_ailleurs",  # DLA régional d'une autre région
    "ressources",  # centre de ressources du secteur
    "ressources_ailleurs",  # centre de ressources d'un autre secteur
    "national",
    "comite",  # membre du comité d'appui du DLA pilote
    "partenaire",  # organisation partenaire de la mission
    "partenaire_ailleurs",
    "prestataire",  # consulté pour la mission
    "prestataire_ailleurs",
    "structure",  # contact d'une structure retenue
    "structure_ailleurs",
    "animateur",
    "administrateur",  # administre l'instance, n'exerce nulle part
    "sans_rattachement",
)


@dataclass
class Monde:
    """Les personnes, la mission et les objets par leur nom, pour bâtir les adresses."""

    comptes: dict[str, Utilisateur | None]
    mission: Ingenierie
    organisations: dict[str, Organisation]
    objets: dict[str, Any]


def creer_monde() -> Monde:
    """Crée la mission du Doubs et tout son entourage."""
    doubs, jura = departement("25", "Doubs"), departement("39", "Jura")
    gironde = departement("33", "Gironde")
    besancon = commune(dans=doubs)
    pilote = operateur("DLA du Doubs", doubs)
    associe, ailleurs = operateur("DLA du Jura", jura), operateur("DLA de la Gironde", gironde)
    dossier = mission(pilote, titre="Partenariats", secteur="culture")
    dossier.operateurs_associes.add(associe)
    orgs = {
        "pilote": pilote,
        "associe": associe,
        "ailleurs": ailleurs,
        "regional": organisation(Nature.DLA_REGIONAL, territoires=[doubs, jura]),
        "regional_ailleurs": organisation(Nature.DLA_REGIONAL, territoires=[gironde]),
        "ressources": organisation(Nature.CENTRE_RESSOURCES, secteur="culture"),
        "ressources_ailleurs": organisation(Nature.CENTRE_RESSOURCES, secteur="sport"),
        "national": organisation(Nature.NATIONAL),
        "partenaire": organisation(Nature.FINANCEUR),
        "partenaire_ailleurs": organisation(Nature.FINANCEUR),
        "prestataire": organisation(Nature.PRESTATAIRE),
        "prestataire_ailleurs": organisation(Nature.PRESTATAIRE),
        "structure": organisation(commune=besancon, operateur=pilote, secteur="culture"),
        "structure_ailleurs": organisation(operateur=ailleurs),
    }
    comptes = _comptes(orgs)
    return Monde(comptes, dossier, orgs, creer_objets(dossier, orgs, comptes))


def _comptes(orgs: dict[str, Organisation]) -> dict[str, Utilisateur | None]:
    hier = timezone.localdate() - timedelta(days=1)
    pilote = orgs["pilote"]
    revoque = agent(pilote)
    Rattachement.objects.filter(personne__compte=revoque).update(revoque_le=timezone.now())
    administrateur = Utilisateur.objects.create_superuser("admin@exemple.fr", "un-mot-de-passe")
    return {
        ANONYME: None,
        "charge": agent(pilote),
        "responsable": agent(pilote, Role.RESPONSABLE),
        "charge_associe": agent(orgs["associe"]),
        "charge_ailleurs": agent(orgs["ailleurs"]),
        "revoque": revoque,
        "expire": agent(pilote, depuis=hier - timedelta(days=9), jusqua=hier),
        "regional": agent(orgs["regional"], Role.DLA_REGIONAL),
        "regional_ailleurs": agent(orgs["regional_ailleurs"], Role.DLA_REGIONAL),
        "ressources": agent(orgs["ressources"], Role.CENTRE_RESSOURCES),
        "ressources_ailleurs": agent(orgs["ressources_ailleurs"], Role.CENTRE_RESSOURCES),
        "national": agent(orgs["national"], Role.NATIONAL),
        "comite": agent(pilote, Role.MEMBRE_COMITE),
        "partenaire": agent(orgs["partenaire"], Role.PARTENAIRE),
        "partenaire_ailleurs": agent(orgs["partenaire_ailleurs"], Role.PARTENAIRE),
        "prestataire": agent(orgs["prestataire"], Role.PRESTATAIRE),
        "prestataire_ailleurs": agent(orgs["prestataire_ailleurs"], Role.PRESTATAIRE),
        "structure": agent(orgs["structure"], Role.STRUCTURE),
        "structure_ailleurs": agent(orgs["structure_ailleurs"], Role.STRUCTURE),
        "animateur": agent(orgs["pilote"], Role.ANIMATEUR),
        "administrateur": avec_second_facteur(administrateur),
        "sans_rattachement": Utilisateur.objects.create_user("seul@exemple.fr", "un-mot-de-passe"),
    }
