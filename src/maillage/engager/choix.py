"""Listes de la méthode, nommées pour que les migrations s'y réfèrent : un libellé peut changer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from maillage import methode

if TYPE_CHECKING:
    from maillage.methode.notions.preparer import Objectif


class Niveau(models.TextChoices):
    """Les deux niveaux d'objectifs (S3, fiche 5)."""

    STRATEGIQUE = "strategique", "stratégique"
    OPERATIONNEL = "operationnel", "opérationnel"


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


def objectifs_par_niveau() -> list[tuple[Niveau, tuple[Objectif, ...]]]:
    """Les objectifs de la méthode, rangés sous leur niveau."""
    objectifs = methode.objectifs()
    return [
        (Niveau.STRATEGIQUE, objectifs.strategiques),
        (Niveau.OPERATIONNEL, objectifs.operationnels),
    ]


def niveau_de(code: str) -> Niveau | None:
    """Le niveau d'un objectif de la méthode ; None si ce n'en est pas un."""
    niveaux = (n for n, objectifs in objectifs_par_niveau() if code in {o.code for o in objectifs})
    return next(niveaux, None)
