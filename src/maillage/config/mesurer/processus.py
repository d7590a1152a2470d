"""Lancer un processus de Maillage sur la base des mesures."""

from __future__ import annotations

import os
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection


def environnement() -> dict[str, str]:
    """Celui de ce processus, où `DATABASE_URL` désigne la base ouverte ici."""
    base = connection.settings_dict
    compte = quote(str(base["USER"] or ""), safe="")
    if base["PASSWORD"]:
        compte += f":{quote(str(base['PASSWORD']), safe='')}"
    ou = {"host": base["HOST"], "port": base["PORT"], **base["OPTIONS"]}
    requete = urlencode({nom: valeur for nom, valeur in ou.items() if valeur})
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{compte}@/{base['NAME']}?{requete}",
        "MAILLAGE_CLE_SECRETE": settings.SECRET_KEY,
    }
