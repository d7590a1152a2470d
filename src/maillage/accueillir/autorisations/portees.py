"""À quel titre un tiers peut connaître un diagnostic : une catégorie, une organisation, un filtre.

Être à portée n'ouvre rien : on sait qu'un diagnostic existe. Le lire demande, en plus,
l'autorisation que la structure donne à la catégorie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from maillage import methode
from maillage.annuaire.models.types import Role
from maillage.annuaire.perimetre import Exercice, Perimetre
from maillage.annuaire.visibilite import filtre_de_lieu
from maillage.socle.slots import Slot

DESTINATAIRES: Slot[[Exercice], Q | None] = Slot("accueillir.destinataires", requetes=0)
"""Clé : une catégorie. Rend, pour un exercice, le filtre des diagnostics à sa portée, ou rien."""


@dataclass(frozen=True, slots=True)
class Portee:
    """Les diagnostics qu'un exercice rend connus, au titre d'une catégorie de destinataires."""

    categorie: str
    exercice: Exercice
    filtre: Q

    @property
    def libelle(self) -> str:
        """« Comité d’appui, DLA du Doubs »."""
        categorie = methode.libelle("diagnostic.destinataires", self.categorie)
        return f"{categorie}, {self.exercice.nom_organisation}"


def portees(perimetre: Perimetre) -> Iterator[Portee]:
    """Tous les titres que donne ce périmètre ; un DLA, comme tel, n'en a aucun."""
    for exercice in perimetre.exercices:
        for categorie, filtrer in _DE_LA_PIECE.items():
            if (filtre := filtrer(exercice)) is not None:
                yield Portee(categorie, exercice, filtre)
        for categorie in DESTINATAIRES.cles:
            if (filtre := DESTINATAIRES.pour(categorie, exercice)) is not None:
                yield Portee(categorie, exercice, filtre)


def _comite(exercice: Exercice) -> Q | None:
    """Le comité d'appui du DLA qui mène le diagnostic."""
    if exercice.role != Role.MEMBRE_COMITE:
        return None
    return Q(operateur=exercice.organisation)


def _dla_regional(exercice: Exercice) -> Q | None:
    """Le DLA régional du territoire de la structure."""
    if exercice.role != Role.DLA_REGIONAL:
        return None
    return _parmi(filtre_de_lieu(exercice.territoires))


def _centre_de_ressources(exercice: Exercice) -> Q | None:
    """Le centre de ressources du secteur ; sans territoire, dans toute la France."""
    if exercice.role != Role.CENTRE_RESSOURCES:
        return None
    du_secteur = Q(secteur__in=exercice.secteurs)
    lieu = filtre_de_lieu(exercice.territoires) if exercice.territoires else Q()
    return _parmi(du_secteur & lieu)


def _parmi(structures: Q) -> Q:
    from maillage.annuaire.models import Organisation  # les modèles nous importent

    return Q(structure__in=Organisation.objects.filter(structures).order_by().values("pk"))


_DE_LA_PIECE: dict[str, Callable[[Exercice], Q | None]] = {
    "comite": _comite,
    "dla_regional": _dla_regional,
    "centre_ressources": _centre_de_ressources,
}
