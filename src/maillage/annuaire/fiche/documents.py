"""Les documents de la fiche : les siens, et ceux que les pièces du bas tiennent d'elle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from maillage.annuaire import droits
from maillage.annuaire.models import Organisation
from maillage.annuaire.slots import DOCUMENTS, LotDeDocuments
from maillage.socle.models import Document

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

MONTRES = 12


def lots_de_documents(organisation: Organisation, utilisateur: Utilisateur) -> list[LotDeDocuments]:
    """D'où viennent les documents que cette personne lit de l'organisation (aucune requête)."""
    elle = Organisation.objects.filter(pk=organisation.pk)
    interne = droits.peut_voir_interne(utilisateur, organisation)
    sien = LotDeDocuments("de sa fiche", elle, elle if interne else elle.none())
    return [sien, *(lot for lots in DOCUMENTS.tout(organisation, utilisateur) for lot in lots)]


def documents_de(lots: Sequence[LotDeDocuments]) -> QuerySet[Document]:
    """Les derniers déposés, un de plus que l'on n'en montre."""
    premiers, *autres = [_lisibles(lot) for lot in lots]
    return premiers.union(*autres, all=True).order_by("-cree_le", "-id")[: MONTRES + 1]


def _lisibles(lot: LotDeDocuments) -> QuerySet[Document]:
    """Type et identifiant vont ensemble : des autorisations portent celui de leur structure."""
    siens = Document.objects.filter(sujet_type=lot.etiquette, sujet_id__in=_cles(lot.sujets))
    return siens.filter(Q(interne=False) | Q(sujet_id__in=_cles(lot.internes))).order_by()


def avec_origine(documents: list[Document], lots: Sequence[LotDeDocuments]) -> list[dict[str, Any]]:
    """Chaque document montré, et d'où il vient."""
    origines = {lot.etiquette: lot.origine for lot in lots}
    return [{"document": d, "origine": origines[d.sujet_type]} for d in documents[:MONTRES]]


def _cles(objets: QuerySet[Any]) -> QuerySet[Any]:
    return objets.order_by().values("pk")
