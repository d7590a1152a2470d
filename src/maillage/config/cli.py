"""La commande ``maillage``.

Codes de sortie : 0 réussi, 1 échec dit en une phrase, 2 commande mal écrite.
Les commandes d'une pièce sont dans ``maillage.<piece>.commandes`` (``groupe``, ou la liste
``commandes``), importées seulement si on les appelle.
"""

import ast
import importlib
import importlib.metadata
from pathlib import Path
from typing import Any

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from maillage.config import exploitation, francais, sauvegarde
from maillage.config.demonstration import demo
from maillage.config.embarque import ErreurEmbarque
from maillage.config.preparation import demarrer_base, preparer_django

SOURCES = Path(__file__).resolve().parent.parent
SANS_DJANGO = {"methode", "groupes"}
SANS_BASE = {"fabriquer"}


class Maillage(click.Group):
    """Nos commandes, puis un groupe par pièce qui a un module ``commandes``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *pieces_avec_commandes()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in pieces_avec_commandes():
            return super().get_command(ctx, cmd_name)
        if cmd_name in SANS_DJANGO:
            return _commandes_de(cmd_name)
        preparer_django()
        commande = _commandes_de(cmd_name)
        return commande if cmd_name in SANS_BASE else _avec_base(commande)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """L'aide générale lit les docstrings des pièces sans les importer."""
        aides = {nom: commande.get_short_help_str(100) for nom, commande in self.commands.items()}
        aides |= {piece: _resume(piece) for piece in pieces_avec_commandes()}
        with formatter.section(francais.MESSAGES["Commands"]):
            formatter.write_dl(list(aides.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (ErreurEmbarque, ImproperlyConfigured) as erreur:
            raise click.ClickException(str(erreur)) from erreur
        except OperationalError as erreur:
            raise click.ClickException(f"La base de données ne répond pas.\n{erreur}") from erreur


def pieces_avec_commandes() -> list[str]:
    return sorted(_modules())


def _modules() -> dict[str, Path]:
    """Par nom de dossier : ``territoires/commandes.py``, ``capitaliser/cas/commandes.py``."""
    return {chemin.parent.name: chemin for chemin in SOURCES.rglob("commandes.py")}


def _resume(piece: str) -> str:
    source = _modules()[piece].read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


def _commandes_de(piece: str) -> click.Command:
    chemin = _modules()[piece].relative_to(SOURCES).with_suffix("")
    module = importlib.import_module(f"maillage.{'.'.join(chemin.parts)}")
    if groupe := getattr(module, "groupe", None):
        return groupe
    return click.Group(piece, commands=module.commandes, help=module.__doc__)


def _avec_base(commande: click.Command) -> click.Command:
    """Démarre la base juste avant d'exécuter, jamais pour afficher une aide."""
    if isinstance(commande, click.Group):
        for sous_commande in commande.commands.values():
            _avec_base(sous_commande)
        return commande
    executer = commande.invoke

    def invoke(ctx: click.Context) -> Any:
        demarrer_base()
        return executer(ctx)

    commande.invoke = invoke  # type: ignore[method-assign]
    return commande


@click.group(cls=Maillage, context_settings={"max_content_width": 100})
@click.version_option(
    importlib.metadata.version("maillage"),
    message="Maillage %(version)s",
    help="Affiche la version.",
)
def racine() -> None:
    """Maillage : les ingénieries collectives du DLA, du premier besoin à l'expérience publiée."""


for commande in (
    demo,
    exploitation.servir,
    exploitation.travailler,
    exploitation.migrer,
    exploitation.gerer,
    exploitation.base,
    sauvegarde.sauvegarder,
    sauvegarde.restaurer,
):
    racine.add_command(commande)


def principal() -> None:
    """Point d'entrée du programme installé."""
    francais.parler_francais()
    racine(prog_name="maillage")
