"""Liens personnels : un jeton que l'on remet, dont Maillage ne garde que le condensat."""
