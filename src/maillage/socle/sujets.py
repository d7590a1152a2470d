"""Registre des sujets : les modèles auxquels se rattachent journal, documents et notifications.

Le socle ne connaît aucun domaine. Une pièce inscrit ses sujets dans `AppConfig.ready()` et dit,
par ses propres droits, qui les voit, qui les modifie et qui lit ce qui est interne :

    inscrire(Ingenierie, peut_voir=droits.peut_voir, peut_modifier=droits.peut_modifier,
             peut_voir_interne=droits.peut_voir_interne)

Partout ailleurs, `sujet(type, id, utilisateur)` rend le sujet tel que cette personne le voit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404
from django.shortcuts import get_object_or_404

from maillage.socle.droits import Decision

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from maillage.socle.comptes import Utilisateur

M = TypeVar("M", bound="Model")


@dataclass(frozen=True, slots=True)
class Inscription:
    """Ce que la pièce d'un modèle dit de lui."""

    modele: type[Model]
    visibles_par: Callable[[Utilisateur], QuerySet[Any]]
    titre: Callable[[Any], str]
    url: Callable[[Any], str]
    peut_voir: Callable[[Utilisateur, Any], Decision]
    peut_modifier: Callable[[Utilisateur, Any], Decision]
    peut_voir_interne: Callable[[Utilisateur, Any], Decision]


_INSCRITS: dict[str, Inscription] = {}


def inscrire(
    modele: type[M],
    *,
    peut_voir: Callable[[Utilisateur, M], Decision],
    peut_modifier: Callable[[Utilisateur, M], Decision],
    peut_voir_interne: Callable[[Utilisateur, M], Decision],
    visibles_par: Callable[[Utilisateur], QuerySet[M]] | None = None,
    titre: Callable[[M], str] = str,
    url: Callable[[M], str] | None = None,
) -> None:
    """Fait d'un modèle un sujet ; inscrire deux fois remplace.

    Par défaut, `visibles_par` est celui du QuerySet du modèle et `url` son `get_absolute_url`.
    """
    objets: Any = modele._default_manager
    _INSCRITS[modele._meta.label_lower] = Inscription(
        modele,
        visibles_par or (lambda utilisateur: objets.visibles_par(utilisateur)),
        titre,
        url or (lambda objet: objet.get_absolute_url()),
        peut_voir,
        peut_modifier,
        peut_voir_interne,
    )


@dataclass(frozen=True)
class Sujet:
    """Un objet et la personne qui le regarde : ce qu'elle en voit, ce qu'elle peut y faire."""

    objet: Any
    utilisateur: Utilisateur
    inscription: Inscription

    @property
    def type(self) -> str:
        """Étiquette stable du modèle, par exemple « ingenieries.ingenierie »."""
        return self.inscription.modele._meta.label_lower

    @property
    def id(self) -> Any:
        return self.objet.pk

    @property
    def titre(self) -> str:
        return self.inscription.titre(self.objet)

    @property
    def url(self) -> str:
        return self.inscription.url(self.objet)

    @cached_property
    def pourquoi(self) -> str:
        """La phrase de « pourquoi je vois ce dossier »."""
        return self.inscription.peut_voir(self.utilisateur, self.objet).raison

    @cached_property
    def modifiable(self) -> Decision:
        return self.inscription.peut_modifier(self.utilisateur, self.objet)

    @cached_property
    def interne(self) -> Decision:
        """Si cette personne lit ce qui est interne au DLA."""
        return self.inscription.peut_voir_interne(self.utilisateur, self.objet)


def sujet(etiquette: str, cle: Any, utilisateur: Any) -> Sujet:
    """Le sujet visible par cette personne.

    Lève `Http404` si le modèle n'est pas un sujet, si l'objet n'existe pas ou s'il est hors de
    son périmètre : de l'extérieur, ces trois cas ne se distinguent pas.
    """
    inscription = _INSCRITS.get(etiquette)
    if inscription is None:
        raise Http404(f"« {etiquette} » n’est pas un sujet.")
    objet = get_object_or_404(inscription.visibles_par(utilisateur), pk=cle)
    return Sujet(objet, utilisateur, inscription)


def sujet_de(objet: Model, utilisateur: Any) -> Sujet:
    """Le même, pour un objet déjà lu dans le périmètre de cette personne (aucune requête)."""
    return Sujet(objet, utilisateur, _INSCRITS[objet._meta.label_lower])


def pourquoi(objet: Model, utilisateur: Any) -> str:
    """La phrase « pourquoi je vois ce dossier », au pied de la page d'un objet."""
    return sujet_de(objet, utilisateur).pourquoi
