"""Qui ouvre quoi pendant les mesures : une chargée, une coordinatrice, tout le pays en base."""

from __future__ import annotations

from django.urls import reverse

from maillage.annuaire.models import Nature, Organisation, Role
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from maillage.territoires.models import Niveau, Territoire
from tests.fabriques import agent, organisation

LISTES = (
    "ingenieries:liste",
    "annuaire:structures",
    "identifier:signaux",
    "capitaliser:bibliotheque",
)


def personnes(operateurs: list[Organisation]) -> dict[str, Utilisateur]:
    """Une chargée du premier DLA, et une coordinatrice de toute la France."""
    france = Territoire.objects.get(niveau=Niveau.PAYS)
    partout = organisation(Nature.DLA_REGIONAL, territoires=[france])
    return {"chargée": agent(operateurs[0]), "France": agent(partout, Role.DLA_REGIONAL)}


def adresses(operateurs: list[Organisation]) -> list[tuple[str, str]]:
    """Les pages mesurées, pour chacune des deux personnes."""
    mission = Ingenierie.objects.filter(operateur=operateurs[0]).latest("annee")
    pages = [reverse(nom) for nom in LISTES]
    pages += [f"{pages[0]}?q=mecenat&tri=titre", f"{pages[1]}?q=mecenat"]
    pages += [reverse("ingenieries:demarche", args=[mission.pk, "engager.valider"]), "/"]
    return [(qui, page) for qui in ("chargée", "France") for page in pages]
