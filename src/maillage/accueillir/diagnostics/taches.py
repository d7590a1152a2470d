"""Ce que les diagnostics disent à « Aujourd'hui » : à finir, à corriger, à valider."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from maillage.accueillir.models import Diagnostic, EtatDiagnostic
from maillage.annuaire.models import Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.lots import Lus
from maillage.socle.taches import Colonne, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

AU_PLUS = 20


def lots(utilisateur: Utilisateur, _aujourdhui: date) -> dict[str, QuerySet[Any]]:
    """Ceux que je mène ou que personne ne mène, et ceux soumis à ma structure."""
    perimetre, siennes = perimetre_de(utilisateur), _mes_structures(utilisateur)
    if not (perimetre.operateurs or siennes):
        return {}
    menes = Q(operateur__in=perimetre.operateurs) & (Q(charge=perimetre.personne) | Q(charge=None))
    a_relire = Q(structure__in=siennes, etat=EtatDiagnostic.A_VALIDER)
    ouverts = (
        Diagnostic.objects.filter(menes | a_relire)
        .exclude(etat=EtatDiagnostic.VALIDE)
        .annotate(chez=F("structure__nom"), dla=F("operateur__nom"))
    )
    lus = ouverts.only("structure", "date", "etat", "remarques", "soumis_le")
    return {"diagnostics": lus.order_by("date", "cree_le")[:AU_PLUS]}


def dire(lus: Lus, utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Le plus ancien d'abord ; à la structure, ce qu'elle a à relire."""
    siennes = _mes_structures(utilisateur)
    return [
        _dire(d, aujourdhui, relit=d.structure_id in siennes) for d in lus.get("diagnostics", ())
    ]


def _mes_structures(utilisateur: Utilisateur) -> set[UUID]:
    return {e.organisation for e in perimetre_de(utilisateur).tenus({Role.STRUCTURE})}


def _dire(diagnostic: Any, aujourdhui: date, *, relit: bool) -> Tache:
    titre, geste, contexte = _relire(diagnostic) if relit else _mener(diagnostic)
    return Tache(
        Colonne.A_FAIRE,
        titre,
        diagnostic.get_absolute_url(),
        geste=geste,
        contexte=contexte,
        poids=(aujourdhui - diagnostic.date).days,
    )


def _relire(diagnostic: Any) -> tuple[str, str, str]:
    return (
        f"Relire le diagnostic : {diagnostic.chez}",
        "Lire et répondre",
        f"{diagnostic.dla} vous l’a soumis{_le(diagnostic)}",
    )


def _mener(diagnostic: Any) -> tuple[str, str, str]:
    """Ce que l'agent a à faire, dans les mots de l'état où il est."""
    structure = diagnostic.chez
    if diagnostic.etat == EtatDiagnostic.A_VALIDER:
        contexte = f"La structure le relit, soumis{_le(diagnostic)}"
        return f"Faire valider le diagnostic : {structure}", "Ouvrir", contexte
    if diagnostic.remarques:
        contexte = "La structure demande une correction"
        return f"Corriger le diagnostic : {structure}", "Corriger", contexte
    contexte = f"Ouvert le {diagnostic.date:%d/%m/%Y}"
    return f"Finir le diagnostic : {structure}", "Continuer", contexte


def _le(diagnostic: Diagnostic) -> str:
    """« le 3 mars »."""
    if diagnostic.soumis_le is None:
        return ""
    return f" le {timezone.localtime(diagnostic.soumis_le):%d/%m/%Y}"
