"""Les panneaux de l'étape « confirmer », un module par démarche."""

from maillage.confirmer.panneaux.etablir import panneaux_etablir
from maillage.confirmer.panneaux.mobiliser import panneaux_mobiliser
from maillage.confirmer.panneaux.regler import panneaux_regler

__all__ = ["panneaux_etablir", "panneaux_mobiliser", "panneaux_regler"]
