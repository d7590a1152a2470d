"""Une mission qui s'engage, et ceux qui la regardent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.annuaire.models import Nature as NatureDOrganisation
from maillage.annuaire.models import Organisation, Role
from maillage.engager.models import (
    AttentesDePartenaire,
    Avis,
    Financement,
    LigneDeBudget,
    Partenariat,
)
from maillage.identifier.models import EtatProblematique, Problematique
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from maillage.socle.quantites import Precision, Quantite
from tests.fabriques import agent, organisation


def euros(valeur: int) -> Quantite:
    return Quantite(Decimal(valeur), Precision.EXACT, "€")


def financeur(nom: str) -> Organisation:
    return organisation(NatureDOrganisation.FINANCEUR, nom=nom)


def partenaire(dossier: Ingenierie, **champs: Any) -> Partenariat:
    """Un partenaire sollicité, avec la page de ses attentes."""
    champs.setdefault("organisation", financeur("Région"))
    champs.setdefault("famille", "financeurs")
    champs.setdefault("etat", "sollicite")
    attentes = champs.pop("attentes", {})
    cree = Partenariat.objects.create(ingenierie=dossier, **champs)
    AttentesDePartenaire.objects.create(ingenierie=dossier, partenariat=cree, **attentes)
    return cree


def depense(dossier: Ingenierie, montant: int | None = None, **champs: Any) -> LigneDeBudget:
    ligne = LigneDeBudget(
        ingenierie=dossier, **{"nature": "conseil", "libelle": "Conseil"} | champs
    )
    if montant is not None:
        ligne.montant = euros(montant)
    ligne.save()
    return ligne


def apport(dossier: Ingenierie, montant: int | None = None, **champs: Any) -> Financement:
    champs.setdefault("financeur", None)
    champs["financeur"] = champs["financeur"] or financeur("DDETS")
    recu = Financement(ingenierie=dossier, **{"etat": "accorde"} | champs)
    if montant is not None:
        recu.montant = euros(montant)
    recu.save()
    return recu


def avis(dossier: Ingenierie, **champs: Any) -> Avis:
    champs.setdefault("operateur", dossier.operateur)
    return Avis.objects.create(ingenierie=dossier, **champs)


def confirmee(dossier: Ingenierie) -> Problematique:
    """Une problématique confirmée à laquelle répond la mission."""
    creee = Problematique.objects.create(
        operateur=dossier.operateur, titre="Mécénat", etat=EtatProblematique.CONFIRMEE
    )
    creee.ingenieries.add(dossier)
    return creee


def membre_du_comite(de: Organisation) -> Utilisateur:
    return agent(de, Role.MEMBRE_COMITE)


def aujourdhui() -> Any:
    return timezone.localdate()
