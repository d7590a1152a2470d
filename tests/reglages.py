"""Réglages des tests : ceux du produit, dans un dossier de données propre à ce dépôt."""

import hashlib
import os
from pathlib import Path

from maillage.config.dossiers import dossier_donnees

_DEPOT = hashlib.sha256(str(Path(__file__).parent).encode()).hexdigest()[:8]
os.environ.setdefault("MAILLAGE_DONNEES", str(dossier_donnees() / f"tests-{_DEPOT}"))
os.environ.setdefault("MAILLAGE_CLE_SECRETE", "cle-des-tests-sans-valeur")

from maillage.config.settings import *  # noqa: E402, F403
from maillage.config.settings import STORAGES, TEMPLATES  # noqa: E402
from tests.gabarits import VariableInconnue  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True  # sert les statiques depuis les sources, sans collecte
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = VariableInconnue()
