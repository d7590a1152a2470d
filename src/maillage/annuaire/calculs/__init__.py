"""Calculs purs de l'annuaire."""
