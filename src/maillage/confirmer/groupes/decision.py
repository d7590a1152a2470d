"""La décision : un scénario devient les groupes de la mission, et dit d'abord ce qu'il change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from maillage.confirmer.groupes.calculs.reglages import GroupeVoulu, lire_reglages
from maillage.confirmer.groupes.transitions import AJUSTABLES
from maillage.confirmer.models import (
    AppartenanceAuGroupe,
    EtatDeScenario,
    Groupe,
    Participation,
    ScenarioDeGroupes,
)
from maillage.socle.droits import exiger, refuse
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer, compter, enumerer
from maillage.socle.normalisation import normaliser
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur

FACTEURS_DU_PROFIL = {
    "secteur": "secteur",
    "branche": "branche",
    "distance": "territoire",
    "complementarite": "complementarite",
    "personnes": "personnes",
    "concurrence": "concurrence",
}
"""Le poids réglé → le facteur du profil (S3, fiche 3/4)."""


@dataclass(frozen=True, slots=True)
class Remplissage:
    """Ce que la décision fait d'un groupe. `existant` : celui du même nom, déjà dans la mission."""

    voulu: GroupeVoulu
    existant: Groupe | None
    membres: tuple[Participation, ...]
    entrent: tuple[Participation, ...]
    sortent: tuple[Participation, ...]

    @property
    def phrase(self) -> str:
        """Ce qui va changer, dit avant le clic."""
        if self.existant is None:
            return f"Un nouveau groupe de {compter(len(self.membres), 'structure')}."
        if not self.entrent and not self.sortent:
            return "Ce groupe existe avec les mêmes structures : rien ne change."
        dits = [
            f"{verbe} {enumerer([p.structure.nom for p in qui])}"
            for verbe, qui in (("y entrent :", self.entrent), ("en sortent :", self.sortent))
            if qui
        ]
        return f"Ce groupe existe : {' ; '.join(dits)}. Son profil et ses places restent."


def prevoir(
    ingenierie: Ingenierie, scenario: ScenarioDeGroupes
) -> tuple[list[Remplissage], list[Groupe]]:
    """Ce que la décision remplirait, et les groupes qu'elle laisse (trois requêtes).

    Une structure partie depuis la proposition n'est plus sur le plateau : elle n'entre nulle part.
    """
    a_grouper = ingenierie.participations.a_grouper()
    participations = {
        str(p.pk): p for p in a_grouper.select_related("structure") if str(p.pk) in scenario.places
    }
    groupes = {normaliser(g.nom): g for g in ingenierie.groupes.prefetch_related("participations")}
    voulus = lire_reglages(scenario.reglages).groupes
    remplis = [
        _remplissage(
            voulu, groupes.get(normaliser(voulu.nom)), _membres(scenario, participations, r)
        )
        for r, voulu in enumerate(voulus)
    ]
    nommes = {normaliser(voulu.nom) for voulu in voulus}
    return remplis, [groupe for nom, groupe in groupes.items() if nom not in nommes]


def laissees_dehors(ingenierie: Ingenierie, scenario: ScenarioDeGroupes) -> list[Participation]:
    """Celles qui attendent un groupe et que la décision laisserait sans (une requête)."""
    a_grouper = ingenierie.participations.a_grouper().select_related("structure")
    return [p for p in a_grouper if not scenario.places.get(str(p.pk))]


def _membres(
    scenario: ScenarioDeGroupes, participations: Mapping[str, Participation], rang: int
) -> list[Participation]:
    return [p for cle, p in participations.items() if rang in scenario.places[cle]]


def _remplissage(
    voulu: GroupeVoulu, existant: Groupe | None, membres: Sequence[Participation]
) -> Remplissage:
    presents = {p.pk for p in existant.participations.all()} if existant else set()
    voulues = {p.pk for p in membres}
    sortants = [p for p in existant.participations.all() if p.pk not in voulues] if existant else []
    return Remplissage(
        voulu=voulu,
        existant=existant,
        membres=tuple(membres),
        entrent=tuple(p for p in membres if p.pk not in presents),
        sortent=tuple(sortants),
    )


@operation
def retenir(
    scenario: ScenarioDeGroupes, raisons: str, *, version: int, par: Utilisateur
) -> list[Remplissage]:
    """Retient ce scénario et remplit les groupes ; ceux d'un autre nom ne changent pas.

    Le scénario retenu jusque-là redevient gardé. Lève `Refus` ou `ConflitDeVersion`.
    """
    ingenierie = scenario.ingenierie
    type(ingenierie).objects.select_for_update().get(pk=ingenierie.pk)
    if scenario.etat not in AJUSTABLES:
        exiger(refuse(f"Ce scénario est déjà {scenario.get_etat_display()}."))
    precedents = ScenarioDeGroupes.objects.filter(ingenierie=ingenierie)
    for precedent in precedents.filter(etat=EtatDeScenario.RETENU):
        precedent.etat = EtatDeScenario.GARDE
        enregistrer(precedent, version=precedent.version)
    scenario.etat, scenario.raisons = EtatDeScenario.RETENU, raisons
    scenario.decide_le = timezone.localdate()
    enregistrer(scenario, version=version)
    remplis, _ = prevoir(ingenierie, scenario)
    for rempli in remplis:
        _remplir(ingenierie, scenario, rempli)
    _dire(ingenierie, scenario, remplis, par)
    return remplis


def _remplir(ingenierie: Ingenierie, scenario: ScenarioDeGroupes, rempli: Remplissage) -> None:
    groupe = rempli.existant
    if groupe is None:
        groupe = Groupe.objects.create(
            ingenierie=ingenierie,
            nom=rempli.voulu.nom,
            theme=rempli.voulu.theme,
            facteurs=_facteurs(scenario),
        )
    elif not groupe.theme and rempli.voulu.theme:
        groupe.theme = rempli.voulu.theme
        enregistrer(groupe, version=groupe.version)
    for participation in rempli.entrent:
        AppartenanceAuGroupe.objects.create(groupe=groupe, participation=participation)
    sortantes = AppartenanceAuGroupe.objects.filter(groupe=groupe, participation__in=rempli.sortent)
    sortantes.delete()


def _facteurs(scenario: ScenarioDeGroupes) -> list[str]:
    poids = lire_reglages(scenario.reglages).poids
    return [facteur for code, facteur in FACTEURS_DU_PROFIL.items() if poids.get(code)]


def _dire(
    ingenierie: Ingenierie,
    scenario: ScenarioDeGroupes,
    remplis: Sequence[Remplissage],
    par: Utilisateur,
) -> None:
    groupes = enumerer(
        [f"{citer(r.voulu.nom)} ({compter(len(r.membres), 'structure')})" for r in remplis]
    )
    phrase = f"a retenu les groupes de {citer(scenario.nom)} : {groupes}. {scenario.raisons}"
    journaliser(ingenierie, phrase, par=par, interne=True)
