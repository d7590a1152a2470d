"""Les journaux du serveur ne gardent pas un jeton : une adresse refusée s'y écrit en entier."""

from __future__ import annotations

import logging
import re

_JETON = re.compile(r"(/lien/)[^/\s\"'?]+")


class SansJeton(logging.Filter):
    """Remplace, dans ce qui s'écrit, le jeton d'une adresse de lien personnel."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/lien/" in message:
            record.msg, record.args = _JETON.sub(r"\1…", message), ()
        return True
