"""Ce qu'une étape accroche à la page du dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.socle.slots import Slot

NON_DIT = "La source n’en dit rien."


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
    `interne` : réservé au DLA pilote. `vide` : rien n'y est encore écrit.
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
    vide: bool = False


# Une clé par démarche du cycle, ou « démarche/pièce » quand une pièce plus basse y ajoute les siens
# (les séances datées, dans confirmer.regler) ; cinq requêtes au plus pour tous ses panneaux.
PANNEAUX: Slot[[Ingenierie, Regard], Sequence[Panneau]] = Slot("ingenieries.panneaux", requetes=5)

# Gestes en tête du dossier, à un clic de toute démarche (la fiche de présentation).
GESTES: Slot[[Ingenierie, Regard], Geste | None] = Slot("ingenieries.gestes", requetes=0)


def panneaux_de(demarche: str, ingenierie: Ingenierie, regard: Regard) -> list[Panneau]:
    """Les panneaux d'une démarche que ce regard peut voir."""
    cles = [cle for cle in PANNEAUX.cles if cle.partition("/")[0] == demarche]
    tous = [p for cle in cles for p in PANNEAUX.pour(cle, ingenierie, regard) or ()]
    vus = [p for p in tous if regard.voit_interne or not p.interne]
    return [_d_apres_la_source(p) for p in vus] if ingenierie.tenue_d_une_source else vus


def _d_apres_la_source(panneau: Panneau) -> Panneau:
    """Une mission reprise d'une source n'a plus rien à faire : ce qui manque n'y est pas dit."""
    phrase = NON_DIT if panneau.vide else panneau.phrase
    return replace(panneau, phrase=phrase, manques=())
