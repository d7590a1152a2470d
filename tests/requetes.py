"""Compter ce qu'une page demande à la base."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def requetes(client: Client, adresse: str) -> int:
    """Nombre de requêtes SQL d'une page, mesuré à la seconde visite (gabarits en cache)."""
    client.get(adresse)
    with CaptureQueriesContext(connection) as captees:
        assert client.get(adresse).status_code == 200
    return len(captees)
