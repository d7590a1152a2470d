"""Comment une mission se présente, en tête de tout document qui en parle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.annuaire.models import Organisation
from maillage.annuaire.nomenclatures import SECTEURS
from maillage.socle.mots import compter
from maillage.territoires.models import Territoire
from maillage.territoires.perimetres import nommer

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie

SANS_NOM = "que la source ne nomme pas"


@dataclass(frozen=True, slots=True)
class Identite:
    """Qui a conduit la mission, où, quand, et d'où on le sait."""

    dla: str = ""
    dla_associes: tuple[str, ...] = ()
    nature: str = ""
    territoires: str = ""
    secteur: str = ""
    annee: str = ""
    etat: str = ""
    source: str = ""


def identite(
    ingenierie: Ingenierie, territoires: Iterable[Territoire], associes: Iterable[Organisation]
) -> Identite:
    """L'en-tête d'une mission ; `ingenierie.operateur` doit être lu."""
    lieux = list(territoires)
    return Identite(
        dla=_nom(ingenierie.operateur),
        dla_associes=_associes(list(associes)),
        nature=f"Ingénierie {ingenierie.get_nature_display()}",
        territoires=nommer(lieux) if lieux else "",
        secteur=SECTEURS.libelle(ingenierie.secteur)
        if ingenierie.secteur
        else "Secteur non précisé",
        annee=ingenierie.annee_lisible,
        etat=_etat(ingenierie),
        source=ingenierie.source,
    )


def _nom(dla: Organisation) -> str:
    return dla.nom if dla.nom_publie else f"un DLA {SANS_NOM}"


def _associes(dlas: list[Organisation]) -> tuple[str, ...]:
    """Les noms que l'on peut dire, puis le compte des autres."""
    noms = sorted(dla.nom for dla in dlas if dla.nom_publie)
    tus = len(dlas) - len(noms)
    autres = f"{compter(tus, 'autre DLA', 'autres DLA')} {SANS_NOM}"
    return (*noms, autres) if tus else tuple(noms)


def _etat(ingenierie: Ingenierie) -> str:
    """« Mission close » ; une mission arrêtée dit pourquoi : un échec s'écrit aussi (règle 8)."""
    raison = f" : {ingenierie.motif_de_fin.rstrip('. ')}" if ingenierie.motif_de_fin else ""
    return f"Mission {ingenierie.get_etat_display()}{raison}"
