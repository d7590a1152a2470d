"""Réglages de Maillage, lus dans l'environnement (tableau : docs/exploitation.md)."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from maillage.config import dossiers
from maillage.config.embarque import serveur

environ.Env.BOOLEAN_TRUE_STRINGS += ("oui",)
env = environ.Env()
RACINE = Path(__file__).resolve().parent.parent
DONNEES = dossiers.dossier_donnees()

# --- l'instance ------------------------------------------------------------------------

DEBUG = env.bool("MAILLAGE_DEBUG", default=False)
ADRESSE = env("MAILLAGE_ADRESSE", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = ADRESSE.startswith("https://")
EMBARQUE = "DATABASE_URL" not in env

if "MAILLAGE_CLE_SECRETE" in env:
    SECRET_KEY = env("MAILLAGE_CLE_SECRETE")
elif EMBARQUE:
    SECRET_KEY = dossiers.cle_secrete(DONNEES)
else:
    raise ImproperlyConfigured(
        "MAILLAGE_CLE_SECRETE manque : une instance qui a sa propre base (DATABASE_URL) "
        "a besoin d'une clé secrète longue, la même pour tous ses processus."
    )

ALLOWED_HOSTS = env.list(
    "MAILLAGE_HOTES", default=[urlsplit(ADRESSE).hostname, "localhost", "127.0.0.1"]
)

DATABASES = {"default": serveur().parametres() if EMBARQUE else env.db_url("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# Compiler une requête coûte ici plus que l'exécuter : aucune ne dure assez pour s'y retrouver.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
CACHES = {
    "default": env.cache_url("MAILLAGE_CACHE", default="locmemcache://maillage?max_entries=10000")
}

# --- les pièces ------------------------------------------------------------------------

PIECES = [
    "socle",
    "territoires",
    "annuaire",
    "accueillir",
    "ingenieries",
    "identifier",
    "engager",
    "confirmer",
    "finaliser",
    "capitaliser",
    "piloter",
    "portail",
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
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "maillage.config.protections.entetes",
    "maillage.config.protections.taille_limitee",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "maillage.config.protections.SecondFacteurDesAdministrateurs",
    "maillage.config.protections.EnvoisSimultanes",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "maillage.config.urls"
WSGI_APPLICATION = "maillage.config.wsgi.application"

# --- les gabarits ----------------------------------------------------------------------

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
                "maillage.piloter.navigation.navigation",
            ],
        },
    }
]

# --- les comptes -----------------------------------------------------------------------

AUTH_USER_MODEL = "socle.Utilisateur"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"django.contrib.auth.password_validation.{nom}",
        "OPTIONS": options,
    }
    for nom, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ["courriel", "nom_affiche"]}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

ACCOUNT_ADAPTER = "maillage.config.connexion.Comptes"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "courriel"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # les comptes sont ouverts par une personne qui les connaît
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Maillage] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Maillage"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- les protections -------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_HSTS_SECONDS = env.int("MAILLAGE_HSTS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("MAILLAGE_HSTS_SOUS_DOMAINES", default=False)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("MAILLAGE_MANDATAIRES", default=0)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CSRF_TRUSTED_ORIGINS = [ADRESSE]
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 7 * 24 * 3600

TAILLE_REQUETE = env.int("MAILLAGE_TAILLE_REQUETE", default=25 * 1024**2)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- les travaux longs -----------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "travaux"
PROCRASTINATE_IMPORT_PATHS = ["maillage.socle.travaux.execution"]

# --- les courriels ---------------------------------------------------------------------

vars().update(env.email_url("MAILLAGE_COURRIEL", default="consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env(
    "MAILLAGE_EXPEDITEUR", default=f"Maillage <maillage@{urlsplit(ADRESSE).hostname}>"
)

# --- la langue -------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
TIME_ZONE = "Europe/Paris"
USE_THOUSAND_SEPARATOR = True

# --- les fichiers ----------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DONNEES / "statiques"
MEDIA_ROOT = DONNEES / "fichiers"
DOSSIER_REGISTRE = env.path("MAILLAGE_REGISTRE", default=str(DONNEES / "registre"))
TAILLE_DOCUMENT = env.int("MAILLAGE_TAILLE_DOCUMENT", default=20 * 1024**2)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- les journaux ----------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "clair": {"format": "{asctime} {levelname:<7} {name} : {message}", "style": "{"},
    },
    "filters": {"sans_jeton": {"()": "maillage.socle.liens.journaux.SansJeton"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "clair",
            "filters": ["sans_jeton"],
        }
    },
    "root": {
        "handlers": ["console"],
        "level": env("MAILLAGE_JOURNAUX", default="INFO"),
    },
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "procrastinate.blueprints": {"level": "WARNING"},  # redit les tâches à chaque commande
        "procrastinate.periodic": {"level": "WARNING"},
    },
}
