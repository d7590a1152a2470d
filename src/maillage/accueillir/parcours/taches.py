"""Ce que les parcours disent à « Aujourd'hui » : actions, rendez-vous, bilans."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from maillage.accueillir.models import Action, EtatParcours, Parcours, PointDeSuivi
from maillage.accueillir.models.parcours import PROPRE
from maillage.annuaire.models import Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.lots import Lus
from maillage.socle.taches import Colonne, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

SEMAINE = timedelta(days=7)
AU_PLUS = 20


def lots(utilisateur: Utilisateur, aujourdhui: date) -> dict[str, QuerySet[Any]]:
    """Ce qui m'attend dans les parcours que je suis, ou dans celui de ma structure."""
    perimetre = perimetre_de(utilisateur)
    miens = Q(charge=perimetre.personne) | Q(charge__isnull=True)
    suivis = Parcours.objects.en_cours().filter(miens, operateur__in=perimetre.operateurs)
    siennes = [e.organisation for e in perimetre.tenus({Role.STRUCTURE})]
    if not perimetre.operateurs and not siennes:
        return {}
    return {
        "actions": _actions(suivis, utilisateur, siennes, aujourdhui),
        "points": _points(suivis, aujourdhui),
        "bilans": suivis.bilans_a_faire()
        .annotate(nom=F("structure__nom"))
        .only("pk")
        .order_by("ouvert_le", "pk")[:AU_PLUS],
    }


def dire(lus: Lus, _utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Les actions, puis les rendez-vous, puis les bilans."""
    return [
        *(_action(a) for a in lus.get("actions", ())),
        *(_point(p, aujourdhui) for p in lus.get("points", ())),
        *(_bilan(p) for p in lus.get("bilans", ())),
    ]


def _actions(
    suivis: Any, utilisateur: Utilisateur, siennes: list[Any], jour: date
) -> QuerySet[Action]:
    """Échues, ou dans la semaine : de mes parcours, à moi confiées, ou de ma structure."""
    vus = Parcours.objects.visibles_par(utilisateur).order_by().values("pk")
    confiees = Q(personne=perimetre_de(utilisateur).personne, parcours__in=vus)
    pour_moi = Q(parcours__in=suivis.values("pk")) | confiees
    pour_moi |= Q(parcours__structure__in=siennes, sorte=PROPRE)
    return (
        Action.objects.restantes()
        .filter(pour_moi, parcours__etat=EtatParcours.EN_COURS, echeance__lte=jour + SEMAINE)
        .annotate(nom=F("parcours__structure__nom"))
        .only("intitule", "echeance", "parcours")
        .order_by("echeance", "pk")[:AU_PLUS]
    )


def _points(suivis: Any, jour: date) -> QuerySet[PointDeSuivi]:
    """Le rendez-vous que fixe la dernière rencontre, s'il est passé ou dans la semaine."""
    plus_recents = PointDeSuivi.objects.filter(
        Q(date__gt=OuterRef("date")) | Q(date=OuterRef("date"), cree_le__gt=OuterRef("cree_le")),
        parcours=OuterRef("parcours"),
    )
    return (
        PointDeSuivi.objects.filter(
            ~Exists(plus_recents), parcours__in=suivis.values("pk"), prochain_le__lte=jour + SEMAINE
        )
        .annotate(nom=F("parcours__structure__nom"))
        .only("prochain_le", "parcours")
        .order_by("prochain_le", "pk")[:AU_PLUS]
    )


def _action(action: Any) -> Tache:
    return Tache(
        Colonne.A_FAIRE,
        action.intitule,
        f"{_adresse(action.parcours_id)}#action-{action.pk}",
        contexte=action.nom,
        echeance=action.echeance,
    )


def _point(point: Any, jour: date) -> Tache:
    passe = point.prochain_le < jour
    return Tache(
        Colonne.A_FAIRE if passe else Colonne.CETTE_SEMAINE,
        "Rencontre à noter" if passe else "Point de suivi",
        f"{_adresse(point.parcours_id)}#points",
        geste="Noter" if passe else "Ouvrir",
        contexte=point.nom,
        echeance=point.prochain_le,
    )


def _bilan(parcours: Any) -> Tache:
    return Tache(
        Colonne.A_FAIRE,
        "Bilan à faire : plus aucune action à mener",
        f"{_adresse(parcours.pk)}#bilan",
        geste="Écrire",
        contexte=parcours.nom,
    )


def _adresse(parcours: Any) -> str:
    return Parcours(pk=parcours).get_absolute_url()
