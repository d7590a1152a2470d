"""Calculs purs de l'étape « identifier »."""
