"""Lire un fichier téléchargé, qui arrive en flux."""

from __future__ import annotations

from typing import Any


def contenu(reponse: Any) -> bytes:
    """Tous les octets d'une réponse en flux ; le client de test la referme une fois lue."""
    return b"".join(reponse.streaming_content)
