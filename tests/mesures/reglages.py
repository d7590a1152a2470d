"""Réglages des mesures : ceux du produit, une page vide en plus, aucun contrôle de gabarit."""

from tests.reglages import *  # noqa: F403
from tests.reglages import TEMPLATES

ROOT_URLCONF = "maillage.config.mesurer.urls"
DEBUG = False
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
ALLOWED_HOSTS = ["testserver"]
