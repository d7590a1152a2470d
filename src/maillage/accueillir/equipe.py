"""L'équipe qui accueille : à quel DLA, et qui s'en charge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from maillage.annuaire.models import Organisation, Personne, Rattachement, Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.saisies import champ

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def equipe_de(utilisateur: Utilisateur, *, avec: Any = None) -> QuerySet[Personne]:
    """Les personnes qui accompagnent dans les mêmes DLA ; `avec` : une clé à garder en plus."""
    accompagnent = Rattachement.objects.actifs().filter(
        organisation__in=perimetre_de(utilisateur).operateurs, role__in=Role.d_operateur()
    )
    return Personne.objects.filter(
        Q(pk__in=accompagnent.order_by().values("personne")) | Q(pk=avec)
    )


def restreindre_a_l_equipe(formulaire: Any, utilisateur: Utilisateur) -> None:
    """Règle `operateur` et `charge` d'un formulaire : mes DLA, leur équipe, moi d'abord.

    Qui n'exerce que dans un DLA n'a pas à le dire ; ce qui est noté ne change pas de DLA.
    """
    instance = formulaire.instance
    nouveau = instance._state.adding
    champ(formulaire, "charge").queryset = equipe_de(utilisateur, avec=instance.charge_id)
    perimetre = perimetre_de(utilisateur)
    if nouveau and not formulaire.initial.get("charge"):
        formulaire.initial["charge"] = perimetre.personne
    if not nouveau or len(perimetre.operateurs) == 1:
        del formulaire.fields["operateur"]
        instance.operateur_id = instance.operateur_id or next(iter(perimetre.operateurs))
    else:
        permis = Organisation.objects.filter(pk__in=perimetre.operateurs)
        champ(formulaire, "operateur").queryset = permis
