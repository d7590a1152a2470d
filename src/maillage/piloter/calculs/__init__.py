"""Calculs purs du pilotage."""
