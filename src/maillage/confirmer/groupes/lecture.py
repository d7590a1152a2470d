"""Lire ce qu'il faut pour composer les groupes d'une mission : deux requêtes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, FloatField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.formats import date_format

from maillage import methode
from maillage.annuaire.models import ChiffresAnnuels
from maillage.confirmer.groupes.calculs.creneaux import MOMENTS, OUVRES, lire_creneaux
from maillage.confirmer.groupes.calculs.entrees import Entree
from maillage.confirmer.groupes.calculs.pose import Exigences, Paire, Pose, poser
from maillage.confirmer.groupes.calculs.reglages import Reglages
from maillage.confirmer.models import (
    ConcurrencePresumee,
    Creneau,
    Disponibilite,
    EtatDeScenario,
    ExigenceDeGroupe,
    Groupe,
    Niveau,
    Participation,
    ScenarioDeGroupes,
    SorteDExigence,
    SouhaitDeGroupe,
)
from maillage.confirmer.models.campagne import Moment
from maillage.identifier.codage.calculs.mots import Lecteur
from maillage.ingenieries.models import Ingenierie
from maillage.socle.lots import lire_ensemble
from maillage.socle.normalisation import normaliser
from maillage.territoires.models import Territoire

DEMI_JOURNEES = {
    Moment.MATIN: (MOMENTS["matin"],),
    Moment.APRES_MIDI: (MOMENTS["apres midi"],),
    Moment.SOIREE: (MOMENTS["soir"],),
    Moment.JOURNEE: OUVRES,
}
_MOT = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Atelier:
    """Tout ce que l'on sait d'une mission pour composer ses groupes.

    `participations` : celles à grouper, par clé ; l'ordre est celui des noms.
    """

    participations: Mapping[str, Participation]
    entrees: tuple[Entree, ...]
    exigences: tuple[ExigenceDeGroupe, ...]
    concurrences: tuple[Paire, ...]
    souhaits: tuple[SouhaitDeGroupe, ...]
    scenarios: tuple[ScenarioDeGroupes, ...]
    groupes: tuple[Groupe, ...]

    def poser(self, reglages: Reglages, verrous: Mapping[str, int] | None = None) -> Pose:
        """Le problème de ces réglages."""
        return poser(self.entrees, reglages, self._exigences(reglages, verrous))

    def empreinte(self, reglages: Reglages, verrous: Mapping[str, int]) -> str:
        """Ce que suppose une borne : elle ne vaut que si rien de cela n'a changé."""
        pose = self.poser(reglages, verrous)
        p = pose.verrouille
        lu = [
            *(entree.cle for entree in self.entrees),
            *(p.affinites.tobytes().hex(), p.preferences.tobytes().hex()),
            *(str(valeur) for valeur in (p.ensemble, p.incompatibles, sorted(p.moteurs))),
            *(str(valeur) for valeur in (p.minima, p.maxima, p.moteur_poids, p.facultatif)),
        ]
        return sha256("\n".join(lu).encode()).hexdigest()

    @property
    def retenu(self) -> ScenarioDeGroupes | None:
        return next((s for s in self.scenarios if s.etat == EtatDeScenario.RETENU), None)

    def _exigences(self, reglages: Reglages, verrous: Mapping[str, int] | None) -> Exigences:
        paires = {
            sorte: tuple(
                (str(e.une_id), str(e.autre_id)) for e in self.exigences if e.sorte == sorte
            )
            for sorte in SorteDExigence
        }
        rangs: dict[str, list[int]] = defaultdict(list)
        for rang, groupe in enumerate(reglages.groupes):
            rangs[normaliser(groupe.theme or groupe.nom)].append(rang)
        return Exigences(
            ensemble=paires[SorteDExigence.ENSEMBLE],
            jamais=paires[SorteDExigence.JAMAIS],
            concurrences=self.concurrences,
            souhaits={
                (str(s.participation_id), rang): s.sens
                for s in self.souhaits
                for rang in rangs[normaliser(s.theme)]
            },
            verrous=verrous,
        )


def ouvrir_l_atelier(ingenierie: Ingenierie) -> Atelier:
    """L'atelier d'une mission (deux requêtes)."""
    lues = {str(p.pk): p for p in _participations(ingenierie)}
    lots = lire_ensemble(
        {
            "exigences": ExigenceDeGroupe.objects.filter(ingenierie=ingenierie),
            "concurrences": ConcurrencePresumee.objects.filter(ingenierie=ingenierie),
            "souhaits": SouhaitDeGroupe.objects.filter(ingenierie=ingenierie),
            "scenarios": ScenarioDeGroupes.objects.filter(ingenierie=ingenierie),
            "groupes": Groupe.objects.filter(ingenierie=ingenierie),
            "creneaux": Creneau.objects.filter(ingenierie=ingenierie),
            "coches": Disponibilite.objects.filter(creneau__ingenierie=ingenierie),
        }
    )
    return Atelier(
        participations=lues,
        entrees=_entrees(lues.values(), _creneaux(lots["creneaux"], lots["coches"])),
        exigences=tuple(lots["exigences"]),
        concurrences=tuple((str(c.une_id), str(c.autre_id)) for c in lots["concurrences"]),
        souhaits=tuple(lots["souhaits"]),
        scenarios=tuple(lots["scenarios"]),
        groupes=tuple(lots["groupes"]),
    )


