"""Ce qu'il faut avant de travailler : la base, Django, les tables, les fichiers statiques."""

import hashlib
import os

import django

from maillage.config.embarque import serveur


def base_embarquee() -> bool:
    """Sans ``DATABASE_URL``, la base est la nôtre : à nous de la démarrer."""
    return "DATABASE_URL" not in os.environ


def demarrer_base() -> bool:
    """Vrai si nous venons de démarrer la base embarquée."""
    return base_embarquee() and serveur().demarrer()


def preparer_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    django.setup()


def migrations_manquantes() -> set[tuple[str, str]]:
    """Celles que porte le programme et que la base n'a pas ; ne lit que la table des migrations."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    portees = MigrationLoader(None).disk_migrations
    return portees.keys() - MigrationRecorder(connection).applied_migrations().keys()


def collecter_statiques() -> bool:
    """Rassemble et compresse les fichiers statiques ; faux si rien n'a changé depuis."""
    from django.conf import settings
    from django.core.management import call_command

    temoin = settings.STATIC_ROOT / ".empreinte"
    empreinte = _empreinte_des_statiques()
    if temoin.exists() and temoin.read_text(encoding="ascii") == empreinte:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    temoin.write_text(empreinte, encoding="ascii")
    return True


def _empreinte_des_statiques() -> str:
    """Les fichiers, et leur rangement : avec et sans ``MAILLAGE_DEBUG``, il n'est pas le même."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    somme = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for chercheur in get_finders():
        for chemin, stockage in chercheur.list([]):
            date = stockage.get_modified_time(chemin).timestamp()
            somme.update(f"{chemin} {stockage.size(chemin)} {date}\n".encode())
    return somme.hexdigest()
