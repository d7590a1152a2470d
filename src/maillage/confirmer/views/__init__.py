"""Pages de l'étape « confirmer »."""
