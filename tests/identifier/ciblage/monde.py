"""Un DLA, ses structures, et une recherche de ciblage."""

from __future__ import annotations

from typing import Any

from maillage.annuaire.models import EntreeDuRegistre, Organisation
from maillage.identifier.models import RechercheDeCiblage
from maillage.territoires.models import Territoire
from tests.fabriques import departement, organisation


def critere(valeur: Any, *, inconnues: bool = True) -> dict[str, Any]:
    """Un critère tel qu'une recherche le garde."""
    return {"valeur": valeur, "inconnues": inconnues}


def recherche(dla: Organisation, **champs: Any) -> RechercheDeCiblage:
    """Une recherche dans le Doubs ; ses critères par mots-clés de `criteres`."""
    lieux = champs.pop("lieux", None) or [departement()]
    champs.setdefault("nom", "Culture du Doubs")
    posee = RechercheDeCiblage.objects.create(operateur=dla, **champs)
    posee.territoires.set(lieux)
    return posee


def structure(dla: Organisation, nom: str, **champs: Any) -> Organisation:
    """Une structure que suit ce DLA."""
    return organisation(nom=nom, operateur=dla, **champs)


def entree(numero: str, nom: str, ou: Territoire, **champs: Any) -> EntreeDuRegistre:
    """Une entrée active du registre, dans cette commune."""
    etiquettes = ["etat:active", *(f"dans:{pk}" for pk in ou.chemin)]
    return EntreeDuRegistre.objects.create(
        numero=numero,
        nom=nom,
        nom_normalise=nom.lower(),
        commune=ou,
        lieu=ou.nom,
        mots=" ".join(f"'{e}'" for e in etiquettes),
        objet=champs.pop("objet", ""),
        **champs,
    )
