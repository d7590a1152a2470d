"""Quels signaux et quelles problématiques une personne voit, et pourquoi.

Les mots d'une structure sont à elle : ils restent entre les agents du DLA qui les notent et le
DLA régional de leur territoire. Une problématique portée par le DLA régional se lit aussi dans
les DLA de ce territoire, qui peuvent ouvrir une mission depuis elle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Func, Q

from maillage.annuaire.models import Nature, Organisation, Role
from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.identifier.partage import COMPTES, Partage
from maillage.ingenieries.visibilite import Motif
from maillage.socle.droits import reunir
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def mes_dla(perimetre: Perimetre) -> frozenset[UUID]:
    """Les organisations du DLA où cette personne est agente : elle y note et y code."""
    return frozenset(e.organisation for e in perimetre.tenus(Role.d_agent()))


def dla_lus(perimetre: Perimetre) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Les DLA dont `motifs_de_signaux` ouvre les besoins : les siens, ceux que l'on coordonne."""
    coordonnes: frozenset[UUID] = frozenset()
    for exercice in perimetre.tenus({Role.DLA_REGIONAL}):
        coordonnes |= frozenset(_operateurs_lus(perimetre, exercice.territoires))
    return mes_dla(perimetre), coordonnes


def motifs_de_signaux(perimetre: Perimetre) -> Iterator[Motif]:
    """Les raisons de lire un signal, de la plus forte à la plus faible."""
    for motif in _du_dla(perimetre, "l’a noté", partial(_operateurs_lus, perimetre)):
        lus = ~Q(partage=Partage.INTERNE) if motif.modifie else Q(partage=Partage.LIBRE)
        yield replace(motif, filtre=motif.filtre & lus)


def motifs_de_problematiques(perimetre: Perimetre) -> Iterator[Motif]:
    """Les raisons de lire une problématique."""
    yield from _du_dla(perimetre, "la porte")
    for exercice in perimetre.tenus(Role.d_operateur()):
        yield Motif(
            Q(operateur__in=_regionaux_au_dessus(exercice.territoires)),
            "Le DLA régional de votre territoire la porte.",
            interne=True,
        )


def motifs_de_rapprochements(perimetre: Perimetre) -> Iterator[Motif]:
    """On ne lit que ce qui est proposé à son propre DLA."""
    if miens := mes_dla(perimetre):
        phrase = "Ce rapprochement est proposé à votre DLA."
        yield Motif(Q(operateur__in=miens), phrase, interne=True, modifie=True)


def filtre_de_ciblages(utilisateur: Utilisateur, par: str = "") -> Q:
    """Ceux que tiennent mes DLA, et eux seuls ; `par` : le chemin jusqu'à la recherche.

    Un ciblage lit les diagnostics de son DLA : il ne sort pas de lui (docs/decisions/0019).
    """
    return Q(**{f"{par}operateur__in": mes_dla(perimetre_de(utilisateur))})


def operateurs_sur(territoires: Iterable[int]) -> Any:
    """Les opérateurs dont un territoire est dans ceux-là."""
    return (
        Organisation.objects.de_nature(Nature.OPERATEUR)
        .filter(territoires__chemin__overlap=list(territoires))
        .values("pk")
    )


def _du_dla(
    perimetre: Perimetre, verbe: str, sur: Callable[[frozenset[int]], Any] = operateurs_sur
) -> Iterator[Motif]:
    """Mon DLA l'a écrit ; ou bien un DLA du territoire que je coordonne."""
    if miens := mes_dla(perimetre):
        yield Motif(Q(operateur__in=miens), f"Votre DLA {verbe}.", interne=True, modifie=True)
    for exercice in perimetre.tenus({Role.DLA_REGIONAL}):
        yield Motif(
            Q(operateur__in=sur(exercice.territoires)),
            f"Un DLA de votre territoire {verbe}.",
            interne=True,
        )


def filtre_de_signaux(utilisateur: Utilisateur) -> Q:
    return reunir(m.filtre for m in motifs_de_signaux(perimetre_de(utilisateur)))


def filtre_des_comptes(utilisateur: Utilisateur) -> Q:
    """Les signaux que l'on lit ; pour le réseau du DLA, aussi ceux que tous comptent."""
    perimetre = perimetre_de(utilisateur)
    lus = reunir(m.filtre for m in motifs_de_signaux(perimetre))
    if perimetre.est_agent or Role.NATIONAL in perimetre.roles:
        return lus | Q(partage__in=COMPTES)
    return lus


def filtre_de_problematiques(utilisateur: Utilisateur) -> Q:
    return reunir(m.filtre for m in motifs_de_problematiques(perimetre_de(utilisateur)))


def filtre_de_rapprochements(utilisateur: Utilisateur) -> Q:
    return reunir(m.filtre for m in motifs_de_rapprochements(perimetre_de(utilisateur)))


def _operateurs_lus(perimetre: Perimetre, territoires: frozenset[int]) -> list[UUID]:
    """Leurs clés, lues une fois par périmètre.

    PostgreSQL ne cherche par l'index (DLA, date) que des DLA nommés : derrière une sous-requête,
    une région lisait les signaux de tout le pays.
    """
    lus: dict[frozenset[int], list[UUID]] = perimetre.__dict__.setdefault("_operateurs_lus", {})
    if territoires not in lus:
        lus[territoires] = [ligne["pk"] for ligne in operateurs_sur(territoires)]
    return lus[territoires]


def _regionaux_au_dessus(territoires: Iterable[int]) -> object:
    """Les DLA régionaux dont un territoire contient l'un de ceux-là."""
    contenants = Territoire.objects.filter(pk__in=list(territoires)).values(
        contenant=Func(F("chemin"), function="unnest")
    )
    return (
        Organisation.objects.de_nature(Nature.DLA_REGIONAL)
        .filter(territoires__in=contenants)
        .values("pk")
    )
