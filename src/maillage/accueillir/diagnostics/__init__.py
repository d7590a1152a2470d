"""Le diagnostic partagé : l’écrire par domaine, le faire valider, le comparer, le rendre."""
