"""Ce que chaque critère dit d'une structure, en SQL : oui, non, ou inconnu (`calculs.cascade`)."""
