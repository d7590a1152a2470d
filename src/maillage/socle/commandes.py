"""Services communs : résumés par courriel."""

import click

from maillage.socle.envois.resume import resumer


@click.command("resumer")
def resumer_maintenant() -> None:
    """Envoie maintenant les résumés par courriel, sans répéter ceux déjà partis."""
    click.echo(f"Résumés envoyés : {resumer()}.")


commandes = [resumer_maintenant]
