"""Pages de l'étape « finaliser »."""
