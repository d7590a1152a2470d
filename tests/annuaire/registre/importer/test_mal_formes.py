"""Un fichier mal formé est refusé en français, et rien n'est écrit."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from maillage.annuaire.models import AssociationRNA, ImportDeRegistre, Registre
from maillage.annuaire.registre.importer.ouverture import ouvrir
from maillage.annuaire.registre.importer.refus import FichierRefuse
from maillage.territoires.models import Territoire
from tests.annuaire.registre.importer.fichiers import (
    UNITE,
    UNITES,
    WALDEC,
    associations,
    deposer,
    tableau,
    zipper,
)

BON = tableau(associations(40))
EN_TETE, _, LIGNES = BON.partition(b"\n")
MALFORMES: dict[str, tuple[bytes, str]] = {
    "vide": (b"", "vide"),
    "blanc": (b"\xef\xbb\xbf\r\n\r\n", "vide"),
    "en-tête seul": (EN_TETE + b"\n", "que son en-tête"),
    "sans en-tête": (LIGNES, "en-tête"),
    "en-tête inconnu": (b"nom;adresse\nA;B\n", "il manque"),
    "colonnes en moins": (tableau(associations(5), [c for c in WALDEC if c != "titre"]), "titre"),
    "colonne en double": (tableau(associations(5), [*WALDEC, "titre"]), "deux fois"),
    "fichier SIRENE": (tableau([UNITE], UNITES, separateur=","), "il manque"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(200), "image"),
    "PDF": (b"%PDF-1.7\n1 0 obj\n", "PDF"),
    "ancien Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Excel"),
    "gzip": (gzip.compress(BON), "gzip"),
    "UTF-16": (BON.decode("utf-8-sig").encode("utf-16"), "UTF-16"),
    "sauts de ligne d’un ancien Mac": (b"id;titre\r1;2\r", "en-tête"),
    "octets nuls en tête": (b"id;ti\0tre\n1;2\n", "octets nuls"),
    "octets nuls plus loin": (BON + b"\0" * 8 + b"\n", "octets nuls"),
    "guillemet jamais fermé": (BON + b'"W251999999";"jamais', "guillemet"),
    "coupé au milieu d'un champ": (BON[: len(BON) // 2].rsplit(b'";"', 1)[0], "guillemet"),
    "page web": (b"<!doctype html>\n<html><body>Erreur 404</body></html>\n", "en-tête"),
    "JSON": (b'[{"id": "W251000001", "titre": "AMICALE"}]\n', "en-tête"),
    "une seule ligne immense": (b"x" * 100_000, "pas d’en-tête"),
    "colonnes décalées": (
        EN_TETE + b"\n" + b"".join(b'"";' + ligne + b"\n" for ligne in LIGNES.splitlines()),
        "La plupart des lignes",
    ),
    "autres numéros": (tableau(associations(9)).replace(b"W251", b"X251"), "La plupart des lignes"),
}


def refuse(chemin: Path) -> str:
    with pytest.raises(FichierRefuse) as leve:
        ouvrir(chemin, Registre.RNA)
    assert not AssociationRNA.objects.exists()
    assert not ImportDeRegistre.objects.exists()
    return str(leve.value)


@pytest.mark.parametrize("cas", MALFORMES)
def test_un_csv_mal_forme_n_ecrit_rien(cas: str, tmp_path: Path, besancon: Territoire) -> None:
    contenu, phrase = MALFORMES[cas]
    assert phrase in refuse(deposer(tmp_path, contenu))


def _tronque(dossier: Path) -> Path:
    entier = zipper(dossier, {"a.csv": BON}).read_bytes()
    return deposer(dossier, entier[: len(entier) // 2], "rna.zip")


def _somme_fausse(dossier: Path) -> Path:
    chemin = dossier / "rna.zip"
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", BON)
    return deposer(dossier, chemin.read_bytes().replace(b"AMICALE 7", b"AMICALE 8"), "rna.zip")


def _comprime_abime(dossier: Path) -> Path:
    """Les octets comprimés ne veulent plus rien dire ; les répertoires du zip sont intacts."""
    octets = bytearray(zipper(dossier, {"a.csv": BON}).read_bytes())
    debut = octets.index(b"a.csv") + len(b"a.csv")
    octets[debut : debut + 40] = b"\xff" * 40
    return deposer(dossier, bytes(octets), "rna.zip")


def _chiffre(dossier: Path) -> Path:
    octets = bytearray(zipper(dossier, {"a.csv": BON}).read_bytes())
    octets[6] |= 1
    octets[octets.index(b"PK\x01\x02") + 8] |= 1
    return deposer(dossier, bytes(octets), "rna.zip")


def _bombe(dossier: Path) -> Path:
    return zipper(dossier, {"a.csv": EN_TETE + b"\n" + b"\n" * 40_000_000})


def _chemin(dossier: Path) -> Path:
    return zipper(dossier, {"../../etc/a.csv": BON})


def _sans_csv(dossier: Path) -> Path:
    interieur = io.BytesIO()
    with zipfile.ZipFile(interieur, "w") as archive:
        archive.writestr("a.csv", BON)
    return zipper(dossier, {"dedans.zip": interieur.getvalue(), "lisez-moi.txt": b"bonjour"})


def _un_mauvais(dossier: Path) -> Path:
    return zipper(dossier, {"a.csv": BON, "b.csv": BON + b'"jamais ferm'})


ZIPS: dict[Callable[[Path], Path], str] = {
    _tronque: "abîmé ou incomplet",
    _somme_fausse: "abîmé ou incomplet",
    _comprime_abime: "abîmé ou incomplet",
    _chiffre: "mot de passe",
    _bombe: "démesuré",
    _chemin: "sort de l’archive",
    _sans_csv: "aucun CSV",
    _un_mauvais: "b.csv",
}


@pytest.mark.parametrize("fabriquer", ZIPS, ids=lambda f: f.__name__)
def test_un_zip_mal_forme_n_ecrit_rien(
    fabriquer: Callable[[Path], Path], tmp_path: Path, besancon: Territoire
) -> None:
    assert ZIPS[fabriquer] in refuse(fabriquer(tmp_path))


def test_le_temoin_lui_est_recu(tmp_path: Path, besancon: Territoire) -> None:
    assert ouvrir(deposer(tmp_path, BON), Registre.RNA).total == 80
