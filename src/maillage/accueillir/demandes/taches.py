"""Ce que l'accueil dit à « Aujourd'hui » : les demandes qui attendent une réponse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

from maillage.accueillir.models import Demande, EtatDemande
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.lots import Lus
from maillage.socle.mots import abreger
from maillage.socle.taches import Colonne, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

AU_PLUS = 20


def lots(utilisateur: Utilisateur, _aujourdhui: date) -> dict[str, QuerySet[Any]]:
    """Celles dont je me charge, et celles dont personne ne se charge encore."""
    perimetre = perimetre_de(utilisateur)
    if not perimetre.operateurs:
        return {}
    miennes = Q(charge=perimetre.personne) | Q(charge=None)
    attendent = Demande.objects.filter(
        miennes, operateur__in=perimetre.operateurs, etat=EtatDemande.A_ETUDIER
    ).annotate(chez=F("structure__nom"))
    lues = attendent.only("recue_le", "paroles").order_by("recue_le", "cree_le")
    return {"demandes": lues[:AU_PLUS]}


def dire(lus: Lus, _utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """La plus ancienne d'abord."""
    return [
        Tache(
            Colonne.A_FAIRE,
            f"Étudier la demande : {demande.chez}",
            demande.get_absolute_url(),
            geste="Étudier",
            contexte=f"Reçue le {demande.recue_le:%d/%m/%Y}. {abreger(demande.paroles)}".strip(),
            poids=(aujourdhui - demande.recue_le).days,
        )
        for demande in lus.get("demandes", ())
    ]
