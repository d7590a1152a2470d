"""Calculs purs du ciblage : ni Django, ni base."""
