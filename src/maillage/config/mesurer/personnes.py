"""Qui ouvre les pages mesurées : une chargée, une région, toute la France."""

from __future__ import annotations

from maillage.annuaire.models import Nature, Organisation, Personne, Rattachement, Role
from maillage.config.mesurer.volume import poser
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from maillage.territoires.chargement import charger
from maillage.territoires.models import Niveau, Territoire

REGION = "27"


def personnes(echelle: float) -> dict[str, Utilisateur]:
    """Les trois comptes ; pose d'abord le volume s'il n'y est pas encore."""
    if not Ingenierie.objects.exists():
        charger()
        poser(echelle)
    operateur = Organisation.objects.de_nature(Nature.OPERATEUR).order_by("nom", "pk")[0]
    region = Territoire.objects.get(niveau=Niveau.REGION, code=REGION, actuel=True)
    return {
        "chargée": _compte("chargee", operateur, Role.CHARGE_ACCOMPAGNEMENT),
        "région": _compte("region", _organisation(Nature.DLA_REGIONAL, region), Role.DLA_REGIONAL),
        "France": _compte("france", _organisation(Nature.NATIONAL), Role.NATIONAL),
    }


def partout() -> Utilisateur:
    """Un DLA régional de toute la France : qui voit le plus de structures ; le volume est là."""
    france = Territoire.objects.get(niveau=Niveau.PAYS)
    chez = _organisation(Nature.DLA_REGIONAL, france, nom="de tout le pays")
    return _compte("partout", chez, Role.DLA_REGIONAL)


def _organisation(nature: Nature, *territoires: Territoire, nom: str = "") -> Organisation:
    organisation, _ = Organisation.objects.get_or_create(
        nom=f"Mesures : {nature.label} {nom}".rstrip(), defaults={"natures": [nature]}
    )
    organisation.territoires.set(territoires)
    return organisation


def _compte(nom: str, chez: Organisation, role: Role) -> Utilisateur:
    courriel = f"{nom}@mesures.invalid"
    compte = Utilisateur.objects.filter(courriel=courriel).first()
    if compte is None:
        compte = Utilisateur.objects.create_user(courriel)
        personne = Personne.objects.create(nom=nom, prenom="Mesures", compte=compte)
        Rattachement.objects.create(personne=personne, organisation=chez, role=role)
    return compte
