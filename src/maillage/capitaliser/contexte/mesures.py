"""Les chiffres d'une mission gardés en nombres, pour que deux fiches se comparent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from maillage.capitaliser.chiffres import chiffres_de
from maillage.capitaliser.contexte.lecture import Lu
from maillage.capitaliser.grille import Mesure
from maillage.confirmer.models import Atteint
from maillage.finaliser.models import NatureDeResultat
from maillage.socle.quantites import Quantite

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie

TOUJOURS = frozenset({f"structures.{Atteint.RETENUE}", "jours", "cout"})
"""Les trois chiffres que toute mission doit ; inconnus, ils le disent."""


def mesures(mission: Ingenierie, lu: Lu) -> tuple[Mesure, ...]:
    """Chaque chiffre connu et son nom ; l'inconnu n'y est que s'il est attendu de toutes."""
    chiffres = chiffres_de(mission, lu)
    return tuple(
        _mesure(code, libelle, chiffre, unite)
        for code, (libelle, unite) in NOMS.items()
        if (chiffre := chiffres.get(code)) and (chiffre.connue or code in TOUJOURS)
    )


def _mesure(code: str, libelle: str, chiffre: Quantite, unite: str) -> Mesure:
    dite = replace(chiffre, unite=unite)
    nombre = "" if dite.valeur is None else str(dite.valeur)
    return Mesure(code, libelle, nombre, dite.precision.value, dite.unite)


def _noms() -> Iterator[tuple[str, tuple[str, str]]]:
    """Le nom et l'unité de chaque chiffre, dans l'ordre où on les lit."""
    yield "dla.nombre", ("DLA de la mission", "")
    yield "partenaires.nombre", ("Partenaires engagés", "partenaire")
    yield "prestataires.nombre", ("Prestataires", "prestataire")
    for palier in Atteint:
        yield f"structures.{palier.value}", (f"Structures {palier.label}", "structure")
    yield "groupes.nombre", ("Groupes", "groupe")
    yield "jours", ("Journées d’intervention", "jour")
    yield "duree", ("Durée", "mois")
    yield "cout", ("Coût de la mission", "€")
    yield "seances.nombre", ("Séances", "séance")
    yield "seances.jours", ("Jours de séance", "jour")
    for nature in NatureDeResultat:
        nom = f"Résultats, {nature.label}"
        yield f"resultats.{nature.value}.nombre", (f"{nom} : nombre", "")
        yield f"resultats.{nature.value}.montant", (f"{nom} : montant", "€")
        yield f"resultats.{nature.value}.structures", (f"{nom} : structures", "structure")
        yield f"resultats.{nature.value}.delai", (f"{nom} : délai", "mois")


NOMS = dict(_noms())
