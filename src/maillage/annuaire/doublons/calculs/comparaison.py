"""Comparer deux notices : des indices nommés, une somme de points, des raisons lisibles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from maillage.annuaire.doublons.calculs.mots import CREUX, DISTINCTIFS, VAGUES, est_sigle_de
from maillage.annuaire.doublons.calculs.notices import Notice

Rarete = Callable[[str], float]
_CHIFFRES = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Noms:
    """Ce que deux noms ont de commun : `ressemblance` de 0 à 1, et les mots propres à chacun."""

    ressemblance: float
    seuls_a: tuple[str, ...]
    seuls_b: tuple[str, ...]
    sigle: bool = False
    commun: float = 0.0


def rapprocher(a: Notice, b: Notice, rarete: Rarete) -> Noms:
    """Apparie les mots, à une faute de frappe près, et pèse chacun par sa rareté."""
    if _par_sigle(a, b) or _par_sigle(b, a):
        return Noms(0.7, (), (), sigle=True, commun=1.0)
    communs, restes_a, restes_b = _apparier(a.mots, b.mots)
    poids = sum(map(rarete, communs))
    restes_a, restes_b = _seuls(restes_a, a, b), _seuls(restes_b, b, a)
    autour = sum(map(rarete, restes_a)) + sum(map(rarete, restes_b))
    ressemblance = 2 * poids / (2 * poids + autour) if poids else 0.0
    if ressemblance < 1 and (soudes := _soudes(a, b)) > ressemblance:
        return Noms(soudes, (), (), commun=max(poids, 1.0))
    return Noms(ressemblance, restes_a, restes_b, commun=poids)


def _soudes(a: Notice, b: Notice) -> float:
    """Les deux noms sans leurs espaces : deux mots collés, un mot creux mal écrit."""
    meilleur = 0.0
    for soude, autre in ((a.soude, b.soude), (a.entier, b.entier)):
        memes_chiffres = _CHIFFRES.findall(soude) == _CHIFFRES.findall(autre)
        if abs(len(soude) - len(autre)) < 3 and memes_chiffres:
            meilleur = max(meilleur, fuzz.ratio(soude, autre, score_cutoff=93) / 100)
    return meilleur


def _par_sigle(court: Notice, long: Notice) -> bool:
    lettres = court.lettres
    if not lettres or long.lettres:
        return False
    if lettres == long.sigle or lettres in long.mots or est_sigle_de(lettres, long.tous):
        return True
    fin = len(long.tous)
    while fin > 2 and (long.tous[fin - 1] in long.ville or long.tous[fin - 1] in CREUX):
        fin -= 1
        if est_sigle_de(lettres, long.tous[:fin]):
            return True
    return False


def _apparier(
    mots_a: tuple[str, ...], mots_b: tuple[str, ...]
) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Les mots communs (ceux de A), ceux qui restent de A, ceux qui restent de B."""
    restes = list(mots_b)
    communs, seuls = [], []
    for mot in mots_a:
        if mot in restes:
            restes.remove(mot)
            communs.append(mot)
        else:
            seuls.append(mot)
    vraiment_seuls = []
    for mot in seuls:
        jumeau = next((autre for autre in restes if presque(mot, autre)), None)
        if jumeau is None:
            vraiment_seuls.append(mot)
        else:
            restes.remove(jumeau)
            communs.append(mot)
    return communs, tuple(vraiment_seuls), tuple(restes)


@lru_cache(maxsize=200_000)
def presque(mot: str, autre: str) -> bool:
    """À une faute près (deux pour un mot de sept lettres) ; jamais pour un nombre."""
    court = min(len(mot), len(autre))
    if court < 4 or _CHIFFRES.search(mot) or _CHIFFRES.search(autre):
        return False
    permis = 2 if court >= 7 else 1
    return OSA.distance(mot, autre, score_cutoff=permis) <= permis


def _seuls(restes: tuple[str, ...], notice: Notice, autre: Notice) -> tuple[str, ...]:
    """Les restes qui distinguent : ni la commune, ni un sigle de l'autre nom."""
    ville = notice.ville | autre.ville
    return tuple(
        mot
        for mot in restes
        if mot not in ville
        and not (
            len(mot) > 1
            and mot not in DISTINCTIFS
            and (mot in (notice.sigle, autre.sigle) or est_sigle_de(mot, autre.tous))
        )
    )


