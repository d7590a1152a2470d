"""Ce qui empêche d'importer un fichier."""


class FichierRefuse(Exception):
    """Le fichier ne peut pas être importé ; le message dit pourquoi et quoi faire."""
