"""Une notice : ce que l'on compare d'une association du registre ou d'une fiche."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from maillage.annuaire.doublons.calculs.mots import est_sigle_de, mots_pleins
from maillage.socle.normalisation import normaliser

_VOIES = {
    "avenue": "av",
    "place": "pl",
    "chemin": "che",
    "route": "rte",
    "impasse": "imp",
    "boulevard": "bd",
    "allee": "all",
    "square": "sq",
    "bis": "b",
}
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?")


@dataclass(frozen=True, slots=True)
class Source:
    """Ce qu'une lecture donne d'une notice ; tout est texte, vide quand c'est inconnu.

    `commune` et `departement` sont des clés ; `commune_nom`, tous les noms de la commune (le
    présent, celui qu'écrit l'adresse). `creee` est une date ISO, ou une année.
    """

    cle: str
    nom: str
    sigle: str = ""
    commune: str = ""
    departement: str = ""
    commune_nom: str = ""
    adresse: str = ""
    rna: str = ""
    siren: str = ""
    siret: str = ""
    site: str = ""
    courriel: str = ""
    telephone: str = ""
    objet: str = ""
    themes: tuple[str, ...] = ()
    creee: str = ""


@dataclass(slots=True)
class Notice:
    """Une source préparée pour la comparaison.

    `mots` : ceux du nom, sans les creux ni le sigle qu'il donne de lui-même ; `tous` : avec les
    creux ; `soude`, `entier` : les mêmes sans espaces. `numero` : le SIREN, dit ou pris au SIRET.
    """

    source: Source
    mots: tuple[str, ...]
    tous: tuple[str, ...]
    soude: str
    entier: str
    ville: frozenset[str]
    sigle: str
    adresse: str
    objet: str
    site: str
    numero: str

    @property
    def lettres(self) -> str:
        """Le nom s'il a l'air d'un sigle (un seul mot court), sinon rien."""
        return self.mots[0] if len(self.mots) == 1 and 2 < len(self.mots[0]) <= 7 else ""


def preparer(source: Source) -> Notice:
    """Normalise une fois ce que chaque comparaison relira."""
    mots, sigle = _sans_son_sigle(mots_pleins(source.nom), tuple(normaliser(source.nom).split()))
    tous = tuple(normaliser(source.nom).split())
    return Notice(
        source,
        mots,
        tous,
        "".join(mots),
        "".join(tous).removeprefix("association"),
        _ville(source.commune_nom),
        _sigle(source.sigle) or sigle,
        _adresse(source.adresse),
        normaliser(source.objet),
        _SITE.sub("", source.site.lower()).rstrip("/"),
        source.siren or source.siret[:9],
    )


def _sans_son_sigle(mots: tuple[str, ...], tous: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """« S.V.P. Sauvegarde du Val Pré » : les mots sans le sigle, et le sigle."""
    for sigle, reste in ((mots[:1], mots[1:]), (mots[-1:], mots[:-1])):
        if len(reste) > 1 and 1 < len(sigle[0]) <= 8:
            longs = tuple(mot for mot in tous if len(mot) > 1 and mot != sigle[0])
            if est_sigle_de(sigle[0], longs) or est_sigle_de(sigle[0], reste):
                return reste, sigle[0]
    return mots, ""


@lru_cache(maxsize=50_000)
def _ville(nom: str) -> frozenset[str]:
    return frozenset(mots_pleins(nom))


def _sigle(sigle: str) -> str:
    """Un sigle déclaré ; le titre court du RNA, souvent le titre coupé, n'en est pas un."""
    lettres = "".join(normaliser(sigle).split())
    return lettres if 1 < len(lettres) <= 8 and "..." not in sigle else ""


@lru_cache(maxsize=50_000)
def _adresse(adresse: str) -> str:
    return " ".join(_VOIES.get(mot, mot) for mot in normaliser(adresse).split())
