"""Le dossier de données : base embarquée, clé secrète, fichiers déposés, statiques."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import platformdirs


def dossier_donnees() -> Path:
    """``MAILLAGE_DONNEES``, sinon un dossier de l'administrateur ou de l'utilisateur.

    Sous root, ce n'est jamais un dossier personnel : le compte qui exécute PostgreSQL
    doit pouvoir y entrer.
    """
    if choisi := os.environ.get("MAILLAGE_DONNEES"):
        return Path(choisi).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/maillage")
    return platformdirs.user_data_path("maillage")


def preparer(dossier: Path) -> Path:
    """Crée le dossier de données : traversable sous root (PostgreSQL y a un autre compte)."""
    if not dossier.is_dir():
        dossier.mkdir(parents=True, exist_ok=True)  # un autre processus a pu passer devant
        dossier.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return dossier


def cle_secrete(dossier: Path) -> str:
    """La clé de l'instance d'essai : tirée au premier usage, gardée lisible de nous seuls."""
    fichier = preparer(dossier) / "cle_secrete"
    if not fichier.exists():
        with NamedTemporaryFile("w", dir=dossier, encoding="ascii") as neuf:
            neuf.write(secrets.token_urlsafe(64))
            neuf.flush()
            with suppress(
                FileExistsError
            ):  # un autre processus a tiré la sienne : la même pour tous
                os.link(neuf.name, fichier)
    return fichier.read_text(encoding="ascii")
