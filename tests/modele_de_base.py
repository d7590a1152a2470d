"""Une base migrée une fois, que chaque processus de test copie.

Migrer coûte une minute ; copier, une fraction de seconde. Le modèle garde
l'empreinte des migrations dans son nom : il n'est refait que si elles changent.
"""

import hashlib
import inspect
from contextlib import suppress
from pathlib import Path

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader

PREFIXE = "modele_tests_"
VERROU = 0x6D61696C  # numéro quelconque, le même pour tous les processus de test


def preparer() -> str:
    """Nom d'une base migrée, créée au besoin ; un seul processus à la fois s'en charge."""
    nom = PREFIXE + _empreinte()
    with connection._nodb_cursor() as curseur:  # type: ignore[attr-defined]
        curseur.execute("SELECT pg_advisory_lock(%s)", [VERROU])
        curseur.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIXE}%"])
        existants = {ligne[0] for ligne in curseur.fetchall()}
        if nom not in existants:
            _migrer(nom, curseur)
        for perime in existants - {nom}:
            with suppress(OperationalError):  # une autre version du code est en train de le copier
                curseur.execute(f'DROP DATABASE IF EXISTS "{perime}"')
        curseur.execute("SELECT pg_advisory_unlock(%s)", [VERROU])
    return nom


def _migrer(nom: str, curseur: CursorWrapper) -> None:
    """Migre sous un nom provisoire : une coupure ne laisse pas de modèle à moitié fait."""
    provisoire, habituelle = f"{nom}_neuf", connection.settings_dict["NAME"]
    curseur.execute(f'DROP DATABASE IF EXISTS "{provisoire}"')
    curseur.execute(f'CREATE DATABASE "{provisoire}"')
    connection.close()
    connection.settings_dict["NAME"] = provisoire
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = habituelle
    curseur.execute(f'ALTER DATABASE "{provisoire}" RENAME TO "{nom}"')


def _empreinte() -> str:
    somme = hashlib.sha256()
    for _, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        somme.update(Path(inspect.getfile(type(migration))).read_bytes())
    return somme.hexdigest()[:16]
