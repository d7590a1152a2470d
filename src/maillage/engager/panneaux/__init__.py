"""Ce que l'étape montre dans le dossier, une démarche par module."""

from maillage.engager.panneaux.convenir import convenir
from maillage.engager.panneaux.lancer import lancer
from maillage.engager.panneaux.valider import valider

PAR_DEMARCHE = {
    "engager.lancer": lancer,
    "engager.convenir": convenir,
    "engager.valider": valider,
}

__all__ = ["PAR_DEMARCHE"]
