"""Tout ce qui pointe vers une organisation, et ce qui se heurterait si deux n'en faisaient qu'une.

Rien n'est nommé : les clés étrangères se lisent dans les modèles (tables de liaison comprises), les
liens par sujet (journal, documents) à leurs deux colonnes. Une table nouvelle est donc suivie dès
qu'elle existe. L'historique ne bouge pas : il dit ce qui a été.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.db.models.functions import Cast
from pghistory.models import Event

from maillage.annuaire.models import MotsDOrganisation, PaireDeFiches

RETIREES = frozenset({PaireDeFiches})
"""Ne concernent que la fiche absorbée : retirées avec elle, remises si l'on annule."""
RECALCULEES = frozenset({MotsDOrganisation})
"""Tenues par des déclencheurs : effacées avec la fiche, refaites par la base si elle revient."""


@dataclass(frozen=True, slots=True)
class Lien:
    """Une colonne qui désigne l'objet : une clé étrangère, ou `sujet_id` d'un sujet de ce type."""

    modele: type[models.Model]
    champ: str
    sujet_type: str = ""

    @property
    def cle(self) -> str:
        return f"{self.modele._meta.label_lower}.{self.champ}"

    @property
    def nom(self) -> str:
        """Ce que sont ces lignes, au singulier ; une table de liaison dit ce qu'elle relie."""
        relie: Any = self.modele._meta.auto_created or self.modele
        return str(relie._meta.verbose_name)

    @property
    def attname(self) -> str:
        return str(self.modele._meta.get_field(self.champ).attname)  # type: ignore[union-attr]

    def vers(self, cle: Any) -> Any:
        """Les lignes qui désignent cet objet."""
        filtre = {self.champ: cle}
        if self.sujet_type:
            filtre["sujet_type"] = self.sujet_type
        return self.modele._base_manager.filter(**filtre)


@dataclass(frozen=True, slots=True)
class Heurt:
    """Deux lignes qui ne peuvent pas désigner la même fiche : celle de chacune."""

    lien: Lien
    gardee: Any
    absorbee: Any

    @property
    def cle(self) -> str:
        """Nom stable du choix, pour le formulaire."""
        return f"{self.lien.modele._meta.label_lower}:{self.absorbee.pk}"

    @property
    def imposee(self) -> Any | None:
        """Celle des deux que son modèle fait passer devant (`prime_sur`) ; rien s'il n'en dit rien.

        Un refus de la structure, par exemple : il ne se choisit pas.
        """
        for une, autre in ((self.gardee, self.absorbee), (self.absorbee, self.gardee)):
            prime_sur = getattr(une, "prime_sur", None)
            if prime_sur and prime_sur(autre):
                return une
        return None


@lru_cache(maxsize=64)
def liens_vers(modele: type[models.Model]) -> tuple[Lien, ...]:
    """Les colonnes de tout le produit qui désignent un objet de ce modèle."""
    directs = [
        Lien(relation.related_model, relation.field.name)
        for relation in _relations(modele)
        if _suivi(relation.related_model)
    ]
    par_sujet = [
        Lien(m, "sujet_id", etiquette)
        for m in apps.get_models()
        if _par_sujet(m)
        for etiquette in _etiquettes(modele)
    ]
    return (*directs, *par_sujet)


def suit(lien: Lien) -> bool:
    """Vrai pour ce que l'on fait passer d'une fiche à l'autre."""
    return lien.modele not in RETIREES and lien.modele not in RECALCULEES


def compter_les_liens(modele: type[models.Model], cle: UUID) -> list[tuple[Lien, int]]:
    """Combien de lignes désignent l'objet, par lien ; une requête en tout."""
    liens = [lien for lien in liens_vers(modele) if suit(lien)]
    comptes = [
        lien.vers(cle)
        .order_by()
        .values(_rang=Value(rang))
        .annotate(_combien=models.Count("pk"))
        .values_list("_rang", "_combien")
        for rang, lien in enumerate(liens)
    ]
    lus = comptes[0].union(*comptes[1:], all=True) if comptes else ()
    return sorted(((liens[rang], n) for rang, n in lus if n), key=lambda part: part[0].cle)


