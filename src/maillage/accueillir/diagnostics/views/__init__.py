"""Pages du diagnostic : l'atelier du DLA, la relecture par la structure, la comparaison."""
