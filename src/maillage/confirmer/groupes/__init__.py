"""Constituer des groupes : de la mission au moteur, et de sa réponse à la décision."""
