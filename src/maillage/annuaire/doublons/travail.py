"""Les recherches de doublons, en travaux : elles durent plus qu'une page."""

from __future__ import annotations

from maillage.annuaire.doublons.recherche import (
    chercher_dans_le_registre,
    chercher_dans_les_fiches,
)
from maillage.socle.mots import compter
from maillage.socle.travaux.registre import Progression, tache

FICHES, REGISTRE = "annuaire.doublons.fiches", "annuaire.doublons.registre"


@tache(FICHES)
def doublons_des_fiches(progression: Progression) -> str:
    """Compare les fiches entre elles ; recommencer ne double rien.

    Dit ce qui est fait sans compter : chacun n'en verra que ce que couvre son périmètre.
    """
    chercher_dans_les_fiches(progression.avancer)
    return "Les fiches sont comparées : la liste est à jour."


@tache(REGISTRE)
def doublons_du_registre(progression: Progression) -> str:
    """Compare entre elles les associations du registre ; recommencer ne double rien."""
    nombre = chercher_dans_le_registre(progression.avancer)
    return f"{compter(nombre, 'paire')} à revoir."
