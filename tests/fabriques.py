"""Fabriques communes : de petits objets vrais, sans rien de plus que ce qu'on demande."""

from __future__ import annotations

from itertools import count
from typing import Any

from maillage.annuaire.models import Nature, Organisation, Personne, Rattachement, Role
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from maillage.territoires.models import Niveau, Territoire

_RANG = count(1)


def departement(code: str = "25", nom: str = "Doubs") -> Territoire:
    """Un département et sa région fictive, avec leur chemin."""
    trouve = Territoire.objects.filter(niveau=Niveau.DEPARTEMENT, code=code).first()
    if trouve:
        return trouve
    territoire = Territoire.objects.create(
        niveau=Niveau.DEPARTEMENT, code=code, nom=nom, nom_normalise=nom.lower(), chemin=[]
    )
    territoire.chemin = [territoire.pk]
    territoire.save()
    return territoire


def commune(code: str = "25056", nom: str = "Besançon", *, dans: Territoire) -> Territoire:
    """Une commune d'un département."""
    territoire = Territoire.objects.create(
        niveau=Niveau.COMMUNE,
        code=code,
        nom=nom,
        nom_normalise=nom.lower(),
        departement=dans,
        chemin=[],
    )
    territoire.chemin = [territoire.pk, dans.pk]
    territoire.save()
    return territoire


def organisation(nature: str = Nature.STRUCTURE, **champs: Any) -> Organisation:
    """Une organisation d'une nature ; `territoires` et `natures` se donnent au besoin."""
    territoires = champs.pop("territoires", [])
    champs.setdefault("nom", f"{Nature(nature).label} {next(_RANG)}")
    champs.setdefault("natures", [nature])
    creee = Organisation.objects.create(**champs)
    creee.territoires.set(territoires)
    return creee


def operateur(nom: str = "DLA du Doubs", territoire: Territoire | None = None) -> Organisation:
    """Un opérateur de DLA et son département."""
    return organisation(Nature.OPERATEUR, nom=nom, territoires=[territoire or departement()])


def agent(chez: Organisation, role: str = Role.CHARGE_ACCOMPAGNEMENT, **champs: Any) -> Utilisateur:
    """Un compte, sa personne et son rattachement actif à une organisation."""
    rang = next(_RANG)
    compte = Utilisateur.objects.create_user(f"personne{rang}@exemple.fr", "un-mot-de-passe-long")
    personne = Personne.objects.create(nom=f"Nom{rang}", prenom="Camille", compte=compte)
    rattachement = Rattachement.objects.create(
        personne=personne, organisation=chez, role=role, **champs
    )
    rattachement.territoires.set([])
    return compte


def mission(pilote: Organisation | None = None, **champs: Any) -> Ingenierie:
    """Une mission d'un opérateur, sur ses territoires."""
    pilote = pilote or operateur()
    champs.setdefault("titre", f"Mission {next(_RANG)}")
    champs.setdefault("annee", 2026)
    creee = Ingenierie.objects.create(operateur=pilote, **champs)
    creee.territoires.set(pilote.territoires.all())
    return creee
