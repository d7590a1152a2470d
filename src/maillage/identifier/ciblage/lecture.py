"""Ce que montre une recherche : sa cascade, où sont les structures, les premières d'entre elles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from maillage.identifier.ciblage.calculs.cascade import (
    Cascade,
    additionner,
    cascader,
    inconnus,
    refusants,
)
from maillage.identifier.ciblage.compte import compte_de
from maillage.identifier.ciblage.places import Place, lire_places
from maillage.identifier.ciblage.sortes import SORTES, regles, sans_critere
from maillage.identifier.ciblage.vivier import (
    AU_REGISTRE,
    GARDEES,
    PAR_NOM,
    Vivier,
    compter_les_profils,
)
from maillage.identifier.models import CompteDuRegistre, RechercheDeCiblage
from maillage.socle.mots import compter, enumerer
from maillage.socle.quantites import ecrire_nombre
from maillage.territoires.models import Niveau

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

APERCU = 15


@dataclass(frozen=True, slots=True)
class Apercue:
    """Une structure retenue, telle que l'aperçu la montre ; `a_verifier` : ce que l'on ignore."""

    nom: str
    url: str
    lieu: str
    source: str
    a_verifier: str


@dataclass(frozen=True)
class Exploration:
    """Une recherche, lue maintenant pour cette personne ; chaque partie se lit à la demande."""

    recherche: RechercheDeCiblage
    utilisateur: Utilisateur
    par: str = ""

    @cached_property
    def vivier(self) -> Vivier:
        return Vivier(self.recherche, self.utilisateur)

    @cached_property
    def regroupement(self) -> str:
        """Par quoi regrouper les lieux : ce que l'on demande, sinon selon l'étendue cherchée."""
        if self.par:
            return self.par
        grands = {Niveau.PAYS, Niveau.REGION}
        niveaux = [Niveau(t.niveau) for t in self.vivier.territoires]
        large = len(niveaux) > 1 or not grands.isdisjoint(niveaux)
        return "departement" if large else "epci"

    @cached_property
    def trop_au_registre(self) -> bool:
        """Vrai si le registre a ici plus d'entrées qu'une page n'en juge (une requête)."""
        if not self.recherche.registre:
            return False
        return self.vivier.entrees_du_registre()[: AU_REGISTRE + 1].count() > AU_REGISTRE

    @cached_property
    def compte(self) -> CompteDuRegistre | None:
        """Ce qu'un travail a compté du registre, s'il est trop grand ici."""
        return compte_de(self.vivier) if self.trop_au_registre else None

    @property
    def registre_compte(self) -> bool:
        """Vrai si les nombres de la page comprennent le registre."""
        return self.recherche.registre and not (self.trop_au_registre and self.compte is None)

    def du_registre(self) -> Any:
        """Les entrées que l'on peut lire : toutes, ou les premières que le compte a retenues."""
        entrees = self.vivier.registre()
        if not self.trop_au_registre:
            return entrees
        return entrees.filter(numero__in=self.compte.premieres) if self.compte else entrees.none()

    @cached_property
    def comptes(self) -> list[tuple[str, int | None, int]]:
        """(profil, place, nombre), fiches et registre réunis, sauf ce qu'un travail a compté."""
        fiches = compter_les_profils(self.vivier.fiches(), self.regroupement)
        if self.trop_au_registre:
            return fiches
        return [*fiches, *compter_les_profils(self.vivier.registre(), self.regroupement)]

    @cached_property
    def cascade(self) -> Cascade:
        lus = ((profil, nombre) for profil, _, nombre in self.comptes)
        gardes = self.compte.profils.items() if self.compte else ()
        return cascader(regles(self.vivier.criteres), additionner(lus, gardes))

    @cached_property
    def places(self) -> list[Place]:
        """Combien de retenues par lieu, les plus nombreuses d'abord (une requête)."""
        posees = regles(self.vivier.criteres)
        retenues = (
            (lieu, nombre) for profil, lieu, nombre in self.comptes if not refusants(posees, profil)
        )
        return lire_places(additionner_lieux([*retenues, *self._gardes()]), self.regroupement)

    def _gardes(self) -> Iterable[tuple[int | None, int]]:
        """(place, nombre) de ce qu'un travail a retenu du registre."""
        gardes = self.compte.lieux[self.regroupement].items() if self.compte else ()
        return ((int(lieu) if lieu else None, nombre) for lieu, nombre in gardes)

    @cached_property
    def apercu(self) -> list[Apercue]:
        """Les premières retenues : vos structures d'abord, puis le registre (deux requêtes)."""
        fiches = self.vivier.retenues(self.vivier.fiches()).select_related("commune")
        vues = [self._fiche(f) for f in fiches.order_by(*PAR_NOM)[:APERCU]]
        entrees = self.vivier.retenues(self.du_registre().defer("mots", "objet"))
        lues = [self._entree(e) for e in entrees.order_by(*PAR_NOM)[:APERCU]]
        return [*vues, *lues][:APERCU]

    def _fiche(self, fiche: Any) -> Apercue:
        lieu = fiche.commune.nom if fiche.commune else ""
        verifier = a_verifier(self.vivier, fiche.profil)
        return Apercue(fiche.nom, fiche.get_absolute_url(), lieu, "votre annuaire", verifier)

    def _entree(self, entree: Any) -> Apercue:
        return Apercue(
            entree.nom, "", entree.lieu, entree.source, a_verifier(self.vivier, entree.profil)
        )

    @property
    def obstacle(self) -> str:
        """Pourquoi ce résultat ne peut pas se garder ; vide s'il le peut."""
        if not self.cascade.retenues:
            return "Aucune structure n’est retenue : il n’y aurait rien à garder."
        if self.cascade.retenues > GARDEES:
            return (
                f"Plus de {ecrire_nombre(GARDEES)} structures sont retenues : ajoutez un critère "
                "ou cherchez moins large, puis gardez le résultat."
            )
        return ""

    @property
    def phrase(self) -> str:
        """« Sur 412 structures regardées, 38 restent, dont 12 à vérifier. »"""
        vue = self.cascade
        if not vue.regardees:
            return "Aucune structure n’est encore regardée ici."
        verbe = "restent" if vue.retenues > 1 else "reste"
        verifier = f", dont {vue.a_verifier} à vérifier" if vue.a_verifier else ""
        return (
            f"Sur {compter(vue.regardees, 'structure regardée', 'structures regardées')}, "
            f"{ecrire_nombre(vue.retenues)} {verbe}{verifier}."
        )


def a_verifier(vivier: Vivier, profil: str) -> str:
    """« budget, postes » : les critères auxquels cette structure n'a pas de réponse connue."""
    codes = inconnus(regles(vivier.criteres), profil)
    return enumerer([SORTES[code].libelle.lower() for code in codes])


def a_verifier_soi_meme(mots: dict[str, str]) -> list[dict[str, str]]:
    """Les sous-items qui ne se calculent pas, et ce que l'agente y cherchera."""
    return [
        {"libelle": element.libelle, "mots": mots.get(element.code, "")}
        for element in sans_critere()
    ]


def additionner_lieux(lignes: Iterable[tuple[int | None, int]]) -> dict[int | None, int]:
    total: dict[int | None, int] = {}
    for lieu, nombre in lignes:
        total[lieu] = total.get(lieu, 0) + nombre
    return total
