"""Calculs purs de la constitution de groupes, autour du moteur `confirmer.calculs.groupes`."""
