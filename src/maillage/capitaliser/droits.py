"""Qui lit une fiche, qui la publie, qui pose un gabarit.

La fiche d'une mission suit les droits de la mission ; une fiche publiée est à toute personne
connectée, c'est ce que publier veut dire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.annuaire.models import Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.ingenieries.droits import regard
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from maillage.socle.comptes import Utilisateur

POURQUOI_PUBLIEE = "Cette fiche est publiée : toute personne connectée à Maillage peut la lire."


def peut_publier(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Le DLA pilote, mission close comprise : c'est souvent une fois finie qu'elle se raconte."""
    if regard(utilisateur, ingenierie).pilote:
        return permis("Votre DLA pilote cette mission.")
    return refuse(
        "Publier la fiche revient au DLA qui pilote la mission.", f"{ingenierie.operateur.nom}."
    )


def mes_operateurs(utilisateur: Utilisateur) -> QuerySet[Organisation]:
    """Les opérateurs dont cette personne peut changer le gabarit Word."""
    return Organisation.objects.filter(pk__in=perimetre_de(utilisateur).operateurs)


def peut_poser_un_gabarit(utilisateur: Utilisateur) -> Decision:
    if perimetre_de(utilisateur).operateurs:
        return permis("Vous exercez dans un DLA : vous choisissez la présentation de ses fiches.")
    return refuse(
        "Le gabarit Word d’un DLA est choisi par les personnes qui y exercent.",
        "Le ou la responsable de votre DLA.",
    )
