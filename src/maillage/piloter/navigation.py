"""Les repères de chaque page : où aller, où je suis, qui je suis, chercher, saisir.

Un lien n'est montré que s'il mène à une page que ce rôle peut ouvrir.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from maillage.annuaire.models import Role
from maillage.annuaire.perimetre import Perimetre, perimetre_de

if TYPE_CHECKING:
    from django.http import HttpRequest

Ouvert = Callable[[Perimetre], bool]


@dataclass(frozen=True, slots=True)
class Lieu:
    """Une grande page : son mot, sa vue, son icône, à qui elle est ouverte.

    `dessous` : débuts des chemins qui en relèvent, en plus du sien.
    """

    libelle: str
    vue: str
    icone: str
    ouvert: Ouvert
    dessous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lien:
    """Un lien de navigation, pour la page demandée."""

    libelle: str
    url: str
    icone: str
    actif: bool


@dataclass(frozen=True, slots=True)
class Moi:
    """Ce que dit le coin droit : mon nom et au titre de quoi je suis là."""

    nom: str
    perimetre: str


def _tous(_perimetre: Perimetre) -> bool:
    return True


def _agents(perimetre: Perimetre) -> bool:
    return perimetre.est_agent


def _tiennent(*roles: str) -> Ouvert:
    """Les agents, et ceux qui tiennent l'un de ces rôles."""
    return lambda perimetre: perimetre.est_agent or not perimetre.roles.isdisjoint(roles)


LISENT_EN_TIERS = {
    Role.MEMBRE_COMITE,
    Role.DLA_REGIONAL,
    Role.CENTRE_RESSOURCES,
    Role.PARTENAIRE,
    Role.PRESTATAIRE,
}
LIEUX = (
    Lieu("Aujourd’hui", "piloter:aujourdhui", "aujourdhui", _tous),
    Lieu(
        "Structures",
        "annuaire:structures",
        "structures",
        _tiennent(Role.STRUCTURE, Role.ADMINISTRATEUR),
        ("/annuaire/", "/demandes/", "/diagnostics/", "/parcours/"),
    ),
    Lieu(
        "Portefeuille",
        "accueillir:portefeuille",
        "suite",
        lambda perimetre: bool(perimetre.operateurs),
        ("/demandes/", "/diagnostics/", "/parcours/"),
    ),
    Lieu("Besoins", "identifier:signaux", "besoins", _agents),
    Lieu(
        "Missions",
        "ingenieries:liste",
        "missions",
        _tiennent(Role.MEMBRE_COMITE, Role.PARTENAIRE, Role.STRUCTURE, Role.ANIMATEUR),
    ),
    Lieu(
        "Consultations",
        "confirmer:mes_consultations",
        "missions",
        lambda perimetre: Role.PRESTATAIRE in perimetre.roles,
    ),
    Lieu("Comités", "engager:comites", "comites", _tiennent(Role.MEMBRE_COMITE)),
    Lieu(
        "Diagnostics",
        "accueillir:diagnostics_ouverts",
        "besoins",
        lambda perimetre: not perimetre.roles.isdisjoint(LISENT_EN_TIERS),
    ),
    Lieu("Bibliothèque", "capitaliser:bibliotheque", "bibliotheque", _tous),
    Lieu("Pilotage", "piloter:bilan", "pilotage", _tiennent(Role.NATIONAL)),
    Lieu(
        "Registre",
        "annuaire:registre",
        "structures",
        lambda perimetre: perimetre.est_administrateur,
    ),
)


def _saisie(request: HttpRequest) -> str:
    """Noter un besoin d'où que l'on soit, et y revenir."""
    adresse = reverse("identifier:noter")
    ici = request.get_full_path() if request.method == "GET" and request.path != adresse else ""
    return f"{adresse}?{urlencode({'retour': ici})}"


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Processeur de contexte de `base.html` ; rien pour qui n'est pas connecté."""
    utilisateur: Any = getattr(request, "user", None)
    if utilisateur is None or not utilisateur.is_authenticated:
        return {}
    perimetre = perimetre_de(utilisateur)
    ouverts = [lieu for lieu in LIEUX if lieu.ouvert(perimetre)]
    ici = next((lieu for lieu in reversed(ouverts) if _contient(lieu, request.path)), None)
    return {
        "navigation": [_lien(lieu, actif=lieu is ici) for lieu in ouverts],
        "moi": Moi(str(utilisateur), perimetre.libelle),
        "url_recherche": reverse("piloter:recherche"),
        "url_saisie": _saisie(request) if perimetre.est_agent else "",
    }


def _lien(lieu: Lieu, *, actif: bool) -> Lien:
    return Lien(lieu.libelle, reverse(lieu.vue), lieu.icone, actif)


def _contient(lieu: Lieu, chemin: str) -> bool:
    """Ce chemin en relève ; de deux lieux qui le contiennent, le dernier ouvert est le bon."""
    url = reverse(lieu.vue)
    return chemin == url or any(
        chemin.startswith(debut) for debut in (url, *lieu.dessous) if debut != "/"
    )
