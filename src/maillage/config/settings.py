"""Réglages de Maillage, lus dans l'environnement (tableau : docs/exploitation.md)."""

from pathlib import Path

import environ

env = environ.Env()
RACINE = Path(__file__).resolve().parent.parent

DEBUG = env.bool("MAILLAGE_DEBUG", default=False)
SECRET_KEY = env("MAILLAGE_CLE_SECRETE", default="essai-local-sans-valeur")
ALLOWED_HOSTS = env.list("MAILLAGE_HOTES", default=["localhost", "127.0.0.1"])

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql:///maillage")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False

PIECES = [
    "socle",
    "territoires",
    "annuaire",
    "ingenieries",
    "identifier",
    "engager",
    "confirmer",
    "finaliser",
    "capitaliser",
    "piloter",
]

INSTALLED_APPS = [
    *(f"maillage.{piece}" for piece in PIECES),
    "django_cotton.apps.SimpleAppConfig",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "maillage.config.urls"
WSGI_APPLICATION = "maillage.config.wsgi.application"
AUTH_USER_MODEL = "socle.Utilisateur"
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

_CHARGEURS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", _CHARGEURS)],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = None

STATIC_URL = "static/"
STATIC_ROOT = env.path("MAILLAGE_STATIQUES", default=RACINE.parent.parent / ".maillage/static")
