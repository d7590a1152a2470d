"""Calculs purs de la capitalisation."""
