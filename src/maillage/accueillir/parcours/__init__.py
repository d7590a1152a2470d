"""Le parcours d'accompagnement : ses actions, ses rencontres, son bilan."""
