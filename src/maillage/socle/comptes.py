"""Compte de connexion, par adresse électronique."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower


class ComptesManager(BaseUserManager["Utilisateur"]):
    """Crée les comptes ; l'adresse est leur seul identifiant."""

    def create_user(self, courriel: str, password: str | None = None, **champs: Any) -> Utilisateur:
        if not courriel:
            raise ValueError("Un compte a besoin d'une adresse électronique.")
        compte = self.model(courriel=self.normalize_email(courriel), **champs)
        compte.set_password(password)
        compte.save(using=self._db)
        return compte

    def create_superuser(
        self, courriel: str, password: str | None = None, **champs: Any
    ) -> Utilisateur:
        return self.create_user(courriel, password, is_staff=True, is_superuser=True, **champs)

    def get_by_natural_key(self, username: str | None) -> Utilisateur:
        return self.get(courriel__iexact=username)


class Utilisateur(AbstractBaseUser, PermissionsMixin):
    """Une personne qui se connecte ; ce qu'elle peut vient de ses rattachements (annuaire)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    courriel = models.EmailField("adresse électronique", unique=True)
    nom_affiche = models.CharField("nom affiché", max_length=120, blank=True)
    resume_courriel = models.BooleanField("résumé quotidien par courriel", default=True)
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("administre l'instance", default=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS = []

    objects = ComptesManager()

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.UniqueConstraint(
                Lower("courriel"),
                name="compte_courriel_unique",
                violation_error_message="Un compte existe déjà avec cette adresse.",
            )
        ]

    def __str__(self) -> str:
        return self.nom_affiche or self.courriel

    @property
    def email(self) -> str:
        return self.courriel
