"""Calculs purs du dossier."""
