"""Calculs purs de l'étape « engager »."""
