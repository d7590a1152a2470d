"""Les mots d'un nom, ramenés à ce qui le distingue : abréviations dites, mots creux ôtés."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log

from maillage.socle.normalisation import normaliser

ABREVIATIONS = {
    "ass": "association",
    "asso": "association",
    "assoc": "association",
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "cte": "comite",
    "clb": "club",
    "cie": "compagnie",
    "am": "amicale",
    "gpt": "groupement",
    "grpt": "groupement",
    "ec": "ecole",
    "ctre": "centre",
    "fed": "federation",
    "nat": "national",
    "dept": "departemental",
}


def _liste(texte: str) -> frozenset[str]:
    return frozenset(texte.split())


CREUX = _liste(
    "association de du des la le les l d et en a au aux sur pour par dans un une n s the"
)
BANALS = _liste(
    """
    amicale ami amis anciens animation art arts atelier ateliers centre cercle chasse choeur chorale
    club collectif comite communale compagnie culture culturelle danse defense ecole eleves ensemble
    entente espace federation festival fetes football foyer groupe groupement gymnastique jardin
    jardins jeunes judo loisirs maison musique nature office parents patrimoine petits quartier
    rural saint sainte sauvegarde section service services social societe solidaire solidarite sport
    sportif sportive syndicale tennis theatre union vie vivre
    """
)
VAGUES = _liste(
    """
    loisir loisirs culture cultures culturel animation animations compagnie environs alentours amis
    amitie detente traditions autres ses son
    """
)
"""Des mots qu'un nom gagne ou perd d'une déclaration à l'autre sans changer d'association."""
DISTINCTIFS = _liste(
    """
    section nord sud est ouest centre feminin feminine jeunes jeunesse veterans junior juniors
    seniors ecole college lycee olympique athletique nouveau nouvelle union federation comite
    antenne
    """
)
"""Des mots qui, en plus d'un même nom, disent le plus souvent une autre association."""
_LISSAGE = 1000


def mots_pleins(nom: str) -> tuple[str, ...]:
    """Les mots du nom, dans l'ordre, sans les creux ; « C.L.A.T. » fait un seul mot.

    Un nom qui n'a que des mots creux les garde.
    """
    mots = [ABREVIATIONS.get(mot, mot) for mot in _souder(normaliser(nom).split())]
    if mots and mots[0] == "sainte" and normaliser(nom).startswith("ste "):
        mots[0] = "societe"
    return tuple(mot for mot in mots if mot not in CREUX) or tuple(mots)


def _souder(mots: Iterable[str]) -> Iterable[str]:
    """Réunit les signes seuls qui se suivent (« A.S.8. ») ; une lettre isolée reste (« l »)."""
    lettres = ""
    for mot in mots:
        if len(mot) == 1 and (lettres or not mot.isdigit()):
            lettres += mot
            continue
        if lettres:
            yield lettres
            lettres = ""
        yield mot
    if lettres:
        yield lettres


def rarete(mot: str, frequences: Mapping[str, int], total: int) -> float:
    """De 0 (partout) à 1 (une seule fois) : ce que ce mot distingue dans ce département."""
    porteurs = frequences.get(mot, 0) + (20 if mot in BANALS else 1)
    return max(0.05, log((total + _LISSAGE) / porteurs) / log(total + _LISSAGE))


def est_sigle_de(sigle: str, mots: tuple[str, ...]) -> bool:
    """Vrai si les lettres de `sigle` sont les initiales des mots ; les creux sont facultatifs."""
    if not sigle:
        return all(mot in CREUX for mot in mots)
    if not mots:
        return False
    premier, reste = mots[0], mots[1:]
    if premier[0] == sigle[0] and est_sigle_de(sigle[1:], reste):
        return True
    return premier in CREUX and est_sigle_de(sigle, reste)
