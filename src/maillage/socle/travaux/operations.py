"""Lancer et relancer un travail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from maillage.socle.travaux.execution import executer
from maillage.socle.travaux.models import EtatTravail, Travail

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@transaction.atomic
def lancer(
    *,
    libelle: str,
    tache: str,
    parametres: Mapping[str, Any],
    par: Utilisateur | None,
    suite: str = "",
) -> Travail:
    """Demande un travail ; il partira si la transaction en cours est validée.

    `parametres` sont les arguments nommés de la tâche (JSON) ; `suite`, l'adresse où continuer.
    """
    travail = Travail.objects.create(
        libelle=libelle, tache=tache, parametres=dict(parametres), demande_par=par, suite=suite
    )
    executer.defer(travail_id=str(travail.pk))
    return travail


def rejoindre_ou_lancer(
    *, libelle: str, tache: str, parametres: Mapping[str, Any], par: Utilisateur, suite: str
) -> Travail:
    """Le même travail que cette personne a déjà demandé et qui n'est pas achevé, sinon un neuf."""
    siens = Travail.objects.inacheves().filter(
        demande_par=par, tache=tache, parametres=dict(parametres)
    )
    return siens.first() or lancer(
        libelle=libelle, tache=tache, parametres=parametres, par=par, suite=suite
    )


@transaction.atomic
def relancer(*, travail: Travail) -> None:
    """Remet en attente un travail échoué ; sans effet sur un autre."""
    remis = Travail.objects.filter(pk=travail.pk, etat=EtatTravail.ECHOUE).update(
        etat=EtatTravail.EN_ATTENTE, fait=0, total=0, message="", essai=F("essai") + 1
    )
    if remis:
        executer.defer(travail_id=str(travail.pk))
