"""Ce que l'on fait pour confirmer : une transaction par fonction, une phrase au journal."""

from maillage.confirmer.operations.consultation import (
    changer_cahier,
    changer_consultation,
    consulter,
    decider,
    decliner,
    deposer,
    informer,
    noter,
    recevoir_offre,
    retirer_cahier,
    retirer_consultation,
    retirer_offre,
)
from maillage.confirmer.operations.mobilisation import (
    PalierChange,
    changer_palier,
    inviter,
    prevenir,
    reperer,
)

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
