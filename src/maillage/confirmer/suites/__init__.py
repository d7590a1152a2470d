"""D'un parcours à une mission : ouvrir l'individuelle, rejoindre une collective, et le lire."""
