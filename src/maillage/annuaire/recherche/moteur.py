"""Chercher : quelques requêtes, chacune bornée, quel que soit le nombre de lignes du registre.

Au registre, on lit d'abord les mots justes ; s'ils donnent trop peu, les mots à une faute près ;
puis l'objet. D'un mot que portent cent mille noms, on ne lit que les premières lignes : l'index
range les plus probables en tête (voir `EntreeDuRegistre`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left, Length

from maillage.annuaire.models import EntreeDuRegistre
from maillage.annuaire.recherche.mots import lire
from maillage.annuaire.recherche.vocabulaire import Comprise, Question, comprendre, et, ou

MONTREES = 20
CANDIDATES = 150
"""Lignes que l'on classe : autant dans le périmètre, autant partout."""
ASSEZ = 5
"""En deçà de ce nombre de réponses justes, on cherche aussi à une faute près, puis par l'objet."""

_PAR_NOM = "annuaire_par_nom(%s::tsquery, %s)"
_PAR_OBJET = "annuaire_par_objet(%s::tsquery, plainto_tsquery('french', %s), %s)"


@dataclass(frozen=True, slots=True)
class Trouvees:
    """Les entrées du registre, les plus justes d'abord ; `davantage` : il y en a d'autres.

    `par_objet` : celles que leur nom ne donne pas, mais leur objet.
    """

    entrees: list[EntreeDuRegistre] = field(default_factory=list)
    par_objet: list[EntreeDuRegistre] = field(default_factory=list)
    davantage: bool = False

    def __iter__(self) -> Iterator[EntreeDuRegistre]:
        yield from self.entrees
        yield from self.par_objet

    def __len__(self) -> int:
        return len(self.entrees) + len(self.par_objet)


@dataclass(frozen=True, slots=True)
class Recherche:
    """Ce que l'on cherche au registre : les mots compris, les filtres, le périmètre à préférer.

    `filtres` est écrit pour `Question` : « 'secteur:culture' & ('dans:12' | 'dans:14') ».
    """

    comprise: Comprise
    filtres: str = ""
    perimetre: Collection[int] = ()

    def lire(self) -> Trouvees:
        """Quatre requêtes au plus, dont une pour chaque indulgence de plus."""
        if self.comprise.saisie.numero:
            return self._du_numero()
        if not self.comprise.saisie:
            return self._classees(_PAR_NOM, self.filtres) if self.filtres else Trouvees()
        if self.comprise.saisie.banale:
            return Trouvees()
        nommees = self._nommees()
        if len(nommees) >= ASSEZ:
            return nommees
        tapes = " ".join(mot.probable for mot in self.comprise.mots)
        par_objet = self._classees(_PAR_OBJET, self.filtres, tapes, sauf=nommees.entrees)
        return Trouvees(nommees.entrees, par_objet.entrees, par_objet.davantage)

    def _du_numero(self) -> Trouvees:
        entrees = EntreeDuRegistre.objects.pour_liste().de_numero(self.comprise.saisie.numero)
        if self.filtres:
            entrees = entrees.filter(mots=Question(self.filtres))
        return _bornees(entrees.order_by("numero"))

    def _nommees(self) -> Trouvees:
        """Par le nom et la commune : les mots justes, puis à une faute près s'ils donnent peu."""
        question, indulgente = self.comprise.question(), self.comprise.question(indulgent=True)
        justes = self._classees(_PAR_NOM, et(question, self.filtres)) if question else Trouvees()
        if len(justes) >= ASSEZ or indulgente == question:
            return justes
        proches = self._classees(_PAR_NOM, et(indulgente, self.filtres), sauf=justes.entrees)
        return Trouvees(justes.entrees + proches.entrees, davantage=proches.davantage)

    def _classees(
        self, source: str, question: str, *autres: Any, sauf: Collection[EntreeDuRegistre] = ()
    ) -> Trouvees:
        """Le nom même, puis mon périmètre, puis ce qui commence ainsi, puis le nom le plus court.

        Le nom même : ce que l'on a tapé, ou son début quand la commune le suit. Entre des noms qui
        ont tous les mots cherchés, le plus court est celui qui en a le moins d'autres.
        """
        phrase = self.comprise.phrase
        lieux = ou(f"dans:{lieu}" for lieu in self.perimetre) if self.perimetre else ""
        tape = Left(Value(phrase), Length("nom_normalise"))
        rangs = [When(nom_normalise=tape, then=Value(0))]
        if lieux:
            rangs.append(When(mots=Question(lieux), then=Value(1)))
        classees = (
            EntreeDuRegistre.objects.pour_liste()
            .filter(pk__in=_candidates(source, [question, et(question, lieux)], autres))
            .exclude(pk__in=[entree.pk for entree in sauf])
            .annotate(
                rang=Case(*rangs, default=Value(2)),
                suite=Case(When(nom_normalise__startswith=phrase, then=Value(0)), default=Value(1)),
            )
            .order_by("rang", "suite", "-active", Length("nom_normalise"), "nom_normalise", "pk")
        )
        return _bornees(classees)


def dans_le_registre(texte: str, *, filtres: str = "", perimetre: Collection[int] = ()) -> Trouvees:
    """Les entrées que dit ce texte, celles du périmètre d'abord : cinq requêtes au plus."""
    return Recherche(comprendre(lire(texte)), filtres, perimetre).lire()


def _candidates(source: str, questions: list[str], autres: tuple[Any, ...]) -> RawSQL:
    """Les numéros des premières entrées de chaque question."""
    distinctes = list(dict.fromkeys(questions))
    sql = " UNION ".join(f"SELECT {source}" for _ in distinctes)
    return RawSQL(sql, [v for question in distinctes for v in (question, *autres, CANDIDATES)])  # noqa: S611


def _bornees(entrees: Any) -> Trouvees:
    lues = list(entrees[: MONTREES + 1])
    return Trouvees(lues[:MONTREES], davantage=len(lues) > MONTREES)
