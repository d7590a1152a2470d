"""Ce qu'une étape accroche à la page du dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.socle.slots import Slot


@dataclass(frozen=True, slots=True)
class Geste:
    """Ce que l'on peut faire : un verbe et son adresse ; `genre` : celui du bouton, en tête."""

    libelle: str
    url: str
    genre: str = "principal"


@dataclass(frozen=True, slots=True)
class Panneau:
    """Un panneau : son état en une phrase, ce qui manque, et son contenu.

    `gabarit` reçoit `contexte` sous le nom `p`. `faits` : codes des faits de la méthode que les
    données constatent, chacun avec la phrase qui le dit (« Budget équilibré à 9 500 € »).
    `interne` : réservé au DLA pilote.
    """

    code: str
    titre: str
    phrase: str
    gabarit: str
    contexte: Mapping[str, Any] = field(default_factory=dict)
    manques: Sequence[str] = ()
    gestes: Sequence[Geste] = ()
    faits: Mapping[str, str] = field(default_factory=dict)
    interne: bool = False


# Une clé par démarche du cycle, ou « démarche/pièce » quand une pièce plus basse y ajoute les siens
# (les séances datées, dans confirmer.regler) ; cinq requêtes au plus pour tous ses panneaux.
PANNEAUX: Slot[[Ingenierie, Regard], Sequence[Panneau]] = Slot("ingenieries.panneaux", requetes=5)

# Gestes en tête du dossier, à un clic de toute démarche (la fiche de présentation).
GESTES: Slot[[Ingenierie, Regard], Geste | None] = Slot("ingenieries.gestes", requetes=0)


def panneaux_de(demarche: str, ingenierie: Ingenierie, regard: Regard) -> list[Panneau]:
    """Les panneaux d'une démarche que ce regard peut voir."""
    cles = [cle for cle in PANNEAUX.cles if cle.partition("/")[0] == demarche]
    tous = [p for cle in cles for p in PANNEAUX.pour(cle, ingenierie, regard) or ()]
    return [p for p in tous if regard.voit_interne or not p.interne]
