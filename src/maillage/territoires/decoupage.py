"""Lire le découpage administratif officiel : du JSON aux lignes de territoires, sans base.

Source : `@etalab/decoupage-administratif` (COG de l'INSEE, EPCI de la DGCL) et les centres des
communes portés par la pièce (`donnees/LISEZMOI.md`).
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage import socle
from maillage.territoires.models import Niveau

DOSSIER = Path(socle.__file__).parent / "static/vendor/decoupage"
CENTRES = Path(__file__).parent / "donnees/communes_centres.csv"
PAYS = (Niveau.PAYS.value, "FR")

Cle = tuple[str, str]


class DecoupageIllisible(Exception):
    """Un fichier manque ou se contredit ; le message dit lequel, et quel code."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un territoire lu. `contenants` : les clefs (niveau, code) de tout ce qui le contient."""

    niveau: str
    code: str
    nom: str
    contenants: tuple[Cle, ...]
    population: int | None = None
    longitude: float | None = None
    latitude: float | None = None

    @property
    def cle(self) -> Cle:
        return self.niveau, self.code

    def seul(self, niveau: str) -> Cle | None:
        """Son contenant de ce niveau, s'il n'en a qu'un (un EPCI à cheval en a plusieurs)."""
        cles = [cle for cle in self.contenants if cle[0] == niveau]
        return cles[0] if len(cles) == 1 else None


@dataclass(frozen=True, slots=True)
class Ancien:
    """Un code qui n'est plus (ou pas) celui d'une commune, et la commune qui le porte."""

    code: str
    nom: str
    commune: str


@dataclass(frozen=True, slots=True)
class Decoupage:
    """Tout le pays ; les contenants viennent avant ce qu'ils contiennent."""

    territoires: list[Ligne]
    anciens: list[Ancien]


def lire(dossier: Path = DOSSIER) -> Decoupage:
    """Lit les quatre fichiers et les centres. Lève `DecoupageIllisible`."""
    communes = lire_fichier("communes", dossier)
    actuelles = [c for c in communes if c["type"] == "commune-actuelle"]
    try:
        regions = [_region(r) for r in lire_fichier("regions", dossier)]
        departements = [_departement(d) for d in lire_fichier("departements", dossier)]
        epci = list(_epci(lire_fichier("epci", dossier), actuelles))
        lignes = [
            Ligne(*PAYS, "France", ()),
            *regions,
            *departements,
            *(ligne for ligne, _ in epci),
            *_communes(actuelles, {m: ligne.cle for ligne, membres in epci for m in membres}),
        ]
    except KeyError as erreur:
        raise DecoupageIllisible(f"Il manque {erreur} au découpage de {dossier}.") from erreur
    _verifier_contenants(lignes)
    return Decoupage(lignes, list(_anciens(communes, {c["code"] for c in actuelles})))


def lire_fichier(nom: str, dossier: Path = DOSSIER) -> list[dict[str, Any]]:
    """Un fichier officiel (`communes`, `epci`…) tel quel. Lève `DecoupageIllisible`."""
    chemin = dossier / f"{nom}.json.gz"
    try:
        lu: list[dict[str, Any]] = json.loads(gzip.decompress(chemin.read_bytes()))
    except (OSError, ValueError) as erreur:
        raise DecoupageIllisible(
            f"{chemin} manque ou n'est pas lisible. « make setup » le copie du paquet officiel."
        ) from erreur
    return lu


def _region(lu: dict[str, Any]) -> Ligne:
    return Ligne(Niveau.REGION.value, lu["code"], lu["nom"], (PAYS,))


def _departement(lu: dict[str, Any]) -> Ligne:
    region = (Niveau.REGION.value, lu["region"])
    return Ligne(Niveau.DEPARTEMENT.value, lu["code"], lu["nom"], (region, PAYS))


def _epci(
    lus: list[dict[str, Any]], communes: list[dict[str, Any]]
) -> Iterator[tuple[Ligne, list[str]]]:
    """Chaque EPCI avec les codes de ses membres ; ses contenants sont ceux de ses membres."""
    ou = {c["code"]: (c["departement"], c["region"]) for c in communes}
    for lu in lus:
        membres = [m["code"] for m in lu["membres"]]
        departements = sorted({ou[m][0] for m in membres})
        regions = sorted({ou[m][1] for m in membres})
        contenants = (
            *((Niveau.DEPARTEMENT.value, code) for code in departements),
            *((Niveau.REGION.value, code) for code in regions),
            PAYS,
        )
        population = lu.get("populationMunicipale")
        yield Ligne(Niveau.EPCI.value, lu["code"], lu["nom"], contenants, population), membres


def _communes(lues: list[dict[str, Any]], epci_de: dict[str, Cle]) -> Iterator[Ligne]:
    centres = _centres()
    for lue in lues:
        code = lue["code"]
        epci = epci_de.get(code)
        contenants = (
            *((epci,) if epci else ()),
            (Niveau.DEPARTEMENT.value, lue["departement"]),
            (Niveau.REGION.value, lue["region"]),
            PAYS,
        )
        longitude, latitude = centres.get(code, (None, None))
        yield Ligne(
            Niveau.COMMUNE.value,
            code,
            lue["nom"],
            contenants,
            lue.get("population"),
            longitude,
            latitude,
        )


def _centres() -> dict[str, tuple[float, float]]:
    with CENTRES.open(encoding="utf-8", newline="") as fichier:
        return {
            ligne["code_commune"]: (float(ligne["lon"]), float(ligne["lat"]))
            for ligne in csv.DictReader(fichier)
        }


def _anciens(communes: list[dict[str, Any]], actuels: set[str]) -> Iterator[Ancien]:
    """Communes associées, déléguées, arrondissements municipaux, puis codes sans nom gardé."""
    nommes: set[str] = set()
    for lue in communes:
        porteur = lue.get("chefLieu") or lue.get("commune")
        if lue["type"] != "commune-actuelle" and porteur in actuels:
            nommes.add(lue["code"])
            yield Ancien(lue["code"], lue["nom"], porteur)
    for lue in communes:
        if lue["type"] == "commune-actuelle":
            for code in lue.get("anciensCodes", ()):
                if code not in nommes:
                    yield Ancien(code, "", lue["code"])


def _verifier_contenants(lignes: list[Ligne]) -> None:
    connus = {ligne.cle for ligne in lignes}
    for ligne in lignes:
        for niveau, code in ligne.contenants:
            if (niveau, code) not in connus:
                raise DecoupageIllisible(
                    f"{ligne.niveau} {ligne.code} ({ligne.nom}) est dans {niveau} {code}, "
                    "que le découpage ne connaît pas."
                )
