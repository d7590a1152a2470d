"""Listes de la méthode, nommées pour que les migrations s'y réfèrent : un libellé peut changer."""

from maillage import methode


def canaux() -> list[tuple[str, str]]:
    """Comment une structure arrive au DLA."""
    return methode.choix("accueil.canaux")


def points_d_eligibilite() -> list[tuple[str, str]]:
    """Ce que l'on regarde avant d'accompagner."""
    return methode.choix("accueil.eligibilite")


def domaines() -> list[tuple[str, str]]:
    """Les domaines du diagnostic partagé, ceux des anciennes grilles à la suite."""
    grilles = sorted(methode.grilles_de_diagnostic().values(), key=lambda g: -g.version)
    libelles: dict[str, str] = {}
    for grille in grilles:
        for domaine in grille.domaines:
            libelles.setdefault(domaine.code, domaine.libelle)
    return list(libelles.items())


def destinataires() -> list[tuple[str, str]]:
    """Les catégories à qui une structure ouvre, ou non, ses diagnostics (règle 3)."""
    return methode.choix("diagnostic.destinataires")


def themes() -> list[tuple[str, str]]:
    """Les thèmes de besoin, second niveau."""
    return methode.choix("themes.themes")


def sortes_d_action() -> list[tuple[str, str]]:
    """Les cinq sortes d'action d'un parcours."""
    return methode.choix("parcours.sortes")


def natures_de_charge() -> list[tuple[str, str]]:
    """Ce sur quoi un opérateur et ses financeurs conviennent d'objectifs."""
    return methode.choix("charge.natures")
