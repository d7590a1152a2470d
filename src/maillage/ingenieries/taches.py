"""Ce que le dossier dit à la page « Aujourd'hui » : échéances, et où en est chaque mission."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.urls import reverse

from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.ingenieries.cycle import demarche_de, demarches_de, regles
from maillage.ingenieries.models import Avancement, Ingenierie
from maillage.ingenieries.parcours import TERMINES
from maillage.methode.notions.cycle import Demarche
from maillage.socle.lots import Lots, Lus
from maillage.socle.models import Utilisateur
from maillage.socle.taches import Colonne, Tache

AU_PLUS = 20


def lots(utilisateur: Utilisateur, aujourdhui: date) -> Lots:
    """Ce qui a une date, pour les agents ; et où en est chaque mission."""
    perimetre = perimetre_de(utilisateur)
    if perimetre.operateurs:
        miennes = Ingenierie.objects.ouvertes().pilotees_par(perimetre.operateurs)
    else:
        miennes = Ingenierie.objects.ouvertes().visibles_par(utilisateur)
    dues = {"dues": _echeances(miennes, aujourdhui)} if perimetre.est_agent else {}
    return {**dues, "missions": _en_cours(miennes)}


def dire(lus: Lus, utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Les échéances ; puis la suite de chaque mission, si elle ne se dit pas déjà."""
    perimetre = perimetre_de(utilisateur)
    datees = [_echeance(perimetre, avancement, aujourdhui) for avancement in lus.get("dues", ())]
    prochaines = [_prochaine(perimetre, mission) for mission in lus.get("missions", ())]
    dites = {tache.url for tache in datees}
    return [*datees, *(tache for tache in prochaines if tache.url not in dites)]


def _echeances(missions: QuerySet[Ingenierie], aujourdhui: date) -> QuerySet[Avancement]:
    """Ce qui est dû avant sept jours, le plus ancien d'abord."""
    return (
        Avancement.objects.restant()
        .filter(ingenierie__in=missions, echeance__lte=aujourdhui + timedelta(days=7))
        .annotate(titre=F("ingenierie__titre"), pilote=F("ingenierie__operateur"))
        .only("code", "echeance", "ingenierie")
        .order_by("echeance", "pk")[:AU_PLUS]
    )


def _en_cours(missions: QuerySet[Ingenierie]) -> QuerySet[Ingenierie]:
    finis = Avancement.objects.filter(ingenierie=OuterRef("pk"), etat__in=TERMINES).values("code")
    lues = missions.annotate(finis=ArraySubquery(finis)).only("titre", "operateur", "nature")
    return lues.order_by("-modifie_le", "pk")[:AU_PLUS]


def _echeance(perimetre: Perimetre, avancement: Any, aujourdhui: date) -> Tache:
    """À faire par le DLA pilote une fois échue ; les autres agents la voient dans la semaine."""
    pilote = avancement.pilote in perimetre.operateurs
    return Tache(
        Colonne.A_FAIRE if pilote and avancement.echeance <= aujourdhui else Colonne.CETTE_SEMAINE,
        regles()[avancement.code].libelle,
        _adresse(avancement.ingenierie_id, demarche_de(avancement.code)),
        geste="Reprendre" if pilote else "Lire",
        contexte=avancement.titre,
        echeance=avancement.echeance,
    )


def _prochaine(perimetre: Perimetre, mission: Any) -> Tache:
    """La première démarche qui reste ; une mission dont tout est fait se clôt."""
    attendues = demarches_de(mission.nature)
    restantes = [d for d in attendues if d.code not in mission.finis]
    demarche = (restantes or attendues[-1:])[0]
    pilote = mission.operateur_id in perimetre.operateurs
    if pilote and not restantes:
        return Tache(
            Colonne.A_FAIRE,
            "Clore la mission",
            _adresse(mission.pk, demarche),
            "Ouvrir",
            mission.titre,
        )
    return Tache(
        Colonne.A_FAIRE if pilote else Colonne.CETTE_SEMAINE,
        demarche.libelle if pilote else mission.titre,
        _adresse(mission.pk, demarche),
        geste="Continuer" if pilote else "Lire",
        contexte=mission.titre if pilote else f"En ce moment : {demarche.libelle.lower()}",
        poids=-1,
    )


def _adresse(mission: UUID, demarche: Demarche) -> str:
    return reverse("ingenieries:demarche", args=[mission, demarche.code])
