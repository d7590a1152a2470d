"""Le dossier de mission, son avancement et ses notes."""

from maillage.ingenieries.models.avancement import Avancement, EtatAvancement
from maillage.ingenieries.models.dossier import EtatIngenierie, Ingenierie, NatureIngenierie
from maillage.ingenieries.models.element import ElementDeDossier
from maillage.ingenieries.models.note import Note

__all__ = [
    "Avancement",
    "ElementDeDossier",
    "EtatAvancement",
    "EtatIngenierie",
    "Ingenierie",
    "NatureIngenierie",
    "Note",
]
