"""Ce que l'étape dit à la page « Aujourd'hui » : avis, financements, budgets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from maillage.annuaire.perimetre import perimetre_de
from maillage.engager import comites
from maillage.engager.expressions import apports, depenses
from maillage.engager.models import Avis, Financement, LigneDeBudget, Mode
from maillage.ingenieries.models import Ingenierie
from maillage.socle.lots import Lots, Lus
from maillage.socle.models import Utilisateur
from maillage.socle.mots import citer
from maillage.socle.quantites import Precision, Quantite
from maillage.socle.taches import Colonne, Tache

AU_PLUS = 20
SEMAINE = timedelta(days=7)


def lots(utilisateur: Utilisateur, aujourdhui: date) -> Lots:
    """Les avis à demander ou à noter, les financeurs à relancer, les budgets."""
    operateurs = perimetre_de(utilisateur).operateurs
    if not operateurs:
        return {}
    miennes = Ingenierie.objects.ouvertes().pilotees_par(operateurs)
    return {
        "a_demander": comites.a_demander(utilisateur).only("titre")[:AU_PLUS],
        "avis": _avis(miennes, aujourdhui),
        "muets": _muets(miennes, aujourdhui),
        "chiffrees": _chiffrees(miennes),
    }


def dire(lus: Lus, _utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Les avis, puis les financeurs, puis les budgets."""
    avis = lus.get("avis", ())
    return [
        *map(_a_demander, lus.get("a_demander", ())),
        *map(_a_noter, _un_par_mission(a for a in avis if a.date < aujourdhui)),
        *map(_seance, _un_par_mission(a for a in avis if a.date >= aujourdhui)),
        *map(_relance, _un_par_mission(lus.get("muets", ()))),
        *(_desequilibre(m, ecart) for m in lus.get("chiffrees", ()) if (ecart := _ecart(m))),
    ]


def _avis(missions: QuerySet[Ingenierie], aujourdhui: date) -> QuerySet[Avis]:
    """Ceux dont le jour est passé, ceux d'une séance qui vient."""
    proche = Q(mode=Mode.SEANCE, date__range=(aujourdhui, aujourdhui + SEMAINE))
    attendus = Avis.objects.attendus().filter(
        Q(date__lt=aujourdhui) | proche, ingenierie__in=missions
    )
    return _avec_leur_titre(attendus, "date")


def _muets(missions: QuerySet[Ingenierie], aujourdhui: date) -> QuerySet[Financement]:
    """Les financeurs qui n'ont pas répondu au jour dit."""
    demandes = Financement.objects.sans_reponse(aujourdhui).filter(ingenierie__in=missions)
    return _avec_leur_titre(demandes, "reponse_attendue_le")


def _avec_leur_titre(elements: Any, jour: str) -> Any:
    """Les éléments d'un dossier, le plus ancien d'abord, avec le `titre` de leur mission."""
    lus = elements.annotate(titre=F("ingenierie__titre")).only("ingenierie", jour)
    return lus.order_by(jour, "pk")[:AU_PLUS]


def _chiffrees(missions: QuerySet[Ingenierie]) -> QuerySet[Ingenierie]:
    """Celles qui ont des dépenses et des apports, avec les deux sommes."""
    siens = OuterRef("pk")
    chiffrees = missions.filter(
        Exists(LigneDeBudget.objects.filter(ingenierie=siens)),
        Exists(Financement.objects.filter(ingenierie=siens)),
    ).annotate(depenses_prevues=depenses(), apports_prevus=apports())
    return chiffrees.only("titre").order_by("-modifie_le", "pk")[:AU_PLUS]


def _un_par_mission(elements: Iterable[Any]) -> Iterable[Any]:
    """Le plus ancien de chaque mission."""
    return {e.ingenierie_id: e for e in reversed(list(elements))}.values()


def _a_noter(avis: Any) -> Tache:
    return Tache(
        Colonne.A_FAIRE,
        f"Noter l’avis du comité sur {citer(avis.titre)}",
        _valider(avis.ingenierie_id, "avis"),
        geste="Noter l’avis",
        echeance=avis.date,
    )


def _seance(avis: Any) -> Tache:
    return Tache(
        Colonne.CETTE_SEMAINE,
        f"Comité d’appui : {avis.titre}",
        reverse("engager:comites"),
        geste="Voir l’ordre du jour",
        echeance=avis.date,
    )


def _relance(financement: Any) -> Tache:
    return Tache(
        Colonne.A_FAIRE,
        f"Relancer un financeur de {citer(financement.titre)}",
        _valider(financement.ingenierie_id, "ligne"),
        geste="Voir le budget",
        echeance=financement.reponse_attendue_le,
    )


def _desequilibre(mission: Ingenierie, ecart: str) -> Tache:
    return Tache(
        Colonne.A_FAIRE,
        f"Équilibrer le budget de {citer(mission.titre)}",
        _valider(mission.pk, "ligne"),
        geste="Voir le budget",
        contexte=ecart,
    )


def _ecart(mission: Any) -> str:
    """Ce qui manque ou dépasse, si tout est chiffré ; vide si l'on ne peut pas le dire."""
    depense, apport = mission.depenses_prevues, mission.apports_prevus
    if not depense or not apport or depense["inconnues"] or apport["inconnus"]:
        return ""
    cout = _decimal(depense["somme"])
    promis = _decimal(apport["somme"]) + cout * _decimal(apport["parts"]) / 100
    reste = cout - promis
    if abs(reste) < 1:
        return ""
    precision = Precision.ENVIRON if depense["approchees"] else Precision.EXACT
    somme = Quantite(abs(reste), precision, "€")
    return f"Il manque {somme}." if reste > 0 else f"Les financements dépassent de {somme}."


def _decimal(nombre: float | None) -> Decimal:
    return Decimal(str(nombre or 0))


def _a_demander(mission: Ingenierie) -> Tache:
    return Tache(
        Colonne.A_FAIRE,
        f"Demander l’avis du comité d’appui sur {citer(mission.titre)}",
        _valider(mission.pk, "avis"),
        geste="Demander l’avis",
    )


def _valider(mission: UUID, ancre: str) -> str:
    return f"{reverse('ingenieries:demarche', args=[mission, 'engager.valider'])}#{ancre}"
