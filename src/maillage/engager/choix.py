"""Listes de la méthode, nommées pour que les migrations s'y réfèrent : un libellé peut changer."""

from maillage import methode


def familles_de_partenaires() -> list[tuple[str, str]]:
    """Les quatre familles de partenaires (S3, fiche 3)."""
    return methode.choix("partenaires.familles")


def attentes() -> list[tuple[str, str]]:
    """Les attentes usuelles de toutes les familles (S3, fiche 3)."""
    return [(a.code, a.libelle) for f in methode.partenaires().familles for a in f.attentes]


def objectifs() -> list[tuple[str, str]]:
    """Objectifs stratégiques puis opérationnels (S3, fiche 5)."""
    return methode.choix("objectifs.tous")


def familles_de_financement() -> list[tuple[str, str]]:
    """Les sept familles de financement complémentaire (S3, fiche 7)."""
    return methode.choix("financement.familles")
