"""Ce que le dossier dit à la page « Aujourd'hui » : échéances, démarche où en est chaque mission."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from maillage import methode
from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.ingenieries.cycle import demarche_de, regles
from maillage.ingenieries.models import Avancement, Ingenierie
from maillage.ingenieries.parcours import TERMINES
from maillage.methode.notions.cycle import Demarche
from maillage.socle.taches import Colonne, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

AU_PLUS = 20


def taches(utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Deux requêtes : ce qui a une date, puis où en est chaque mission."""
    perimetre = perimetre_de(utilisateur)
    if perimetre.operateurs:
        miennes = Ingenierie.objects.ouvertes().filter(operateur__in=perimetre.operateurs)
    else:
        miennes = Ingenierie.objects.ouvertes().visibles_par(utilisateur)
    return [*_echeances(perimetre, miennes, aujourdhui), *_prochaines(perimetre, miennes)]


def _echeances(
    perimetre: Perimetre, missions: QuerySet[Ingenierie], aujourdhui: date
) -> list[Tache]:
    """En retard : à faire par le DLA pilote. Les autres agents les voient dans la semaine."""
    if not perimetre.est_agent:
        return []
    dues = (
        Avancement.objects.restant()
        .filter(ingenierie__in=missions, echeance__lte=aujourdhui + timedelta(days=7))
        .select_related("ingenierie")
        .order_by("echeance", "pk")[:AU_PLUS]
    )
    return [_echeance(perimetre, avancement, aujourdhui) for avancement in dues]


def _echeance(perimetre: Perimetre, avancement: Avancement, aujourdhui: date) -> Tache:
    pilote = avancement.ingenierie.operateur_id in perimetre.operateurs
    echue = avancement.echeance is not None and avancement.echeance <= aujourdhui
    return Tache(
        Colonne.A_FAIRE if pilote and echue else Colonne.CETTE_SEMAINE,
        regles()[avancement.code].libelle,
        _adresse(avancement.ingenierie, demarche_de(avancement.code)),
        geste="Reprendre" if pilote else "Lire",
        contexte=avancement.ingenierie.titre,
        echeance=avancement.echeance,
    )


def _prochaines(perimetre: Perimetre, missions: QuerySet[Ingenierie]) -> list[Tache]:
    finis = Avancement.objects.filter(ingenierie=OuterRef("pk"), etat__in=TERMINES).values("code")
    lues = missions.annotate(finis=ArraySubquery(finis)).order_by("-modifie_le", "pk")[:AU_PLUS]
    return [_prochaine(perimetre, mission) for mission in lues]


def _prochaine(perimetre: Perimetre, mission: Any) -> Tache:
    """La première démarche qui reste ; une mission dont tout est fait se clôt."""
    restantes = [d for d in methode.cycle().demarches if d.code not in mission.finis]
    demarche = (restantes or methode.cycle().demarches[-1:])[0]
    pilote = mission.operateur_id in perimetre.operateurs
    if pilote and not restantes:
        return Tache(
            Colonne.A_FAIRE, "Clore la mission", _adresse(mission, demarche), "Ouvrir", mission.titre
        )
    return Tache(
        Colonne.A_FAIRE if pilote else Colonne.CETTE_SEMAINE,
        demarche.libelle if pilote else mission.titre,
        _adresse(mission, demarche),
        geste="Continuer" if pilote else "Lire",
        contexte=mission.titre if pilote else f"En ce moment : {demarche.libelle.lower()}",
        poids=-1,
    )


def _adresse(mission: Ingenierie, demarche: Demarche) -> str:
    return reverse("ingenieries:demarche", args=[mission.pk, demarche.code])
