"""Listes de la méthode, nommées pour que les migrations s'y réfèrent : un libellé peut changer."""

from maillage import methode


def sources() -> list[tuple[str, str]]:
    """Les six sources d'un signal (S3, fiche 1/4)."""
    return methode.choix("signaux.sources")


def themes() -> list[tuple[str, str]]:
    """Les thèmes de besoin, second niveau."""
    return methode.choix("themes.themes")


def themes_par_famille() -> list[tuple[str, list[tuple[str, str]]]]:
    """Les thèmes, rangés sous leur famille."""
    return [
        (famille.libelle, [(t.code, t.libelle) for t in famille.themes])
        for famille in methode.themes().familles
    ]


def sous_items() -> list[tuple[str, str]]:
    """Ce que l'on regarde sous les cinq critères de ciblage (S3, fiche 4)."""
    return [(e.code, e.libelle) for c in methode.ciblage().criteres for e in c.elements]


def postures() -> list[tuple[str, str]]:
    """Les quatre postures du DLA (S1)."""
    return methode.choix("postures.postures")
