"""Texte normalisé pour chercher et trier en français sans extension PostgreSQL."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_HORS_MOT = re.compile(r"[^a-z0-9]+")


def normaliser(texte: str) -> str:
    """Minuscules sans accents ni ponctuation, mots espacés : « L’Œuvre » → « l oeuvre »."""
    decompose = unicodedata.normalize("NFKD", texte.translate(LIGATURES))
    sans_accents = "".join(c for c in decompose if not unicodedata.combining(c))
    return _HORS_MOT.sub(" ", sans_accents.lower()).strip()
