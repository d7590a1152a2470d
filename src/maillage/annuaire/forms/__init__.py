"""Formulaires de l'annuaire."""
