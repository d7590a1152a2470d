"""Ce que l'étape dit à la page « Aujourd'hui » : avis, financements, budgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.urls import reverse

from maillage.annuaire.perimetre import perimetre_de
from maillage.engager import comites
from maillage.engager.expressions import apports, depenses
from maillage.engager.models import Avis, EtatFinancement, Financement, Mode
from maillage.ingenieries.models import Ingenierie
from maillage.socle.agregats import agreger
from maillage.socle.lots import lire_lots
from maillage.socle.models import Utilisateur
from maillage.socle.mots import citer
from maillage.socle.quantites import Precision, Quantite
from maillage.socle.taches import Colonne, Tache

AU_PLUS = 20
SEMAINE = timedelta(days=7)


def taches(utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Une requête : les missions où un avis est à demander, celles où quelque chose attend."""
    operateurs = perimetre_de(utilisateur).operateurs
    if not operateurs:
        return []
    miennes = Ingenierie.objects.ouvertes().pilotees_par(operateurs)
    lots = {
        "a_demander": comites.a_demander(utilisateur)[:AU_PLUS],
        "attentes": _attentes(miennes, aujourdhui),
    }
    lus = lire_lots(Utilisateur.objects.filter(pk=utilisateur.pk), lots)
    return [
        *(_a_demander(mission) for mission in lus["a_demander"]),
        *(tache for mission in lus["attentes"] for tache in _de(mission, aujourdhui)),
    ]


def _attentes(missions: QuerySet[Ingenierie], aujourdhui: date) -> QuerySet[Ingenierie]:
    """Celles où un avis ou un financeur tarde, où une séance vient, où l'argent est chiffré."""
    attendus = Avis.objects.attendus()
    demandes = Financement.objects.filter(etat=EtatFinancement.DEMANDE)
    annotees = missions.annotate(
        avis_passe=agreger(attendus.filter(date__lt=aujourdhui), Min("date")),
        seance=agreger(
            attendus.filter(mode=Mode.SEANCE, date__range=(aujourdhui, aujourdhui + SEMAINE)),
            Min("date"),
        ),
        reponse_passee=agreger(demandes.sans_reponse(aujourdhui), Min("reponse_attendue_le")),
        depenses_prevues=depenses(),
        apports_prevus=apports(),
    )
    return annotees.filter(
        Q(avis_passe__isnull=False)
        | Q(seance__isnull=False)
        | Q(reponse_passee__isnull=False)
        | Q(depenses_prevues__isnull=False, apports_prevus__isnull=False)
    ).order_by("avis_passe", "reponse_passee", "-modifie_le")[:AU_PLUS]


def _de(mission: Any, aujourdhui: date) -> Iterator[Tache]:
    nom = str(mission)
    if mission.avis_passe:
        yield Tache(
            Colonne.A_FAIRE,
            f"Noter l’avis du comité sur {citer(nom)}",
            _valider(mission, "avis"),
            geste="Noter l’avis",
            echeance=mission.avis_passe,
        )
    if mission.seance:
        yield Tache(
            Colonne.CETTE_SEMAINE,
            f"Comité d’appui : {nom}",
            reverse("engager:comites"),
            geste="Voir l’ordre du jour",
            echeance=mission.seance,
        )
    if mission.reponse_passee:
        yield Tache(
            Colonne.A_FAIRE,
            f"Relancer un financeur de {citer(nom)}",
            _valider(mission, "ligne"),
            geste="Voir le budget",
            echeance=mission.reponse_passee,
        )
    if ecart := _ecart(mission):
        yield Tache(
            Colonne.A_FAIRE,
            f"Équilibrer le budget de {citer(nom)}",
            _valider(mission, "ligne"),
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
        f"Demander l’avis du comité d’appui sur {citer(mission)}",
        _valider(mission, "avis"),
        geste="Demander l’avis",
    )


def _valider(mission: Ingenierie, ancre: str) -> str:
    return f"{reverse('ingenieries:demarche', args=[mission.pk, 'engager.valider'])}#{ancre}"
