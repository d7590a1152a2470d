"""Ce que la page du dossier montre : le chemin, les chiffres, la phrase qui dit où l'on en est."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format

from maillage.ingenieries.chiffres import CHIFFRES
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.ingenieries.parcours import Parcours, Station, Troncon
from maillage.socle.mots import citer, compter, enumerer


def chemin(pk: UUID, parcours: Parcours, ouverte: Station) -> list[dict[str, Any]]:
    """Les quatre étapes et leurs stations, telles que le composant `c-chemin` les dessine."""
    return [_etape(pk, troncon, ouverte) for troncon in parcours.troncons]


def _etape(pk: UUID, troncon: Troncon, ouverte: Station) -> dict[str, Any]:
    return {
        "code": troncon.etape.code,
        "nom": troncon.etape.libelle,
        "etat": troncon.forme,
        "resume": f"{compter(troncon.faites, 'démarche')} sur {len(troncon.stations)}",
        "ouverte": ouverte in troncon.stations,
        "url": adresse(pk, troncon.prochaine.code),
        "demarches": [_station(pk, s, ouverte) for s in troncon.stations],
    }


def _station(pk: UUID, station: Station, ouverte: Station) -> dict[str, Any]:
    return {
        "nom": station.libelle,
        "etat": station.forme,
        "url": adresse(pk, station.code),
        "detail": _echeance(station),
        "courante": station is ouverte,
    }


def _echeance(station: Station) -> str:
    if station.terminee or station.echeance is None:
        return ""
    return f"pour le {date_format(station.echeance, 'j F')}"


def adresse(pk: UUID, code: str) -> str:
    """La page du dossier ouverte sur cette démarche."""
    return reverse("ingenieries:demarche", args=[pk, code])


def chiffres(ingenierie: Ingenierie) -> list[dict[str, str]]:
    """Les chiffres d'en-tête ; chacun mène à la démarche où il se lit."""
    return [
        {
            "libelle": chiffre.libelle,
            "valeur": chiffre.dire(ingenierie),
            "href": adresse(ingenierie.pk, chiffre.demarche),
        }
        for chiffre in CHIFFRES.tout()
    ]


def ou_elle_en_est(ingenierie: Ingenierie, parcours: Parcours) -> str:
    """« En cours à Engager, démarche « valider ». 4 démarches sur 12 sont faites. »"""
    if ingenierie.etat != EtatIngenierie.EN_COURS:
        raison = f" : {ingenierie.motif_de_fin}" if ingenierie.motif_de_fin else ""
        return f"Mission {ingenierie.get_etat_display()}{raison}."
    toutes = len(parcours.stations)
    sont = "sont faites" if parcours.faites > 1 else "est faite"
    faites = f"{compter(parcours.faites, 'démarche')} sur {toutes} {sont} ou sans objet."
    if parcours.faites == toutes:
        return "Toutes les démarches sont faites ou sans objet : la mission peut se clore."
    courante = parcours.courante
    retard = " en retard" if courante.en_retard else ""
    return f"Prochaine démarche{retard} : {citer(courante.libelle)}. {faites}"


def lieux(ingenierie: Any) -> str:
    """« Doubs et Jura »."""
    return enumerer(ingenierie.lieux) or (
        "territoire que la source tait" if ingenierie.source else "territoire à préciser"
    )
