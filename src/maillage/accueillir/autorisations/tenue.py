"""Tenir les autorisations d'une structure : qui parle pour elle, et ce qu'on lui montre.

Trois voies mènent aux mêmes gestes : un contact connecté, l'agent qui consigne, la page
personnelle. Une `Tenue` dit laquelle, et quels diagnostics on y voit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db.models import Q, QuerySet

from maillage import methode
from maillage.accueillir.models import (
    Autorisation,
    Diagnostic,
    ExceptionDAutorisation,
    Lecture,
    VoieDAutorisation,
)
from maillage.annuaire.models import Nature, Organisation
from maillage.socle.slots import Slot

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

LECTURES_MONTREES = 50

POSSIBLES: Slot[[Organisation], Q] = Slot("accueillir.destinataires_possibles", requetes=0)
"""Le filtre, sur les organisations, de celles que ses missions mettent à portée d'une structure."""


@dataclass(frozen=True, slots=True)
class Auteur:
    """Qui parle pour la structure, et comment : `compte` est vide sur la page personnelle.

    `preuve` : comment le DLA lui a remis son lien, s'il ne l'a pas reçu par courriel.
    """

    nom: str
    voie: VoieDAutorisation
    compte: Utilisateur | None = None
    preuve: str = ""

    @property
    def consigne(self) -> bool:
        """Un agent écrit ce que la structure a dit : il doit le montrer."""
        return self.voie == VoieDAutorisation.AGENT

    @property
    def passe_par_le_dla(self) -> bool:
        """Le DLA aurait pu le dire seul : la structure en est toujours prévenue."""
        return self.voie in VoieDAutorisation.du_dla()

    @property
    def reserve(self) -> str:
        """Ce qu'il faut savoir d'une réponse qui vient d'un lien remis par le DLA."""
        return f" ({self.voie.label})" if self.voie == VoieDAutorisation.REMISE else ""


@dataclass(frozen=True, slots=True)
class Constat:
    """Ce qu'un agent dit de ce qu'il consigne : qui l'a dit, et ce qui le montre."""

    par: str
    preuve: str = ""
    fichier: File[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Reponse:
    """Une catégorie de destinataires, et ce que la structure en a dit (rien : fermé)."""

    code: str
    libelle: str
    aide: str
    autorisation: Autorisation | None

    @property
    def dite(self) -> bool | None:
        """Oui, non, ou pas encore de réponse."""
        return self.autorisation.accordee if self.autorisation else None


@dataclass(frozen=True, slots=True)
class Tenue:
    """Les autorisations d'une structure, tenues par quelqu'un ; chaque méthode, une requête."""

    structure: Organisation
    diagnostics: QuerySet[Diagnostic]
    auteur: Auteur

    def reponses(self) -> list[Reponse]:
        """Les catégories de la méthode, dans l'ordre, chacune avec sa réponse."""
        return reponses_de(self.structure)

    def exceptions(self) -> QuerySet[ExceptionDAutorisation]:
        """Celles qui valent pour toute la structure, et pour les diagnostics vus ici."""
        return ExceptionDAutorisation.objects.filter(
            Q(diagnostic__isnull=True, structure=self.structure)
            | Q(diagnostic__in=self.diagnostics.order_by().values("pk")),
        ).select_related("diagnostic__operateur", "organisation", "piece")

    def peut_lever(self, exception: ExceptionDAutorisation) -> bool:
        """La structure, toutes ; ce qui passe par le DLA, ce qui était passé par lui."""
        return not self.auteur.passe_par_le_dla or exception.voie in VoieDAutorisation.du_dla()

    def lectures(self) -> QuerySet[Lecture]:
        """Les dernières lectures des diagnostics vus ici, la plus récente d'abord."""
        return Lecture.objects.filter(
            diagnostic__in=self.diagnostics.order_by().values("pk")
        ).select_related("diagnostic__operateur", "organisation")[:LECTURES_MONTREES]

    def possibles(self) -> QuerySet[Organisation]:
        """Les destinataires que l'on peut soustraire : ceux qui sont à portée, ou qui ont lu."""
        structure = self.structure
        a_portee = Q(natures__contains=[Nature.DLA_REGIONAL], territoires__in=structure.lieux) | Q(
            natures__contains=[Nature.CENTRE_RESSOURCES], secteur=structure.secteur or None
        )
        for filtre in POSSIBLES.tout(structure):
            a_portee |= filtre
        lues = Lecture.objects.filter(diagnostic__structure=structure)
        a_portee |= Q(pk__in=lues.order_by().values("organisation"))
        return Organisation.objects.filter(a_portee).exclude(pk=structure.pk).distinct()


def signature(reponses: Sequence[Reponse]) -> str:
    """Ce que l'on a lu avant de répondre, pour ne pas écraser ce qu'un autre vient de dire."""
    return " ".join(
        f"{r.code}:{r.autorisation.version}" for r in reponses if r.autorisation is not None
    )


def reponses_de(structure: Organisation) -> list[Reponse]:
    """Les catégories de la méthode, chacune avec ce que la structure en a dit ; une requête."""
    lues = Autorisation.objects.filter(structure=structure).select_related("piece")
    dites = {autorisation.categorie: autorisation for autorisation in lues}
    return [
        Reponse(d.code, d.libelle, d.aide, dites.get(d.code))
        for d in methode.diagnostic().destinataires
    ]
