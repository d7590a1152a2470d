"""Nos mots, notre typographie : les textes du produit ne recopient pas les sources."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPOT = Path(__file__).resolve().parents[2]
SOURCES = DEPOT.parent / "shared" / "seeds"
DONNEES = DEPOT / "src" / "maillage" / "methode" / "donnees"
LONGUEUR = 8
INSECABLE = "\u00a0"

Suite = tuple[str, ...]


def mots(texte: str) -> list[str]:
    """Les mots d'un texte, sans casse, accents ni ponctuation ; l'élision sépare deux mots."""
    decompose = unicodedata.normalize("NFKD", texte.lower())
    lisse = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return re.findall(r"[a-z0-9]+", lisse)


def suites(texte: str) -> Iterator[Suite]:
    suite = mots(texte)
    return (tuple(suite[i : i + LONGUEUR]) for i in range(len(suite) - LONGUEUR + 1))


def _textes_yaml(donnee: Any) -> Iterator[str]:
    if isinstance(donnee, str):
        yield donnee
    elif isinstance(donnee, dict | list):
        for valeur in donnee.values() if isinstance(donnee, dict) else donnee:
            yield from _textes_yaml(valeur)


def textes(chemin: Path) -> Iterator[str]:
    """Les textes d'un fichier du produit, selon sa nature."""
    contenu = chemin.read_text(encoding="utf-8")
    match chemin.suffix:
        case ".yaml":
            yield from _textes_yaml(yaml.safe_load(contenu))
        case ".py":
            for noeud in ast.walk(ast.parse(contenu)):
                if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str):
                    yield noeud.value
        case ".html":
            yield contenu
            yield re.sub(r"<[^>]*>|{[%{#].*?[#}%]}", " ", contenu, flags=re.DOTALL)
        case _:
            yield contenu


def fichiers() -> list[Path]:
    motifs = [
        "src/maillage/**/*.yaml",
        "src/maillage/**/*.py",
        "src/maillage/**/*.html",
        "src/maillage/**/*.txt",
        "cas/**/*.yaml",
        "docs/**/*.md",
        "*.md",
    ]
    trouves = (chemin for motif in motifs for chemin in DEPOT.glob(motif))
    return [chemin for chemin in trouves if "vendor" not in chemin.parts]


@pytest.fixture(scope="module")
def suites_des_sources() -> dict[Suite, str]:
    """Toute suite de huit mots des sources, avec le fichier où elle se trouve."""
    if not SOURCES.is_dir():
        pytest.skip("les documents sources (../shared/seeds) ne sont pas à côté du dépôt")
    return {
        suite: chemin.name
        for chemin in sorted(SOURCES.glob("*.txt"))
        for suite in suites(chemin.read_text(encoding="utf-8"))
    }


def test_aucun_texte_du_produit_ne_recopie_huit_mots(suites_des_sources: dict[Suite, str]) -> None:
    copies = {
        f"{chemin.relative_to(DEPOT)} : « {' '.join(suite)} » ({suites_des_sources[suite]})"
        for chemin in fichiers()
        for texte in textes(chemin)
        for suite in suites(texte)
        if suite in suites_des_sources
    }
    assert not copies, "\n".join(sorted(copies))


def test_le_controle_voit_une_copie_deguisee(suites_des_sources: dict[Suite, str]) -> None:
    copie = "Ces PRECONISATIONS ont vocation, à s'adapter au «contexte» de chaque D.L.A."
    assert any(suite in suites_des_sources for suite in suites(copie.replace(".", "")))


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        ("a.yaml", "liste:\n  - libelle: un deux trois"),
        ("a.py", "def f():\n    '''un deux trois'''\n"),
        ("a.html", "<p title='x'>un <b>deux</b> {% if y %}trois</p>"),
        ("a.md", "# un **deux** trois"),
    ],
)
def test_les_textes_de_chaque_nature_sont_lus(tmp_path: Path, nom: str, contenu: str) -> None:
    chemin = tmp_path / nom
    chemin.write_text(contenu, encoding="utf-8")
    assert ["un", "deux", "trois"] in [mots(texte) for texte in textes(chemin)]


def test_la_methode_est_bien_parmi_les_textes_controles() -> None:
    assert set(DONNEES.rglob("*.yaml")) <= set(fichiers())


@pytest.mark.parametrize("chemin", sorted(DONNEES.rglob("*.yaml")), ids=lambda chemin: chemin.name)
def test_la_typographie_est_francaise(chemin: Path) -> None:
    for texte in textes(chemin):
        assert "'" not in texte, texte
        assert "..." not in texte, texte
        assert not re.search(rf"[^{INSECABLE}][?!;:»%]", texte), texte
        assert not re.search(rf"«[^{INSECABLE}]", texte), texte
