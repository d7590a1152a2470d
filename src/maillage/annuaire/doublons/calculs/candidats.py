"""Les candidats : des paires bloquées, comparées, notées, avec les raisons de la note.

Les points ont été réglés sur des registres fabriqués (graines 1 à 3, `docs/decisions/0011`) par une
régression logistique ; les indices que ces registres ne portent pas (courriel, téléphone, numéro
RNA des fiches) sont posés à la main. La probabilité n'est qu'un rang : une personne décide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from maillage.annuaire.doublons.calculs import blocage
from maillage.annuaire.doublons.calculs.comparaison import indices, probabilite
from maillage.annuaire.doublons.calculs.mots import rarete
from maillage.annuaire.doublons.calculs.notices import Notice

BASE = -2.6
POINTS = {
    "meme_rna": 9.0,
    "meme_date": 7.6,
    "complement_vague": 7.1,
    "meme_adresse": 4.2,
    "nom_identique": 4.1,
    "meme_courriel": 3.5,
    "sigle": 3.4,
    "meme_commune": 3.4,
    "meme_siret": 3.2,
    "meme_telephone": 3.0,
    "meme_objet": 2.2,
    "meme_site": 1.4,
    "nom_rare": 1.2,
    "meme_siren": 0.8,
    "adresse_partagee": 0.8,
    "autre_date": -0.5,
    "nom": -1.3,
    "autre_adresse": -1.6,
    "autre_siren": -1.7,
    "autre_domaine": -2.5,
    "autre_objet": -2.9,
    "mot_distinctif": -3.8,
    "autre_commune": -5.9,
    "mots_opposes": -6.5,
    "mot_de_plus": -7.2,
}
SEUIL = 0.1
"""Probabilité à partir de laquelle une paire est proposée."""

RAISONS = {
    "meme_rna": "même numéro RNA",
    "meme_siret": "même SIRET",
    "meme_siren": "même SIREN",
    "nom_identique": "même nom, à l’écriture près",
    "nom_proche": "noms presque pareils",
    "sigle": "l’un des noms est le sigle de l’autre",
    "meme_courriel": "même courriel",
    "meme_telephone": "même téléphone",
    "meme_site": "même site",
    "meme_adresse": "même adresse",
    "adresse_partagee": "même adresse, que d’autres partagent",
    "meme_date": "même date de création",
    "meme_objet": "même objet",
    "meme_commune": "même commune",
}
RESERVES = {
    "autre_siren": "SIREN différents",
    "autre_commune": "communes différentes",
    "mot_distinctif": "un mot les distingue",
    "mot_de_plus": "un mot de plus",
    "mots_opposes": "des mots différents",
    "autre_domaine": "domaines différents",
}
_PROCHE = 0.75


@dataclass(frozen=True, slots=True)
class Candidat:
    """Une paire proposée : les clés des deux notices, sa probabilité, ses indices."""

    premiere: str
    seconde: str
    probabilite: float
    indices: tuple[str, ...]


def candidats(notices: Sequence[Notice], seuil: float = SEUIL) -> Iterator[Candidat]:
    """Les paires d'un même ensemble (un département, ou toutes les fiches) au-dessus du seuil."""
    compte = blocage.frequences(notices)
    total = len(notices)
    partagees = Counter(n.source.commune + n.adresse for n in notices if n.adresse)

    @cache
    def poids(mot: str) -> float:
        return rarete(mot, compte, total)

    for rang, autre in blocage.paires(notices, compte):
        a, b = notices[rang], notices[autre]
        trouves = indices(a, b, poids, partagees)
        note = noter(trouves)
        if note >= seuil:
            premiere, seconde = sorted((a.source.cle, b.source.cle))
            yield Candidat(premiere, seconde, round(note, 3), dits(trouves))


def noter(trouves: dict[str, float]) -> float:
    """La probabilité que donne une somme d'indices."""
    return probabilite(BASE + sum(POINTS[nom] * valeur for nom, valeur in trouves.items()))


def dits(trouves: dict[str, float]) -> tuple[str, ...]:
    """Les indices qui se disent, dans l'ordre des tables : raisons d'abord, réserves ensuite."""
    connus = set(trouves)
    if "nom_identique" not in connus and trouves.get("nom", 0) >= _PROCHE:
        connus.add("nom_proche")
    return tuple(nom for nom in (*RAISONS, *RESERVES) if nom in connus)
