"""Listes de la méthode, nommées pour que les migrations s'y réfèrent : un libellé peut changer."""

from maillage import methode


def types_ingenierie() -> list[tuple[str, str]]:
    """Individuelle, réponse collective, solution produite avec (S3, fiche 2)."""
    return methode.choix("ingenieries.types")


def solutions() -> list[tuple[str, str]]:
    """Pour chacune, commune, ou les deux (S3, fiche 2)."""
    return methode.choix("ingenieries.solutions")


def formes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Les formes de travail, rangées sous leur type d'ingénierie (S3, fiche 2)."""
    return [
        (type_.libelle, [(forme.code, forme.libelle) for forme in type_.formes])
        for type_ in methode.ingenieries().types
        if type_.formes
    ]


def prestations() -> list[tuple[str, str]]:
    """Les types de prestation (S3, fiche 5)."""
    return methode.choix("prestations.types")


def registres() -> list[tuple[str, str]]:
    """Les quatre registres d'évaluation (S3, fiche 4/4)."""
    return methode.choix("evaluation.registres")


def facteurs() -> list[tuple[str, str]]:
    """Les six facteurs du profil d'un groupe (S3, fiche 3/4)."""
    return methode.choix("groupes.facteurs")


def criteres() -> list[tuple[str, str]]:
    """Les quatre critères de choix d'un prestataire (S3, fiche 3/4)."""
    return methode.choix("consultation.criteres")


def voies() -> list[tuple[str, str]]:
    """Les trois façons de former un groupe : entonnoir, ciblage, collectif constitué (S1)."""
    return methode.choix("groupes.methodes")


def raisons() -> list[tuple[str, str]]:
    """Pourquoi une structure ne vient pas, ou n'est pas retenue."""
    return methode.choix("groupes.raisons")
