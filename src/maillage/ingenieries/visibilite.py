"""Quelles missions une personne voit, et pourquoi : une seule table, lue de deux façons.

Chaque motif donne le filtre SQL et la phrase. `filtre_de_visibilite` réunit les filtres ;
`droits.regard` garde ceux qui retiennent un dossier, et dit le premier. Les pièces du bas ajoutent
les leurs (un partenaire, une structure retenue) par l'emplacement `MOTIFS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from maillage.annuaire.models.types import Role
from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.socle.droits import reunir
from maillage.socle.slots import Slot

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Motif:
    """Une raison de voir des missions : lesquelles, la phrase, et ce qu'elle ouvre.

    `instruit` : lit aussi ce qui se négocie encore, pour en donner un avis.
    """

    filtre: Q
    phrase: str
    interne: bool = False
    instruit: bool = False
    modifie: bool = False


MOTIFS: Slot[[Perimetre], Motif | None] = Slot("ingenieries.motifs_de_visibilite", requetes=0)


def motifs(perimetre: Perimetre) -> Iterator[Motif]:
    """Les raisons de voir des missions que donne ce périmètre, la plus forte d'abord."""
    if perimetre.operateurs:
        yield Motif(
            Q(operateur__in=perimetre.operateurs),
            "Votre DLA pilote cette mission.",
            interne=True,
            modifie=True,
        )
        yield Motif(
            _par(operateurs_associes__in=perimetre.operateurs),
            "Votre DLA est associé à cette mission.",
            interne=True,
        )
    for exercice in perimetre.tenus({Role.DLA_REGIONAL}):
        yield Motif(
            _sur(exercice.territoires),
            f"Elle se déroule sur le territoire de votre DLA régional : {exercice.libelle}.",
        )
    if perimetre.secteurs:
        yield Motif(
            Q(secteur__in=perimetre.secteurs),
            "Elle relève du secteur de votre centre de ressources.",
        )
    yield from filter(None, MOTIFS.tout(perimetre))


def _sur(territoires: Iterable[int]) -> Q:
    """Par les lieux de la mission, cherchés un à un ou tous d'abord, comme PostgreSQL le juge."""
    from maillage.ingenieries.models import Ingenierie

    lieux = Ingenierie.territoires.through.objects.filter(ingenierie=OuterRef("pk"))
    return Q(Exists(lieux.filter(territoire__chemin__overlap=list(territoires))))


def _par(**conditions: object) -> Q:
    """Passe par une sous-requête : un lien multiple ne doit pas répéter la mission."""
    from maillage.ingenieries.models import Ingenierie

    return Q(pk__in=Ingenierie.objects.filter(**conditions).values("pk"))


def filtre_de_visibilite(utilisateur: Utilisateur) -> Q:
    """Réunion des motifs de cette personne ; rien du tout sans motif."""
    return reunir(m.filtre for m in motifs(perimetre_de(utilisateur)))
