"""Les panneaux de l'étape « finaliser », un module par démarche."""

from maillage.finaliser.panneaux.evaluer import panneaux_evaluer
from maillage.finaliser.panneaux.realiser import panneau_calendrier, panneaux_realiser

__all__ = ["panneau_calendrier", "panneaux_evaluer", "panneaux_realiser"]
