"""Ce que l'on fait pour confirmer : une transaction par fonction, une phrase au journal."""

from maillage.confirmer.operations.cahier import changer_cahier, retirer_cahier
from maillage.confirmer.operations.consultation import (
    changer_consultation,
    consulter,
    decider,
    informer,
    noter,
    retirer_consultation,
)
from maillage.confirmer.operations.mobilisation import (
    PalierChange,
    changer_palier,
    inviter,
    prevenir,
    reperer,
)
from maillage.confirmer.operations.offres import decliner, deposer, recevoir_offre, retirer_offre

__all__ = [
    "PalierChange",
    "changer_cahier",
    "changer_consultation",
    "changer_palier",
    "consulter",
    "decider",
    "decliner",
    "deposer",
    "informer",
    "inviter",
    "noter",
    "prevenir",
    "recevoir_offre",
    "reperer",
    "retirer_cahier",
    "retirer_consultation",
    "retirer_offre",
]
