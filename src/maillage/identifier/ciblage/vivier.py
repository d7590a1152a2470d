"""Les structures que l'on regarde : fiches que la personne voit, entrées actives du registre.

Chaque source porte le `profil` de ses structures, une lettre par critère (`calculs.cascade`) :
compter, garder ou montrer se lit du même profil, si bien que la page et le résultat ne peuvent se
contredire.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, Func, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf

from maillage.annuaire.models import EntreeDuRegistre, Organisation
from maillage.annuaire.recherche.vocabulaire import Question, et, ou
from maillage.identifier.ciblage.calculs.cascade import INCONNU, OUI
from maillage.identifier.ciblage.sortes import Critere, lire
from maillage.identifier.ciblage.verdicts.communs import Lecteur
from maillage.identifier.models import RechercheDeCiblage

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

AU_REGISTRE = 20_000
"""Entrées du registre que l'on juge le temps d'une page ; au-delà, un travail les compte."""
GARDEES = 2_000
"""Structures que garde un résultat, au plus : au-delà, on n'en appellerait pas la moitié."""
PAR_NOM = (Lower("nom_normalise"), "pk")
"""L'ordre d'un index ferait parcourir le pays pour quelques lignes : on trouve, puis on trie."""
PLACES = {"departement": "commune__departement", "epci": "commune__epci"}
"""Par quoi la carte regroupe, et le chemin qui y mène."""


class _Profil(Func):
    """Les lettres bout à bout ; vide sans critère."""

    function = "concat"
    output_field = CharField()


@dataclass(frozen=True)
class Vivier:
    """Ce que regarde une recherche pour cette personne ; rien n'est lu avant d'être demandé."""

    recherche: RechercheDeCiblage
    utilisateur: Utilisateur

    @cached_property
    def criteres(self) -> tuple[Critere, ...]:
        return lire(self.recherche.criteres)

    @cached_property
    def lieux(self) -> list[int]:
        """Les territoires où l'on cherche (une requête)."""
        return [territoire.pk for territoire in self.territoires]

    @cached_property
    def territoires(self) -> list[Any]:
        return list(self.recherche.territoires.all())

    def fiches(self) -> QuerySet[Organisation]:
        """Les structures en service que voit la personne, là où l'on cherche ou sans lieu connu."""
        regardees = (
            Organisation.objects.visibles_par(self.utilisateur)
            .structures()
            .en_service()
            .filter(Q(lieux__overlap=self.lieux) | Q(lieux=[]))
        )
        cle = Coalesce(
            NullIf("rna", Value("")),
            NullIf("siren", Value("")),
            Func(F("pk"), template="%(expressions)s::text"),
            output_field=CharField(),
        )
        profilees = regardees.annotate(cle=cle, profil=self._profil("fiche"))
        return profilees if self.recherche.fiches else profilees.none()

    def entrees_du_registre(self) -> QuerySet[EntreeDuRegistre]:
        """Les entrées actives de ces lieux.

        Sans commune reconnue, une entrée n'est dans aucun lieu : on ne la cherche pas.
        """
        voulues = et(ou(f"dans:{pk}" for pk in self.lieux), "'etat:active'")
        return EntreeDuRegistre.objects.filter(mots=Question(voulues))

    def registre(self) -> QuerySet[EntreeDuRegistre]:
        """Les mêmes, sans celles dont la personne voit déjà la fiche.

        Par deux listes lues une fois : un `EXISTS` se relisait pour chaque entrée dès que
        PostgreSQL en attendait peu (dix secondes pour un département).
        """
        connues = Organisation.objects.visibles_par(self.utilisateur).order_by()
        profilees = (
            self.entrees_du_registre()
            .exclude(numero__in=connues.exclude(rna="").values("rna"))
            .exclude(siren__in=connues.exclude(siren="").values("siren"))
            .annotate(cle=F("numero"), profil=self._profil("registre"))
        )
        return profilees if self.recherche.registre else profilees.none()

    def retenues(self, source: QuerySet[Any]) -> QuerySet[Any]:
        """Celles qu'aucun critère ne refuse."""
        return source.filter(profil__regex=self._retenu)

    def ecartees(self, source: QuerySet[Any]) -> QuerySet[Any]:
        """Celles qu'un critère refuse, faute d'information ou non."""
        return source.exclude(profil__regex=self._retenu)

    @property
    def _retenu(self) -> str:
        """Les profils retenus : la règle de `cascade.Regle.retient`, en SQL."""
        lettres = (f"[{OUI}{INCONNU}]" if c.garder_inconnues else OUI for c in self.criteres)
        return f"^{''.join(lettres)}$"

    def _profil(self, source: str) -> Any:
        lecteur = Lecteur(self.utilisateur, self.recherche.operateur_id)
        lettres = [getattr(c.sorte, source)(c.valeur, lecteur) for c in self.criteres]
        return _Profil(Value(""), *lettres)


def compter_les_profils(source: QuerySet[Any], par: str) -> list[tuple[str, int | None, int]]:
    """(profil, place, nombre) de chaque couple présent, en une requête ; sans place, None."""
    place = PLACES[par]
    lignes = source.order_by().values_list("profil", place).annotate(nombre=Count("pk"))
    return [(profil, lieu, nombre) for profil, lieu, nombre in lignes]
