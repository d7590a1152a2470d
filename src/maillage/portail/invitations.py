"""Ce que la mobilisation demande au portail : remettre à un contact le lien où il répondra."""

from __future__ import annotations

from maillage.annuaire.models import Organisation, Personne, Rattachement, Role
from maillage.confirmer.mobilisation.slots import Lettre, Remise
from maillage.portail import operations
from maillage.portail.courriel import adresse, envoyer
from maillage.portail.droits import peut_remettre
from maillage.portail.models import Remise as Voie
from maillage.socle.comptes import Utilisateur


def remettre(
    personne: Personne, structure: Organisation, lettre: Lettre | str, par: Utilisateur
) -> Remise:
    """Écrit à ce contact avec son lien ; un texte dit comment on le remet, et rend l'adresse.

    Un lien que le courriel n'a pas porté se referme. En main, il passe
    par l'agent : seul le DLA qui accompagne la structure y a droit.
    """
    tenus = Rattachement.objects.actifs().filter(
        personne=personne, organisation=structure, role=Role.STRUCTURE
    )
    if not tenus.exists():
        return Remise(refus=f"{personne} n’est plus contact de {structure.nom}.")
    if isinstance(lettre, str):
        decision = peut_remettre(par, structure)
        if not decision:
            return Remise(refus=f"{decision.raison} {decision.recours}".strip())
        _, jeton = operations.remettre(
            personne, structure, remise=Voie.MAIN, preuve=lettre, par=par
        )
        return Remise(adresse=adresse(jeton))
    page, jeton = operations.remettre(personne, structure, remise=Voie.COURRIEL, par=par)
    if envoyer(page, jeton, lettre):
        return Remise(partie=True)
    operations.fermer(personne, structure, par=par)
    return Remise()
