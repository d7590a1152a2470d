"""Un résultat gardé, tel qu'il se relit : ce qui était demandé, ce qui a changé depuis l'autre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from maillage.annuaire.models import Organisation
from maillage.identifier.ciblage.calculs.cascade import Etape, inconnus
from maillage.identifier.ciblage.calculs.comparaison import Ecart, Mouvement, Tirage, comparer
from maillage.identifier.ciblage.sortes import SORTES, Critere, lire, regles
from maillage.identifier.models import ResultatDeCiblage, StructureCiblee
from maillage.socle.mots import citer, enumerer, minuscule

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

MOUVEMENTS = 25
"""Entrées et sorties nommées, de chaque sorte ; le nombre, lui, est entier."""


@dataclass(frozen=True, slots=True)
class Bouge:
    """Une structure entrée ou sortie, et pourquoi ; sans nom, elle est hors du périmètre."""

    nom: str
    raison: str


@dataclass(frozen=True)
class Releve:
    """Un résultat et celui d'avant, lus pour cette personne."""

    resultat: ResultatDeCiblage
    utilisateur: Utilisateur

    @cached_property
    def criteres(self) -> tuple[Critere, ...]:
        return lire(self.resultat.criteres["criteres"])

    @cached_property
    def etapes(self) -> list[tuple[Critere, Etape]]:
        """Chaque critère d'alors, et ce qu'il a fait."""
        poses = {critere.sorte.code: critere for critere in self.criteres}
        return [(poses[e["code"]], Etape(**e)) for e in self.resultat.etapes if e["code"] in poses]

    def visibles(self) -> Any:
        """Les lignes que la personne peut lire : le registre, et les fiches de son périmètre."""
        fiches = Organisation.objects.visibles_par(self.utilisateur).order_by().values("pk")
        publiques = Q(du_registre=True, organisation__isnull=True)
        return (
            StructureCiblee.objects.filter(resultat=self.resultat)
            .filter(publiques | Q(organisation__in=fiches))
            .select_related("organisation", "commune")
        )

    def a_verifier(self, profil: str) -> str:
        """« budget et postes » : ce que l'on ne savait pas de cette structure, ce jour-là."""
        codes = inconnus(regles(self.criteres), profil)
        return enumerer([minuscule(SORTES[code].libelle) for code in codes])

    @cached_property
    def precedent(self) -> ResultatDeCiblage | None:
        """Le résultat d'avant, de la même recherche (une requête)."""
        return (
            ResultatDeCiblage.objects.filter(
                recherche=self.resultat.recherche_id, le__lt=self.resultat.le
            )
            .order_by("-le")
            .first()
        )

    @cached_property
    def _lignes(self) -> dict[Any, list[StructureCiblee]]:
        """Les lignes des deux résultats (une requête)."""
        avant = self.precedent
        lignes: dict[Any, list[StructureCiblee]] = {self.resultat.pk: []}
        if avant:
            lignes[avant.pk] = []
        for ligne in StructureCiblee.objects.filter(resultat__in=lignes).order_by("nom", "pk"):
            lignes[ligne.resultat_id].append(ligne)
        return lignes

    @cached_property
    def ecart(self) -> Ecart | None:
        """Ce qui distingue ce résultat du précédent ; rien si c'est le premier."""
        if self.precedent is None:
            return None
        return comparer(self._tirage(self.precedent), self._tirage(self.resultat))

    @cached_property
    def entrees(self) -> list[Bouge]:
        return self._dire(self.ecart.entrees, self.resultat, _entree) if self.ecart else []

    @cached_property
    def sorties(self) -> list[Bouge]:
        if not (self.ecart and self.precedent):
            return []
        return self._dire(self.ecart.sorties, self.precedent, _sortie)

    @property
    def changements(self) -> list[str]:
        """Ce que l'on a changé à la recherche entre les deux : le reste vient des structures."""
        if not (self.ecart and self.precedent):
            return []
        avant, apres = (
            {c.sorte.code: c for c in lire(r.criteres["criteres"])}
            for r in (self.precedent, self.resultat)
        )
        cadre = ["on ne cherche plus au même endroit"] if self.ecart.cadre_change else []
        return [*cadre, *(_changement(code, avant, apres) for code in self.ecart.changes)]

    def _tirage(self, resultat: ResultatDeCiblage) -> Tirage:
        demande = resultat.criteres
        return Tirage(
            regles=regles(lire(demande["criteres"])),
            criteres=demande["criteres"],
            retenues={ligne.cle: ligne.profil for ligne in self._lignes[resultat.pk]},
            ecartees=resultat.ecartees,
            cadre=[demande["lieux"], demande["fiches"], demande["registre"]],
        )

    def _dire(
        self, mouvements: Sequence[Mouvement], ou: ResultatDeCiblage, dire: Any
    ) -> list[Bouge]:
        """Les premiers mouvements, nommés si la personne voit la structure."""
        lignes = {ligne.cle: ligne for ligne in self._lignes[ou.pk]}
        montres = [lignes[m.cle] for m in mouvements[:MOUVEMENTS]]
        vues = self._vues
        return [
            Bouge(ligne.nom if _visible(ligne, vues) else "", dire(mouvement))
            for ligne, mouvement in zip(montres, mouvements, strict=False)
        ]

    @cached_property
    def _vues(self) -> frozenset[Any]:
        """Les fiches visibles parmi celles qui bougent (une requête)."""
        lues = (ligne for lignes in self._lignes.values() for ligne in lignes)
        ids = {ligne.organisation_id for ligne in lues if ligne.organisation_id}
        fiches = Organisation.objects.visibles_par(self.utilisateur).filter(pk__in=ids)
        return frozenset(fiches.order_by().values_list("pk", flat=True))


def _visible(ligne: StructureCiblee, vues: frozenset[Any]) -> bool:
    if ligne.organisation_id is None:
        return ligne.du_registre
    return ligne.organisation_id in vues


def _entree(mouvement: Mouvement) -> str:
    if not mouvement.regardee:
        return "elle n’était pas parmi les structures regardées"
    return f"elle était écartée : {_refus(mouvement)}"


def _sortie(mouvement: Mouvement) -> str:
    if not mouvement.regardee:
        return "elle n’est plus parmi les structures regardées"
    return f"désormais écartée : {_refus(mouvement)}"


def _refus(mouvement: Mouvement) -> str:
    """« secteurs ; budget, faute d'information »."""
    return " ; ".join(
        f"{minuscule(SORTES[code].libelle)}{', faute d’information' if tu else ''}"
        for code, tu in mouvement.criteres
        if code in SORTES
    )


def _changement(code: str, avant: Mapping[str, Critere], apres: Mapping[str, Critere]) -> str:
    nom = citer(SORTES[code].libelle if code in SORTES else code)
    if code not in avant:
        return f"{nom} est ajouté"
    if code not in apres:
        return f"{nom} est retiré"
    if avant[code].valeur == apres[code].valeur:
        sens = "gardées" if apres[code].garder_inconnues else "écartées"
        return f"{nom} : les inconnues sont désormais {sens}"
    return f"{nom} est devenu {citer(apres[code].phrase)}"