def _participations(ingenierie: Ingenierie) -> QuerySet[Participation]:
    """Intéressées et retenues, avec leur taille et les autres missions où on les a réunies."""
    etp = ChiffresAnnuels.objects.filter(
        organisation=OuterRef("structure"), etp_valeur__isnull=False
    ).order_by("-annee")
    ailleurs = (
        Participation.objects.retenues()
        .filter(structure=OuterRef("structure"))
        .exclude(ingenierie=ingenierie)
        .order_by()
        .values("ingenierie")
    )
    return (
        ingenierie.participations.a_grouper()
        .select_related("structure__commune")
        .annotate(
            taille=Cast(Subquery(etp.values("etp_valeur")[:1]), FloatField()),
            missions=ArraySubquery(ailleurs),
            epci=F("structure__commune__epci"),
        )
    )


def _creneaux(
    proposes: Iterable[Creneau], coches: Iterable[Disponibilite]
) -> Mapping[UUID, frozenset[str]]:
    """Par participation, les demi-journées des créneaux qu'elle a cochés."""
    demi_journees = {creneau.pk: demi_journees_de(creneau) for creneau in proposes}
    trouves: dict[UUID, set[str]] = defaultdict(set)
    for coche in coches:
        trouves[coche.participation_id] |= demi_journees[coche.creneau_id]
    return {cle: frozenset(siens) for cle, siens in trouves.items()}


def demi_journees_de(creneau: Creneau) -> frozenset[str]:
    """« mardi matin », dit comme `lire_creneaux` : ce qui se coche et ce qui s'écrit se comparent.

    Une journée en fait deux ; un jour précis garde sa date.
    """
    jour = creneau.get_jour_semaine_display()
    if creneau.jour:
        jour = f"{date_format(creneau.jour, 'l j F Y')},"
    return frozenset(f"{jour} {moment}" for moment in DEMI_JOURNEES[Moment(creneau.moment)])


def _entrees(
    participations: Iterable[Participation], coches: Mapping[UUID, frozenset[str]]
) -> tuple[Entree, ...]:
    lues = list(participations)
    par_mission: dict[UUID, set[str]] = defaultdict(set)
    for p in lues:
        for mission in _annote(p).missions:
            par_mission[mission].add(str(p.pk))
    liens: dict[str, set[str]] = defaultdict(set)
    for reunies in par_mission.values():
        for cle in reunies:
            liens[cle] |= reunies - {cle}
    return tuple(
        _entree(p, frozenset(liens[str(p.pk)]), _disponible(p, coches.get(p.pk))) for p in lues
    )


def _disponible(
    participation: Participation, coches: frozenset[str] | None
) -> frozenset[str] | None:
    """Les créneaux cochés, à défaut ceux que disent ses mots ; None si l'on ne sait pas."""
    if coches or participation.aucun_creneau:
        return coches or frozenset()
    return lire_creneaux(participation.disponibilites) or None


def _entree(
    participation: Participation, liens: frozenset[str], creneaux: frozenset[str] | None
) -> Entree:
    structure, annote = participation.structure, _annote(participation)
    commune = structure.commune
    return Entree(
        cle=str(participation.pk),
        nom=structure.nom,
        niveau=Niveau.values.index(participation.niveau) if participation.niveau else None,
        attentes=tuple(mots(participation.attentes).items()),
        creneaux=creneaux,
        point=_point(commune),
        lieu=commune.nom if commune else "",
        aires=frozenset([annote.epci] if annote.epci else []),
        secteur=structure.secteur,
        branche=structure.branche,
        projet=frozenset(mots(structure.objet)),
        personnes=_personnes(participation),
        taille=annote.taille,
        liens=liens,
    )


def _point(commune: Territoire | None) -> tuple[float, float] | None:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    return commune.latitude, commune.longitude


def _annote(participation: Participation) -> Any:
    """La participation avec ses annotations (taille, missions, epci)."""
    return participation


def _personnes(participation: Participation) -> frozenset[str]:
    """Qui viendra : des bénévoles, des salarié·es, les deux ; vide si on l'ignore."""
    prevues = {"benevoles": participation.benevoles, "salaries": participation.salaries}
    return frozenset(nom for nom, nombre in prevues.items() if nombre.connue and nombre.valeur)


@cache
def _lecteur() -> Lecteur:
    lexique = methode.lexique_des_besoins().mots
    return Lecteur(lexique.formes, lexique.equivalences, lexique.vides)


def mots(texte: str) -> dict[str, str]:
    """Les mots qui comptent : sens → le mot tel qu'on l'a écrit la première fois."""
    trouves: dict[str, str] = {}
    for ecrit in _MOT.findall(texte):
        for mot in _lecteur().lire(ecrit):
            if len(mot.ecrit) > 2:
                trouves.setdefault(mot.sens, ecrit.lower())
    return trouves
