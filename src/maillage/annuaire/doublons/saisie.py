"""Doublons : un numéro déjà porté, un nom qui ressemble à un autre au même endroit.

Ce que voit qui remplit une fiche. Sans extension PostgreSQL : une requête bornée ramène les
candidats qui partagent un mot rare, puis les calculs de la pièce les comparent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.annuaire.doublons.calculs.comparaison import rapprocher
from maillage.annuaire.doublons.calculs.mots import BANALS, mots_pleins, rarete
from maillage.annuaire.doublons.calculs.notices import Source, preparer
from maillage.annuaire.models import Organisation
from maillage.socle.normalisation import normaliser

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

NUMEROS = ("rna", "siren", "siret")
CANDIDATS_AU_PLUS = 100
_SEUIL = 0.84


@dataclass(frozen=True, slots=True)
class NumeroPris:
    """Un numéro déjà porté ; `organisation` n'est donnée que si la personne peut la voir."""

    champ: str
    message: str
    organisation: Organisation | None


def mots_rares(nom: str) -> list[str]:
    """Les mots qui distinguent un nom, les plus longs d'abord ; tous s'ils sont tous banals."""
    mots = mots_pleins(nom)
    rares = [mot for mot in mots if len(mot) > 2 and mot not in BANALS]
    return sorted(dict.fromkeys(rares or mots), key=len, reverse=True)


def ressemblance(nom: str, autre: str) -> float:
    """De 0 à 1, dans les deux sens : celle des candidats (`calculs`), sur les seuls noms."""
    premiere, seconde = (preparer(Source("", n)) for n in sorted((nom, autre), key=normaliser))
    return rapprocher(premiere, seconde, lambda mot: rarete(mot, {}, 0)).ressemblance


def ressemblantes(organisation: Organisation, utilisateur: Utilisateur) -> list[Organisation]:
    """Celles que la personne voit et qui ont presque ce nom dans le même département.

    Sans commune connue, on cherche dans tout ce qu'elle voit. Cinq au plus, la plus proche d'abord.
    """
    parlants = Q()
    for mot in mots_rares(organisation.nom)[:3]:
        parlants |= Q(nom_normalise__contains=mot[:6])
    candidates = (
        Organisation.objects.visibles_par(utilisateur)
        .filter(parlants)
        .exclude(pk=organisation.pk)
        .select_related("commune")
    )
    if organisation.commune:
        candidates = candidates.filter(
            Q(commune__departement=organisation.commune.departement_id) | Q(commune__isnull=True)
        )
    notees = [(ressemblance(organisation.nom, c.nom), c) for c in candidates[:CANDIDATS_AU_PLUS]]
    proches = sorted(
        ((note, c) for note, c in notees if note >= _SEUIL), key=lambda p: (-p[0], p[1].nom)
    )
    return [c for _, c in proches[:5]]


def numeros_pris(
    numeros: dict[str, str], utilisateur: Utilisateur, *, sauf: Organisation
) -> list[NumeroPris]:
    """Les numéros donnés que porte déjà une autre organisation, visible ou non."""
    donnes = {champ: numero for champ, numero in numeros.items() if numero}
    if not donnes:
        return []
    meme = Q()
    for champ, numero in donnes.items():
        meme |= Q(**{champ: numero})
    porteuses = Organisation.objects.filter(meme).exclude(pk=sauf.pk).select_related("operateur")
    prises = [
        (champ, porteuse)
        for porteuse in porteuses
        for champ, numero in donnes.items()
        if getattr(porteuse, champ) == numero
    ]
    return dire_prises(prises, utilisateur)


def dire_prises(
    prises: Sequence[tuple[str, Organisation]], utilisateur: Utilisateur
) -> list[NumeroPris]:
    """Ce que la personne peut savoir de qui porte chaque numéro (une requête pour toutes)."""
    visibles = set(
        Organisation.objects.visibles_par(utilisateur)
        .filter(pk__in=[porteuse.pk for _, porteuse in prises])
        .values_list("pk", flat=True)
    )
    return [_pris(champ, porteuse, porteuse.pk in visibles) for champ, porteuse in prises]


def _pris(champ: str, porteuse: Organisation, visible: bool) -> NumeroPris:
    if visible:
        message = f"« {porteuse.nom} » porte déjà ce {champ.upper()}."
        return NumeroPris(champ, message, porteuse)
    suivie_par = porteuse.operateur.nom if porteuse.operateur else "l’administration de l’instance"
    message = (
        f"Ce {champ.upper()} est déjà celui d’une organisation hors de votre périmètre. "
        f"Demandez à : {suivie_par}."
    )
    return NumeroPris(champ, message, None)
