"""Verrou optimiste : deux personnes qui modifient le même objet ne perdent pas un mot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import transaction

from maillage.socle.modeles import ModeleSuivi

T = TypeVar("T", bound=ModeleSuivi)


@dataclass(frozen=True, slots=True)
class Difference:
    """Un champ que l'autre personne a changé, avant et après."""

    champ: str
    avant: str
    apres: str


class ConflitDeVersion(Exception):
    """L'objet a changé depuis l'ouverture du formulaire.

    `objet` est l'état enregistré, `differences` ce que l'autre personne a changé.
    """

    def __init__(self, objet: ModeleSuivi, differences: list[Difference]) -> None:
        super().__init__("Cette page a été modifiée entre-temps.")
        self.objet = objet
        self.differences = differences


def enregistrer(objet: T, *, version: int) -> T:
    """Enregistre `objet` si sa version en base est encore `version`, sinon lève `ConflitDeVersion`.

    L'objet porte déjà ses nouvelles valeurs ; ses contraintes doivent avoir été vérifiées.
    """
    with transaction.atomic():
        enregistre = type(objet)._default_manager.select_for_update().get(pk=objet.pk)
        if enregistre.version != version:
            raise ConflitDeVersion(enregistre, differences(enregistre, version))
        objet.version = version + 1
        objet.save()
    return objet


def differences(objet: ModeleSuivi, depuis: int) -> list[Difference]:
    """Ce qui a changé dans l'objet depuis la version `depuis`, lu dans son historique."""
    evenements: Any = apps.get_model(objet._meta.app_label, f"{type(objet).__name__}Event")
    ancien = (
        evenements.objects.filter(pgh_obj_id=objet.pk, version=depuis).order_by("-pgh_id").first()
    )
    if ancien is None:
        return []
    exclus = {"version", "modifie_le", "cree_le"}
    return [
        Difference(
            str(champ.verbose_name), _lisible(ancien, champ.name), _lisible(objet, champ.name)
        )
        for champ in objet._meta.concrete_fields
        if champ.name not in exclus
        and getattr(ancien, champ.attname) != getattr(objet, champ.attname)
    ]


def _lisible(objet: Any, champ: str) -> str:
    affichage = getattr(objet, f"get_{champ}_display", None)
    valeur = affichage() if affichage else getattr(objet, champ, None)
    return "vide" if valeur in (None, "") else str(valeur)
