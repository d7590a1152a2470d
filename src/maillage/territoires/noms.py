"""Noms de lieux ramenés à une clef de recherche : sans article initial, « St » développé."""

from maillage.socle.normalisation import normaliser

_ARTICLES = frozenset({"l", "le", "la", "les"})
_ABREVIATIONS = {"st": "saint", "ste": "sainte"}


def cle_de_nom(nom: str) -> str:
    """Clef de recherche d'un nom de lieu : « L'Isle-St-Jean » → « isle saint jean »."""
    mots = [_ABREVIATIONS.get(mot, mot) for mot in normaliser(nom).split()]
    if len(mots) > 1 and mots[0] in _ARTICLES:
        mots = mots[1:]
    return " ".join(mots)
