"""Comptes dont plusieurs pièces ont besoin dans leurs tests."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from maillage.socle.models import Utilisateur


def avec_second_facteur(compte: Utilisateur) -> Utilisateur:
    """Active un second facteur : sans lui, qui administre l'instance ne va nulle part."""
    TOTP.activate(compte, generate_totp_secret())
    return compte
