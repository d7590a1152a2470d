"""Ce que les pièces du bas font de ce qui s'identifie ici, ou en disent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maillage.annuaire.models import Organisation
from maillage.identifier.models import Problematique
from maillage.ingenieries.models import Ingenierie
from maillage.socle.comptes import Utilisateur
from maillage.socle.slots import Slot
from maillage.territoires.models import Territoire

REPERAGE: Slot[[Ingenierie, Sequence[Organisation], str, Utilisateur], int] = Slot(
    "identifier.reperage", requetes=4
)
"""Verse des structures dans la mobilisation d'une mission, au nom d'un ciblage ; rend combien de
nouvelles y entrent. Celles qui y sont déjà ne changent pas."""
EN_MOBILISATION = "confirmer.mobilisation"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Ce qu'une page d'ici dit déjà d'un besoin que l'on y entend ; tout se corrige en le notant.

    `phrase` complète « Entendu… » : « pendant la séance “Gouvernance” ». `date` : celle de la
    séance ; à défaut, aujourd'hui.
    """

    phrase: str = ""
    structure: Organisation | None = None
    ingenierie: Ingenierie | None = None
    problematique: Problematique | None = None
    territoire: Territoire | None = None
    operateur: UUID | None = None
    source: str = ""
    secteur: str = ""
    auteur_libelle: str = ""
    date: date | None = None

    def initiales(self) -> dict[str, Any]:
        """Ce que la saisie propose, par champ ; rien pour ce que la page ignore."""
        ecrits = ("structure", "ingenierie", "territoire", "operateur", "source", "secteur")
        dits = {nom: getattr(self, nom) for nom in (*ecrits, "auteur_libelle", "date")}
        return {nom: valeur for nom, valeur in dits.items() if valeur}


PROVENANCES: Slot[[Utilisateur, Mapping[str, Any]], Provenance | None] = Slot(
    "identifier.provenances", requetes=3
)
"""Une clé par page d'où l'on peut noter un besoin : le début de sa route (« demandes/<uuid:pk>/ »),
qui vaut pour toutes celles qui en descendent. Le fournisseur reçoit les arguments de la route ; il
rend None si la personne ne voit pas ce qu'elle désigne."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """Une expérience que chacun peut lire : son titre, son année, sa page."""

    titre: str
    annee: int
    url: str


REPONSES: Slot[[str], Sequence[Reponse]] = Slot("identifier.reponses", requetes=1)
"""Les expériences publiées sur un thème, les plus récentes d'abord."""
