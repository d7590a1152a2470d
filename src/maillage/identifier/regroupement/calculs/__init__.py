"""Calculs purs du regroupement : de besoins épars à des besoins partagés."""

from .groupes import Decisions, GroupePropose, regrouper
from .situer import Besoin, BesoinSitue, Situeur

__all__ = ["Besoin", "BesoinSitue", "Decisions", "GroupePropose", "Situeur", "regrouper"]
