"""Comptes dont plusieurs pièces ont besoin dans leurs tests."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from playwright.sync_api import Page

from maillage.socle.models import Utilisateur


def avec_second_facteur(compte: Utilisateur) -> Utilisateur:
    """Active un second facteur : sans lui, qui administre l'instance ne va nulle part."""
    TOTP.activate(compte, generate_totp_secret())
    return compte


def connecte(compte: Utilisateur) -> Client:
    """Un client à part, déjà connecté."""
    client = Client()
    client.force_login(compte)
    return client


def ouvrir_une_session(onglet: Page, compte: Utilisateur, adresse: str) -> None:
    """Connecte un onglet sans formulaire : pour ce qui n'éprouve pas la connexion."""
    cle = connecte(compte).cookies["sessionid"].value
    onglet.context.add_cookies([{"name": "sessionid", "value": cle, "url": adresse}])
