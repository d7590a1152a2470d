"""Pages de l'étape « identifier »."""
