"""Calculs purs du codage : des mots d'un besoin aux thèmes qu'ils évoquent."""

from .codage import Codeur, Suggestion, Voix
from .exemples import Exemple
from .lexique import LexiqueLu

__all__ = ["Codeur", "Exemple", "LexiqueLu", "Suggestion", "Voix"]