def heurts(modele: type[models.Model], gardee: Any, absorbee: Any) -> list[Heurt]:
    """Les lignes des deux fiches qu'une contrainte d'unicité empêche de réunir.

    Une requête les trouve toutes, puis une par modèle concerné les lit.
    """
    liens = [lien for lien in liens_vers(modele) if suit(lien)]
    requetes = [
        requete
        for rang, lien in enumerate(liens)
        for requete in _jumelles(rang, lien, gardee, absorbee)
    ]
    if not requetes:
        return []
    paires = set(requetes[0].union(*requetes[1:], all=True))
    return list(_lire_heurts(liens, paires))


def _lire_heurts(liens: list[Lien], paires: set[tuple[int, str, str]]) -> Iterator[Heurt]:
    for rang in sorted({rang for rang, _, _ in paires}):
        lien = liens[rang]
        ici = sorted((la, sienne) for r, la, sienne in paires if r == rang)
        cles = {cle for paire in ici for cle in paire}
        a_part = [f.name for f in lien.modele._meta.fields if isinstance(f, models.ForeignKey)]
        objets = lien.modele._base_manager.select_related(*a_part).filter(pk__in=cles)
        lus = {str(objet.pk): objet for objet in objets}
        for sienne, la_notre in ici:
            yield Heurt(lien, lus[la_notre], lus[sienne])


def _jumelles(rang: int, lien: Lien, gardee: Any, absorbee: Any) -> Iterator[Any]:
    """Par contrainte, les (lien, ligne de l'absorbée, ligne de la gardée) qui se heurteraient."""
    for champs, condition in _unicites(lien):
        autres = {champ: OuterRef(champ) for champ in champs if champ != lien.champ}
        jumelle = lien.vers(gardee).filter(condition, **autres).order_by().values("pk")[:1]
        yield (
            lien.vers(absorbee)
            .filter(condition)
            .order_by()
            .annotate(_jumelle=Subquery(jumelle))
            .filter(_jumelle__isnull=False)
            .values_list(
                Value(rang),
                Cast("pk", CharField()),
                Cast(F("_jumelle"), CharField()),
            )
        )


def _unicites(lien: Lien) -> Iterator[tuple[tuple[str, ...], Q]]:
    """Les unicités du modèle où entre la colonne : les champs, et la condition s'il y en a une."""
    options = lien.modele._meta
    champ = options.get_field(lien.champ)
    if getattr(champ, "unique", False):
        yield (lien.champ,), Q()
    for ensemble in options.unique_together:
        if lien.champ in ensemble:
            yield tuple(ensemble), Q()
    for contrainte in options.constraints:
        if isinstance(contrainte, models.UniqueConstraint) and lien.champ in contrainte.fields:
            yield tuple(contrainte.fields), contrainte.condition or Q()


def _relations(modele: type[models.Model]) -> Iterator[Any]:
    """Les clés étrangères reçues, cachées comprises (« + », tables de liaison)."""
    for champ in modele._meta.get_fields(include_hidden=True):
        if isinstance(champ, ForeignObjectRel) and not champ.many_to_many:
            yield champ


def _suivi(modele: type[models.Model]) -> bool:
    return modele._meta.managed and not issubclass(modele, Event)


def _etiquettes(modele: type[models.Model]) -> list[str]:
    """Les noms sous lesquels un objet est un sujet : celui du modèle, ceux de ses « proxy »."""
    meme_table = [m for m in apps.get_models() if m._meta.concrete_model is modele]
    return [m._meta.label_lower for m in meme_table]


def _par_sujet(modele: type[models.Model]) -> bool:
    noms = {champ.name for champ in modele._meta.concrete_fields}
    return {"sujet_type", "sujet_id"} <= noms and not issubclass(modele, Event)
