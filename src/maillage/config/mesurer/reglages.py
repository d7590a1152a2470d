"""Les réglages du produit, sur la base des mesures : pour un serveur à part, que l'on mesure."""

import os

from maillage.config.settings import *  # noqa: F403
from maillage.config.settings import DATABASES, STORAGES

DEBUG = False
ROOT_URLCONF = "maillage.config.mesurer.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
SECURE_SSL_REDIRECT = False
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
DATABASES["default"]["NAME"] = os.environ["MAILLAGE_BASE_DES_MESURES"]