def indices(a: Notice, b: Notice, rarete: Rarete, partagees: Mapping[str, int]) -> dict[str, float]:
    """Les indices d'une paire, chacun de 0 à 1 ; absent vaut 0.

    `partagees` compte, par commune et adresse, les notices qui y sont.
    """
    noms = rapprocher(a, b, rarete)
    trouves: dict[str, float] = {}
    _indices_de_nom(noms, trouves)
    _indices_de_numero(a, b, trouves)
    _indices_de_lieu(a, b, trouves, partagees)
    _indices_de_contenu(a, b, trouves, noms.ressemblance)
    return trouves


def _indices_de_nom(noms: Noms, trouves: dict[str, float]) -> None:
    if noms.sigle:
        trouves["sigle"] = 1.0
        return
    trouves["nom"] = noms.ressemblance
    trouves["nom_rare"] = min(1.0, noms.commun / 2) * noms.ressemblance
    if noms.ressemblance > 0.999:
        trouves["nom_identique"] = 1.0
    restes = noms.seuls_a + noms.seuls_b
    if noms.seuls_a and noms.seuls_b:
        trouves["mots_opposes"] = 1.0
    elif restes and VAGUES.issuperset(restes):
        trouves["complement_vague"] = 1.0
    elif restes:
        trouves["mot_de_plus"] = min(1.0, len(restes) / 2)
    if not DISTINCTIFS.isdisjoint(restes) or any(_CHIFFRES.search(mot) for mot in restes):
        trouves["mot_distinctif"] = 1.0


def _indices_de_numero(a: Notice, b: Notice, trouves: dict[str, float]) -> None:
    if a.source.rna and a.source.rna == b.source.rna:
        trouves["meme_rna"] = 1.0
    if a.numero and b.numero:
        if a.numero != b.numero:
            trouves["autre_siren"] = 1.0
        elif a.source.siret and a.source.siret == b.source.siret:
            trouves["meme_siret"] = 1.0
        else:
            trouves["meme_siren"] = 1.0


def _indices_de_lieu(
    a: Notice, b: Notice, trouves: dict[str, float], partagees: Mapping[str, int]
) -> None:
    if a.source.commune and b.source.commune:
        trouves["meme_commune" if a.source.commune == b.source.commune else "autre_commune"] = 1.0
    if not (a.adresse and b.adresse) or "autre_commune" in trouves:
        return
    egales = 1.0 if a.adresse == b.adresse else fuzz.token_set_ratio(a.adresse, b.adresse) / 100
    if egales < 0.95:
        trouves["autre_adresse"] = 1.0
    elif partagees.get(a.source.commune + a.adresse, 0) > 4:
        trouves["adresse_partagee"] = 1.0
    else:
        trouves["meme_adresse"] = 1.0


def _indices_de_contenu(
    a: Notice, b: Notice, trouves: dict[str, float], ressemblance: float
) -> None:
    for nom, champ, autre in (
        ("meme_site", a.site, b.site),
        ("meme_courriel", a.source.courriel.lower(), b.source.courriel.lower()),
        ("meme_telephone", a.source.telephone, b.source.telephone),
    ):
        if champ and champ == autre:
            trouves[nom] = 1.0
    if a.source.creee and b.source.creee:
        if a.source.creee == b.source.creee:
            trouves["meme_date"] = ressemblance**2
        else:
            trouves["autre_date"] = 1.0
    if a.objet and b.objet:
        _indices_d_objet(a.objet, b.objet, trouves)
    familles = {t[:3] for t in a.source.themes}, {t[:3] for t in b.source.themes}
    if all(familles) and not familles[0] & familles[1]:
        trouves["autre_domaine"] = 1.0


def _indices_d_objet(un: str, autre: str, trouves: dict[str, float]) -> None:
    """Deux objets déclarés : les mêmes pèsent selon leur longueur, d'autres selon leur écart."""
    if un == autre or _debut(un, autre) or fuzz.ratio(un, autre) > 94:
        trouves["meme_objet"] = min(1.0, min(len(un), len(autre)) / 80)
    else:
        trouves["autre_objet"] = 1 - fuzz.ratio(un, autre) / 100


def _debut(texte: str, autre: str) -> bool:
    court, long = sorted((texte, autre), key=len)
    return len(court) > 20 and long.startswith(court)


def probabilite(points: float) -> float:
    """De 0 à 1, d'une somme de points (logistique)."""
    return 1 / (1 + exp(-points))
