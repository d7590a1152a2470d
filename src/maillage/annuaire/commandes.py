"""Ouvrir l'administration d'une instance neuve."""

from __future__ import annotations

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.annuaire import operations
from maillage.annuaire.models import Nature, Organisation, Personne, Role


@click.group(help=__doc__)
def groupe() -> None:
    """Commandes `maillage annuaire …`."""


@groupe.command("premier-compte")
@click.option("--courriel", required=True, help="Adresse de la personne qui administrera.")
@click.option("--nom", required=True, help="Son nom.")
@click.option("--prenom", default="", help="Son prénom.")
@click.option("--organisation", required=True, help="Nom de l'organisation qui tient l'instance.")
@click.password_option(
    "--mot-de-passe",
    envvar="MAILLAGE_MOT_DE_PASSE",
    prompt="Mot de passe",
    help="Demandé si rien ne le donne ; MAILLAGE_MOT_DE_PASSE le donne sans l'écrire ici.",
)
def premier_compte(
    courriel: str, nom: str, prenom: str, organisation: str, mot_de_passe: str
) -> None:
    """Crée l'organisation qui tient l'instance et le compte qui l'administre.

    Les autres comptes s'ouvrent ensuite depuis les pages de l'annuaire.
    """
    if Organisation.objects.exists():
        raise click.ClickException(
            "L'annuaire n'est pas vide : invitez la personne depuis la page de son organisation."
        )
    try:
        with transaction.atomic():
            tenante = operations.creer_organisation(
                Organisation(nom=organisation, natures=[Nature.NATIONAL]), par=None
            )
            rattachement = operations.inviter_et_rattacher(
                Personne(nom=nom, prenom=prenom, courriel=courriel),
                tenante,
                role=Role.ADMINISTRATEUR,
                par=None,
            )
            _donner_mot_de_passe(rattachement.personne, mot_de_passe)
    except ValidationError as erreur:
        raise click.ClickException(" ".join(erreur.messages)) from erreur
    click.echo(f"{courriel} administre l'instance et s'y connecte dès maintenant.")


def _donner_mot_de_passe(personne: Personne, mot_de_passe: str) -> None:
    compte = personne.compte
    assert compte is not None  # noqa: S101 - l'adresse est exigée
    validate_password(mot_de_passe, compte)
    compte.set_password(mot_de_passe)
    compte.save()
