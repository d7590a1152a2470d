"""Lire les besoins pour les rapprocher : au fil de l'eau, et pour quels DLA."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from maillage import methode
from maillage.annuaire import nomenclatures
from maillage.annuaire.models import Nature, Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier.codage.calculs import Codeur, Exemple, LexiqueLu
from maillage.identifier.models import CumulDeTheme, DecisionDeRapprochement, Rapprochement, Signal
from maillage.identifier.partage import Partage
from maillage.identifier.regroupement.calculs import Besoin, Decisions, Situeur
from maillage.identifier.visibilite import operateurs_sur
from maillage.socle.mots import citer
from maillage.territoires.models import Niveau, Territoire

if TYPE_CHECKING:
    from maillage.identifier.models.signal import SignalQuerySet
    from maillage.socle.comptes import Utilisateur

LUS = 2_000
"""Besoins lus d'un coup."""
APPRIS = 2_000
"""Besoins codés, les plus récents, dont les mots aident à situer les autres."""
VOISINS = 8
"""Départements voisins dits."""


def portees(operateurs: Collection[str] | None) -> dict[UUID, frozenset[UUID]]:
    """Par DLA, ceux dont il rapproche les besoins : lui-même et, pour une région, ses DLA.

    `operateurs` : les DLA voulus, tous si None.
    """
    natures = [Nature.OPERATEUR, Nature.DLA_REGIONAL, Nature.CENTRE_RESSOURCES]
    voulus = Organisation.objects.filter(natures__overlap=natures).order_by("pk")
    if operateurs is not None:
        voulus = voulus.filter(pk__in=list(operateurs))
    return {
        dla.pk: frozenset({dla.pk, *_coordonnes(dla)})
        for dla in voulus.prefetch_related("territoires")
    }


def _coordonnes(dla: Organisation) -> Iterable[UUID]:
    if Nature.DLA_REGIONAL not in dla.natures:
        return ()
    lieux = [territoire.pk for territoire in dla.territoires.all()]
    return operateurs_sur(lieux).values_list("pk", flat=True)


@dataclass(frozen=True, slots=True)
class Lu:
    """Un besoin à rapprocher, le DLA qui le tient, et si ses mots sont à un diagnostic."""

    operateur: UUID
    besoin: Besoin
    du_diagnostic: bool


def signaux_de(operateurs: Iterable[UUID]) -> Iterator[Lu]:
    """Chaque besoin de ces DLA, toujours dans le même ordre, par lots ; l'interne n'en est pas."""
    noms = dict(Territoire.objects.departements().values_list("pk", "nom"))
    champs = ("pk", "operateur", "texte", "besoin__dit", "secteur", "source", "date", "themes")
    lignes = a_rapprocher(operateurs).order_by("pk").values_list(*champs, "departement")
    for cle, dla, texte, dit, secteur, source, jour, themes, lieu in lignes.iterator(LUS):
        besoin = Besoin(
            id=str(cle),
            texte=dit or texte,
            secteur=secteur,
            source=source,
            territoire=noms.get(lieu, ""),
            date=jour,
            theme=themes[0] if themes else "",
        )
        yield Lu(dla, besoin, du_diagnostic=dit is not None)


def a_rapprocher(operateurs: Iterable[UUID]) -> SignalQuerySet:
    """Ce qui se rapproche : tout ce que ces DLA tiennent, sauf l'interne d'un diagnostic."""
    siens = Signal.objects.filter(operateur__in=list(operateurs))
    return siens.exclude(partage=Partage.INTERNE)


def situeur() -> Situeur:
    """De quoi situer un besoin : le lexique, et les derniers besoins que l'on a codés."""
    lexique = methode.lexique_des_besoins()
    lu = LexiqueLu(methode.themes(), lexique)
    codes = Signal.objects.filter(partage=Partage.LIBRE).exclude(themes=[])
    recents = codes.order_by("-date", "-cree_le", "-id")[:APPRIS]
    exemples = [
        Exemple(texte, themes[0], secteur, source)
        for texte, themes, secteur, source in recents.values_list(
            "texte", "themes", "secteur", "source"
        )
    ]
    return Situeur(lexique, lu, Codeur(lu, exemples))


def decisions_de(operateur: UUID) -> Decisions:
    """Ce que les personnes de ce DLA ont tranché."""
    lues: Mapping[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for premier, second, ensemble in DecisionDeRapprochement.objects.filter(
        operateur=operateur
    ).values_list("premier", "second", "ensemble"):
        lues[ensemble].add((str(premier), str(second)))
    return Decisions(frozenset(lues[True]), frozenset(lues[False]))


def raisons(rapprochement: Rapprochement) -> list[tuple[str, str]]:
    """Ce qui rapproche ces besoins, en clair : (de quoi l'on parle, ce qu'ils ont en commun)."""
    communs = rapprochement.communs
    secteur = communs.get("secteur", "")
    dites = [
        ("Thème", rapprochement.theme_lisible),
        ("Besoin", rapprochement.libelle),
        ("Mots", ", ".join(citer(mot) for mot in rapprochement.mots)),
        ("Territoire", communs.get("territoire", "")),
        ("Secteur", nomenclatures.SECTEURS.libelle(secteur)),
        ("Année", communs.get("année", "")),
    ]
    return [(quoi, dit) for quoi, dit in dites if dit]


def voisins(theme: str, utilisateur: Utilisateur) -> list[CumulDeTheme]:
    """Les autres départements où l'on dit ce thème : des comptes, sans un mot (une requête).

    Ceux sous le seuil suivent, par leur nom : leur rang ne doit rien apprendre.
    """
    ailleurs = cumuls_d_ailleurs(utilisateur).filter(theme=theme).select_related("departement")
    ordre = F("structures").desc(nulls_last=True)
    return list(ailleurs.order_by(ordre, "departement__nom_normalise")[:VOISINS])


def cumuls_d_ailleurs(utilisateur: Utilisateur) -> QuerySet[CumulDeTheme]:
    """Ceux des départements où l'on n'intervient pas."""
    departements = Territoire.objects.filter(niveau=Niveau.DEPARTEMENT)
    siens = departements.dans(perimetre_de(utilisateur).territoires)
    return CumulDeTheme.objects.exclude(departement__in=siens)


def du_theme(theme: str) -> Case:
    """De quoi ranger en tête ce qui est de ce thème."""
    return Case(When(Q(theme=theme), then=0), default=1)
