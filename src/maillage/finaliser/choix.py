"""Listes de la méthode, nommées pour que les migrations s'y réfèrent : un libellé peut changer."""

from maillage import methode


def publics() -> list[tuple[str, str]]:
    """Les six voix de la matrice (S3, fiche 6)."""
    return methode.choix("resultats.publics")


def questions() -> list[tuple[str, str]]:
    """Les trente questions de la matrice (S3, fiche 6)."""
    return methode.choix("resultats.questions")


def groupes() -> list[tuple[str, str]]:
    """Les huit groupes de questions (S3, fiche 6)."""
    return methode.choix("resultats.groupes")


def registres() -> list[tuple[str, str]]:
    """Les quatre registres d'évaluation (S3, fiche 4/4)."""
    return methode.choix("evaluation.registres")
