"""La dernière nouvelle d'une structure : chaque pièce dit les siennes, en annotation SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Greatest

from maillage.accueillir.models import Action, Demande, Diagnostic, Parcours, PointDeSuivi
from maillage.socle.agregats import agreger
from maillage.socle.slots import Slot

PREFIXE = "nouvelle_"


@dataclass(frozen=True, slots=True)
class Nouvelle:
    """Ce dont on a des nouvelles (« rencontre ») et, en SQL, le jour de la dernière.

    `expression` se lit sur l'organisation annotée, et rend une date ou rien.
    """

    libelle: str
    expression: Any


# Reçoit les opérateurs dont on lit le portefeuille : ce qu'un autre DLA a fait n'y paraît pas.
NOUVELLES: Slot[[frozenset[UUID]], Nouvelle] = Slot("accueillir.nouvelles", requetes=0)


def nouvelles(operateurs: frozenset[UUID]) -> dict[str, Nouvelle]:
    """Toutes les sources de nouvelles, par le nom de leur annotation."""
    ici = enumerate([*_de_l_accueil(operateurs), *NOUVELLES.tout(operateurs)])
    return {f"{PREFIXE}{rang}": nouvelle for rang, nouvelle in ici}


def derniere(sources: Iterable[str]) -> Greatest:
    """Le plus récent de ces jours ; PostgreSQL passe ceux qui manquent."""
    return Greatest(*sources)


def dire(structure: Any, sources: dict[str, Nouvelle]) -> tuple[str, date] | None:
    """De quoi date la dernière nouvelle : (« rencontre », le jour) ; None sans aucune."""
    jour = structure.derniere
    noms = (n.libelle for cle, n in sources.items() if getattr(structure, cle) == jour)
    return (next(noms), jour) if jour else None


def _de_l_accueil(operateurs: frozenset[UUID]) -> list[Nouvelle]:
    chez, du_parcours = {"operateur__in": operateurs}, {"parcours__operateur__in": operateurs}
    suivis = PointDeSuivi.objects.filter(**du_parcours)
    faites = Action.objects.filter(**du_parcours)
    return [
        Nouvelle("rencontre", agreger(suivis, Max("date"), par="parcours__structure")),
        Nouvelle("action faite", agreger(faites, Max("faite_le"), par="parcours__structure")),
        Nouvelle("parcours ouvert", _de(Parcours, "ouvert_le", chez)),
        Nouvelle("parcours clos", _de(Parcours, "clos_le", chez)),
        Nouvelle("diagnostic", _de(Diagnostic, "date", chez)),
        Nouvelle("demande", _de(Demande, "recue_le", chez)),
    ]


def _de(modele: Any, jour: str, chez: dict[str, Any]) -> Any:
    return agreger(modele.objects.filter(**chez), Max(jour), par="structure")
