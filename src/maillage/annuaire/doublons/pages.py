"""Ce que montrent les pages de doublons : les paires, leurs raisons, leurs gestes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from maillage.annuaire.doublons.calculs.candidats import RAISONS, RESERVES
from maillage.annuaire.doublons.liens import compter_les_liens
from maillage.annuaire.models import (
    AssociationRNA,
    Decision,
    Fusion,
    Organisation,
    PaireDuRegistre,
)
from maillage.socle.mots import citer, compter

A_REVOIR = Decision.A_REVOIR.value


@dataclass(frozen=True, slots=True)
class Motifs:
    """Pourquoi une paire est proposée, et ce qui en fait douter."""

    raisons: Sequence[str]
    reserves: Sequence[str]

    @classmethod
    def de(cls, indices: Iterable[str]) -> Motifs:
        connus = list(indices)
        return cls(
            [RAISONS[i] for i in connus if i in RAISONS],
            [RESERVES[i] for i in connus if i in RESERVES],
        )


@dataclass(frozen=True, slots=True)
class LigneDePaire:
    """Une paire à l'écran ; les deux objets sont des fiches ou des associations du registre."""

    paire: Any
    premiere: Any
    seconde: Any
    motifs: Motifs


def lignes_de_fiches(paires: Iterable[Any]) -> list[LigneDePaire]:
    return [LigneDePaire(p, p.premiere, p.seconde, Motifs.de(p.indices)) for p in paires]


def lignes_du_registre(paires: Iterable[PaireDuRegistre]) -> list[LigneDePaire]:
    """Les paires dont les deux associations sont encore au registre ; une requête."""
    lues = list(paires)
    numeros = {numero for p in lues for numero in (p.premiere, p.seconde)}
    connues = AssociationRNA.objects.in_bulk(list(numeros))
    return [
        LigneDePaire(p, connues[p.premiere], connues[p.seconde], Motifs.de(p.indices))
        for p in lues
        if p.premiere in connues and p.seconde in connues
    ]


def suivis(fiche: Organisation) -> list[tuple[str, int]]:
    """Ce qui désigne une fiche : le nom des éléments et leur nombre."""
    comptes: Counter[str] = Counter()
    for lien, nombre in compter_les_liens(Organisation, fiche.pk):
        comptes[lien.nom] += nombre
    return sorted(comptes.items())


def dire_les_deplaces(fusion: Fusion) -> str:
    """Ce qui désignait la fiche absorbée et désigne l'autre, en une phrase."""
    nombre = sum(etape["geste"] == "deplacer" for etape in fusion.etapes)
    if not nombre:
        return f"Rien d’autre ne désignait {citer(fusion.nom_absorbee)}."
    verbe = "désigne" if nombre == 1 else "désignent"
    return (
        f"{compter(nombre, 'élément')} de {citer(fusion.nom_absorbee)} {verbe} depuis "
        f"{citer(fusion.gardee.nom)}."
    )


def onglets(adresse: str, decision: str, decisions: Sequence[Decision]) -> list[dict[str, object]]:
    """Les décisions, comme des vues de la même liste."""
    return [
        {
            "libelle": d.label[:1].upper() + d.label[1:],
            "url": f"{reverse(adresse)}?decision={d.value}",
            "actif": d.value == decision,
        }
        for d in decisions
    ]


def decision_demandee(demande: str, decisions: Sequence[Decision]) -> str:
    """Celle de l'adresse, si elle existe ; sinon ce qui reste à revoir."""
    return demande if demande in {d.value for d in decisions} else A_REVOIR
