"""Rappel et précision des doublons, sur des registres fabriqués qui n'ont servi à rien régler."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError

from maillage.annuaire.doublons.calculs.candidats import candidats
from maillage.annuaire.doublons.calculs.notices import Notice, Source, preparer
from maillage.annuaire.doublons.lecture import ARRONDISSEMENTS, rang_d_arrondissement
from maillage.annuaire.numeros import verifier_rna
from maillage.annuaire.registre.fabriquer.ecriture import fabriquer_rna
from maillage.config.mesurer.chiffres import Chiffre
from maillage.territoires.decoupage import lire_fichier

GRAINES = (11, 12, 13)
"""Les points ont été réglés sur les graines 1 à 3."""
AU_PLUS = 100_000
RAPPEL, PRECISION = 0.95, 0.90
_ADRESSE = (
    *("adrs_complement", "adrs_numvoie", "adrs_repetition", "adrs_typevoie", "adrs_libvoie"),
    "adrs_distrib",
)


def mesurer(lignes: int) -> dict[str, Chiffre]:
    """Le pire rappel et la pire précision de trois registres d'au plus 100 000 lignes."""
    mesures = [_mesurer(min(lignes, AU_PLUS), graine) for graine in GRAINES]
    return {
        "doublons vrais": Chiffre(sum(vrais for vrais, _, _ in mesures), "paires"),
        "rappel": Chiffre(min(r for _, r, _ in mesures), au_moins=RAPPEL),
        "précision": Chiffre(min(p for _, _, p in mesures), au_moins=PRECISION),
    }


def _mesurer(lignes: int, graine: int) -> tuple[int, float, float]:
    with TemporaryDirectory() as dossier:
        ecrit = fabriquer_rna(lignes, graine, Path(dossier))
        with ecrit.doublons.open(encoding="utf-8", newline="") as fichier:
            vraies = {_ordonner(p["numero_a"], p["numero_b"]) for p in csv.DictReader(fichier)}
        trouvees = {
            _ordonner(c.premiere, c.seconde)
            for notices in _departements(ecrit.archive)
            for c in candidats(notices)
        }
    justes = len(vraies & trouvees)
    return len(vraies), round(justes / len(vraies), 4), round(justes / len(trouvees), 4)


def _ordonner(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _departements(archive: Path) -> Iterator[list[Notice]]:
    """Les lignes recevables de chaque fichier, préparées comme celles du registre chargé."""
    with zipfile.ZipFile(archive) as ouverte:
        for nom in ouverte.namelist():
            texte = io.TextIOWrapper(ouverte.open(nom), "utf-8-sig", newline="")
            lues = csv.DictReader(texte, delimiter=";")
            yield [preparer(_source(ligne)) for ligne in lues if _recevable(ligne)]


def _recevable(ligne: dict[str, Any]) -> bool:
    try:
        verifier_rna(ligne["id"])
    except ValidationError:
        return False
    return ligne["maj_time"] is not None


def _source(ligne: dict[str, str]) -> Source:
    code = ligne["adrs_codeinsee"]
    commune, nom = _communes().get(code, (code, ""))
    grande = code.startswith(ARRONDISSEMENTS)
    siret = ligne["siret"] if len(ligne["siret"]) == 14 and ligne["siret"].isdigit() else ""
    return Source(
        cle=ligne["id"],
        nom=ligne["titre"],
        sigle=ligne["titre_court"],
        commune=code if grande else commune,
        departement=commune[:3] if commune.startswith("97") else commune[:2],
        commune_nom=f"{nom} {ligne['adrs_libcommune']} {rang_d_arrondissement(code)}",
        adresse=" ".join(filter(None, (ligne[c].strip("_ ") for c in _ADRESSE))),
        siren=siret[:9],
        siret=siret,
        site=ligne["siteweb"],
        objet=ligne["objet"],
        themes=tuple(ligne[c] for c in ("objet_social1", "objet_social2") if ligne[c] != "000000"),
        creee="" if ligne["date_creat"] == "0001-01-01" else ligne["date_creat"],
    )


@lru_cache(maxsize=1)
def _communes() -> dict[str, tuple[str, str]]:
    """Par code, présent ou ancien, la commune actuelle : son code et son nom."""
    lues = lire_fichier("communes")
    noms = {c["code"]: c["nom"] for c in lues if c["type"] == "commune-actuelle"}
    portees = {c["code"]: c.get("chefLieu") or c.get("commune") or c["code"] for c in lues}
    return {code: (porte, noms.get(porte, "")) for code, porte in portees.items()}
