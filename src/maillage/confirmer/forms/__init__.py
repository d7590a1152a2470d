"""Formulaires de l'étape « confirmer »."""
