"""La fiche d'une mission, ses publications, et le gabarit Word d'un opérateur."""

from maillage.capitaliser.models.fiche import EtatFiche, Fiche
from maillage.capitaliser.models.gabarit import GabaritWord
from maillage.capitaliser.models.publication import Publication

__all__ = ["EtatFiche", "Fiche", "GabaritWord", "Publication"]
