"""``python -m maillage.config`` : la commande ``maillage`` sans son script."""

from maillage.config.cli import principal

principal()
