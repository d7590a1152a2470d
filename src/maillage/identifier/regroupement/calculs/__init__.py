"""Calculs purs du regroupement : de besoins épars à des besoins partagés."""

from .decisions import Decisions
from .groupes import GroupePropose, regrouper
from .situer import Besoin, BesoinSitue, Situeur

__all__ = ["Besoin", "BesoinSitue", "Decisions", "GroupePropose", "Situeur", "regrouper"]
