"""Les réglages du produit et la page vide des mesures, pour un serveur que l'on mesure."""

from maillage.config.settings import *  # noqa: F403
from maillage.config.settings import STORAGES

DEBUG = False
ROOT_URLCONF = "maillage.config.mesurer.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
SECURE_SSL_REDIRECT = False
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
