"""Pages de la fiche, de la bibliothèque, de la comparaison et de la reprise."""
