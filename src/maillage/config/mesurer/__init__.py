"""Mesures de vitesse : des rapports pris dans une même exécution, jamais des secondes."""
