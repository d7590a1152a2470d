"""Le portefeuille : chaque structure suivie, sa dernière nouvelle, ce qui l'attend."""
