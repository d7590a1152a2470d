"""Le périmètre d'une personne : ses rôles, où elle les tient, sur quoi ils portent.

Un compte d'administration technique n'en a pas : administrer l'instance n'ouvre aucun dossier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from maillage.annuaire.models.types import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from maillage.socle.comptes import Utilisateur

_RANG = {role: rang for rang, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Exercice:
    """Un rattachement actif ; `territoires` (ids) et `secteurs` (codes) sont ceux qui valent."""

    role: Role
    organisation: UUID
    nom_organisation: str
    fonction: str
    territoires: frozenset[int]
    secteurs: frozenset[str]

    @property
    def libelle(self) -> str:
        """« DLA du Doubs · chargée d’accompagnement »."""
        return f"{self.nom_organisation} · {self.fonction or self.role.label}"


@dataclass(frozen=True)
class Perimetre:
    """Les rattachements actifs d'une personne, cumulés ; vide pour qui n'en a pas."""

    personne: UUID | None = None
    exercices: tuple[Exercice, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.exercices)

    def tenus(self, roles: Iterable[str]) -> list[Exercice]:
        """Les exercices de l'un de ces rôles."""
        voulus = frozenset(roles)
        return [e for e in self.exercices if e.role in voulus]

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(e.role for e in self.exercices)

    @cached_property
    def organisations(self) -> frozenset[UUID]:
        """Toutes celles où la personne tient un rôle."""
        return frozenset(e.organisation for e in self.exercices)

    @cached_property
    def operateurs(self) -> frozenset[UUID]:
        """Les opérateurs où elle accompagne (chargé·e ou responsable)."""
        return frozenset(e.organisation for e in self.tenus(Role.d_operateur()))

    @cached_property
    def portefeuilles(self) -> frozenset[UUID]:
        """Les organisations dont elle tient le portefeuille (opérateurs et DLA régionaux)."""
        return frozenset(e.organisation for e in self.tenus(Role.territoriaux()))

    @cached_property
    def territoires(self) -> frozenset[int]:
        """Ceux où elle accompagne ou coordonne (chargé·e, responsable, DLA régional)."""
        return self._reunir("territoires", Role.territoriaux())

    @cached_property
    def secteurs(self) -> frozenset[str]:
        """Ceux de ses centres de ressources."""
        return self._reunir("secteurs", {Role.CENTRE_RESSOURCES})

    def _reunir(self, attribut: str, roles: Iterable[str]) -> frozenset[Any]:
        return frozenset().union(*(getattr(e, attribut) for e in self.tenus(roles)))

    @property
    def est_agent(self) -> bool:
        return not self.roles.isdisjoint(Role.d_agent())

    @property
    def est_administrateur(self) -> bool:
        return Role.ADMINISTRATEUR in self.roles

    @property
    def libelle(self) -> str:
        """Ce que dit l'en-tête : l'exercice principal, et combien d'autres."""
        if not self.exercices:
            return "sans rattachement"
        autres = len(self.exercices) - 1
        suite = f" (et {autres} autre{'s' if autres > 1 else ''})" if autres else ""
        return f"{self.exercices[0].libelle}{suite}"


VIDE = Perimetre()


def perimetre_de(utilisateur: Utilisateur | AnonymousUser) -> Perimetre:
    """Le périmètre d'un utilisateur : une requête SQL, une fois par instance d'utilisateur."""
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return VIDE
    garde: Any = utilisateur
    if not hasattr(garde, "_perimetre"):
        garde._perimetre = _lire(garde)
    perimetre: Perimetre = garde._perimetre
    return perimetre


def porteur(compte: UUID, perimetre: Perimetre) -> Utilisateur:
    """Un compte réduit à son périmètre : la question que l'on écrit pour lui n'en sait pas plus."""
    from maillage.socle.models import Utilisateur  # les modèles nous importent

    seul: Any = Utilisateur(pk=compte)
    seul._perimetre = perimetre
    utilisateur: Utilisateur = seul
    return utilisateur


def _lire(utilisateur: Utilisateur) -> Perimetre:
    from maillage.annuaire.models.personnes import Rattachement  # les modèles nous importent

    lignes = list(
        Rattachement.objects.actifs()
        .filter(personne__compte=utilisateur)
        .order_by()
        .values(
            "role",
            "personne",
            "personne__fonction",
            "organisation",
            "organisation__nom",
            "organisation__secteur",
            "secteurs",
            territoires_propres=_ids("territoires"),
            territoires_de_l_organisation=_ids("organisation__territoires"),
        )
    )
    exercices = sorted(map(_exercice, lignes), key=lambda e: (_RANG[e.role], e.nom_organisation))
    return Perimetre(lignes[0]["personne"] if lignes else None, tuple(exercices))


def _exercice(ligne: Any) -> Exercice:
    """Un rattachement lu ; sans territoire ni secteur propres, ceux de son organisation."""
    secteur = ligne["organisation__secteur"]
    return Exercice(
        role=Role(ligne["role"]),
        organisation=ligne["organisation"],
        nom_organisation=ligne["organisation__nom"],
        fonction=ligne["personne__fonction"],
        territoires=frozenset(
            ligne["territoires_propres"] or ligne["territoires_de_l_organisation"]
        ),
        secteurs=frozenset(ligne["secteurs"] or ([secteur] if secteur else [])),
    )


def _ids(relation: str) -> ArrayAgg:
    presents = Q(**{f"{relation}__isnull": False})
    return ArrayAgg(relation, filter=presents, distinct=True, default=Value([]))
