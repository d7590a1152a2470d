"""La file des besoins à coder : le suivant, la suite, et combien il en reste."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from maillage.identifier.models import Signal
from maillage.identifier.models.signal import SignalQuerySet

ORDRE = ("-date", "-cree_le", "-pk")
_MONTRES = ("version", "texte", "date", "source", "secteur", "themes", "auteur_libelle")
COMPTES = 1_000
"""Au-delà, la page dit « plus de »."""


@dataclass(frozen=True, slots=True)
class Etape:
    """Un besoin à coder (aucun au bout de la file), et ce qu'il en reste en tout."""

    signal: Signal | None
    reste: int


def etape(dla: Collection[UUID], apres: UUID | None) -> Etape:
    """Le plus récent, ou celui qui suit `apres` ; trois requêtes au plus."""
    tous = Signal.objects.a_coder_par(dla)
    reste = tous.order_by()[: COMPTES + 1].count()
    suite = _apres(tous, dla, apres) if apres else tous
    return Etape(suite.pour_liste().order_by(*ORDRE).first(), reste)


def premiers(dla: Collection[UUID], au_plus: int) -> list[Signal]:
    """Les premiers de la file."""
    return list(_les_premiers(dla, au_plus))


def apercu(dla: Collection[UUID], au_plus: int) -> list[Signal]:
    """Les mêmes, réduits à ce que la liste en montre : trois fois moins chers à lire."""
    return list(
        _les_premiers(dla, au_plus)
        .select_related(None)
        .select_related("structure", "auteur_organisation", "besoin")
        .only(*_MONTRES, "structure__nom", "auteur_organisation__nom", "besoin__dit")
    )


def _les_premiers(dla: Collection[UUID], au_plus: int) -> SignalQuerySet:
    premiers: SignalQuerySet = Signal.objects.a_coder_par(dla).pour_liste().order_by(*ORDRE)
    return premiers[:au_plus]


def _apres(tous: SignalQuerySet, dla: Collection[UUID], cle: UUID) -> SignalQuerySet:
    """Ce qui vient ensuite, même si celui-là est codé depuis ; inconnu, la file entière."""
    lu = Signal.objects.filter(pk=cle, operateur__in=dla).only("date", "cree_le").first()
    if lu is None:
        return tous
    return tous.filter(
        Q(date__lt=lu.date)
        | Q(date=lu.date, cree_le__lt=lu.cree_le)
        | Q(date=lu.date, cree_le=lu.cree_le, pk__lt=lu.pk)
    )
