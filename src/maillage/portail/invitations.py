"""Ce que la mobilisation demande au portail : remettre à un contact le lien où il répondra."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from maillage.annuaire.models import Organisation, Personne, Rattachement, Role
from maillage.confirmer.mobilisation.slots import EnMain, Lettre, LienRemis
from maillage.confirmer.models import Invitation
from maillage.portail import operations
from maillage.portail.courriel import adresse
from maillage.portail.droits import peut_remettre
from maillage.portail.models import PagePersonnelle, Remise
from maillage.socle.comptes import Utilisateur


def remettre(
    personne: Personne, structure: Organisation, comment: Lettre | EnMain, par: Utilisateur
) -> LienRemis:
    """Écrit à ce contact avec son lien, ou rend l'adresse à lui remettre en main.

    En main, le lien passe par l'agent : seul le DLA qui accompagne la structure y a droit, et un
    autre n'apprend rien de ce contact.
    """
    if isinstance(comment, EnMain) and not (decision := peut_remettre(par, structure)):
        return LienRemis(refus=f"{decision.raison} {decision.recours}".strip())
    tenus = Rattachement.objects.actifs().filter(
        personne=personne, organisation=structure, role=Role.STRUCTURE
    )
    if not tenus.exists():
        return LienRemis(refus=f"{personne} n’est plus contact de {structure.nom}.")
    if isinstance(comment, Lettre):
        return LienRemis(partie=operations.envoyer(personne, structure, lettre=comment, par=par))
    _, jeton = operations.remettre(
        personne, structure, remise=Remise.MAIN, preuve=comment.preuve, par=par
    )
    return LienRemis(adresse=adresse(jeton))


def premieres_ouvertures(invitations: Collection[Invitation]) -> dict[UUID, datetime]:
    """Quand chaque contact a ouvert pour la première fois un lien remis depuis son invitation.

    Un lien qu'un autre agent lui a remis pour autre chose, avant elle, ne compte pas.
    """
    ouvertes = (
        PagePersonnelle.objects.filter(
            personne__in=[i.personne_id for i in invitations],
            structure__in=[i.participation.structure_id for i in invitations],
            lien__ouvert_le__isnull=False,
        )
        .order_by("lien__ouvert_le")
        .values_list("personne", "structure", "cree_le", "lien__ouvert_le")
    )
    passages = list(ouvertes)
    premieres: dict[UUID, datetime] = {}
    for invitation in invitations:
        contact = (invitation.personne_id, invitation.participation.structure_id)
        for personne, structure, remis_le, ouvert_le in passages:
            depuis = remis_le >= invitation.cree_le
            if (personne, structure) == contact and depuis and ouvert_le:
                premieres.setdefault(invitation.pk, ouvert_le)
    return premieres
