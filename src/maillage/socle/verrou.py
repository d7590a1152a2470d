"""Verrou optimiste : deux personnes qui modifient le même objet ne perdent pas un mot."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction

from maillage.socle.differences import Changement, Difference, decrire
from maillage.socle.modeles import ModeleSuivi

T = TypeVar("T", bound=ModeleSuivi)


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
    evenements: Any = type(objet).pgh_event_model  # type: ignore[attr-defined]
    ancien = (
        evenements.objects.filter(pgh_obj_id=objet.pk, version=depuis).order_by("-pgh_id").first()
    )
    if ancien is None:
        return []
    suivis = {champ.name for champ in evenements._meta.fields}
    return decrire(
        Changement(champ, getattr(ancien, champ.attname), getattr(objet, champ.attname))
        for champ in objet._meta.concrete_fields
        if champ.name in suivis
    )
