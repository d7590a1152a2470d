"""Ce que l'on fait d'un rapprochement ; chaque geste s'apprend et le calcul suivant le respecte."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from maillage.identifier import operations as besoins
from maillage.identifier.models import (
    DecisionDeRapprochement,
    EtatRapprochement,
    Problematique,
    Rapprochement,
    Signal,
)
from maillage.identifier.transitions import RAPPROCHEMENTS
from maillage.socle.etats import choisir
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer, compter
from maillage.socle.verrou import enregistrer
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.identifier.models.signal import SignalQuerySet
    from maillage.socle.comptes import Utilisateur


class GesteImpossible(Exception):
    """Le geste n'a pas de sens ici ; le message dit pourquoi."""


@operation
def changer_etat(
    rapprochement: Rapprochement, verbe: str, *, version: int, motif: str = "", par: Utilisateur
) -> Rapprochement:
    """Joue un verbe de `RAPPROCHEMENTS` ; retenir dit que ces besoins vont toujours ensemble.

    Lève `TransitionRefusee` ou `ConflitDeVersion`.
    """
    choisir(rapprochement, RAPPROCHEMENTS, verbe, version=version, motif=motif, par=par)
    if rapprochement.etat == EtatRapprochement.RETENU:
        _reunir(rapprochement, par=par)
    return rapprochement


@operation
def joindre(rapprochement: Rapprochement, autre: Rapprochement | None, *, par: Utilisateur) -> None:
    """Fait d'un autre rapprochement du même DLA une part de celui-ci.

    Lève `GesteImpossible` si l'autre manque, est d'un autre DLA ou nourrit déjà une problématique.
    """
    du_meme_dla = autre and autre.operateur_id == rapprochement.operateur_id
    if autre is None or autre == rapprochement or not du_meme_dla:
        raise GesteImpossible("Choisissez un autre besoin partagé, proposé au même DLA.")
    if autre.problematique_id:
        raise GesteImpossible(
            f"{citer(autre)} nourrit déjà une problématique : joignez-y plutôt celui-ci."
        )
    venus = list(autre.signaux.all())
    rapprochement.signaux.add(*venus)
    autre.delete()
    _reunir(rapprochement, par=par)
    combien = compter(len(venus), "besoin")
    journaliser(rapprochement, f"y a joint {citer(autre)} ({combien})", par=par)


@operation
def scinder(
    rapprochement: Rapprochement, signaux: Collection[Signal], *, par: Utilisateur
) -> Rapprochement:
    """Fait des besoins choisis un autre besoin partagé ; les deux parts ne se rejoindront plus.

    Lève `GesteImpossible` si l'une des deux parts a moins de deux besoins.
    """
    partis, restes = _parts(rapprochement, signaux)
    if len(partis) < 2 or len(restes) < 2:
        raise GesteImpossible("Pour scinder, laissez au moins deux besoins de chaque côté.")
    neuf = Rapprochement.objects.create(
        operateur_id=rapprochement.operateur_id,
        theme=rapprochement.theme,
        libelle=rapprochement.libelle,
    )
    rapprochement.signaux.remove(*partis)
    neuf.signaux.set(partis)
    _separer(rapprochement, partis, restes, par=par)
    _reunir(neuf, par=par)
    combien = compter(len(partis), "besoin")
    journaliser(rapprochement, f"en a détaché {combien}, en un autre besoin partagé", par=par)
    journaliser(neuf, f"a scindé {citer(rapprochement)} : {combien} à part", par=par)
    return neuf


@operation
def sortir(rapprochement: Rapprochement, signaux: Collection[Signal], *, par: Utilisateur) -> None:
    """Dit que les besoins choisis n'ont rien à faire avec les autres ; ils n'y reviendront pas.

    Lève `GesteImpossible` s'il n'en restait aucun, ou si l'on n'en choisit aucun.
    """
    partis, restes = _parts(rapprochement, signaux)
    if not partis or not restes:
        raise GesteImpossible("Cochez les besoins à sortir, et laissez-en au moins un.")
    rapprochement.signaux.remove(*partis)
    _separer(rapprochement, partis, restes, par=par)
    journaliser(rapprochement, f"en a sorti {compter(len(partis), 'besoin')}", par=par)


@operation
def nourrir(
    rapprochement: Rapprochement, problematique: Problematique | None, *, par: Utilisateur
) -> Problematique:
    """Ouvre une problématique depuis ce besoin partagé, ou en nourrit une ; il en est retenu.

    Seuls les besoins que la personne lit en deviennent les preuves.
    Lève `TransitionRefusee` s'il est écarté.
    """
    lus = Signal.objects.visibles_par(par).filter(rapprochements=rapprochement)
    signaux = list(lus.pour_liste())
    if rapprochement.etat != EtatRapprochement.RETENU:
        changer_etat(rapprochement, "retenir", version=rapprochement.version, par=par)
    if problematique is None:
        problematique = Problematique(
            operateur_id=rapprochement.operateur_id,
            titre=rapprochement.libelle,
            secteur=rapprochement.communs.get("secteur", ""),
        )
        besoins.formuler(
            problematique,
            liens={"signaux": signaux, "territoires": _departements(lus)},
            par=par,
        )
    else:
        deja = set(problematique.signaux.values_list("pk", flat=True))
        besoins.joindre_signaux(problematique, [s for s in signaux if s.pk not in deja], par=par)
    rapprochement.problematique = problematique
    enregistrer(rapprochement, version=rapprochement.version)
    journaliser(rapprochement, f"en a nourri {citer(problematique)}", par=par)
    return problematique


def _departements(lus: SignalQuerySet) -> list[Territoire]:
    """Les départements où on le dit, sauf ceux qu'un diagnostic seul ferait connaître (règle 3)."""
    dits = lus.filter(besoin=None)
    return list(Territoire.objects.filter(pk__in=dits.values("departement")))


def _parts(
    rapprochement: Rapprochement, signaux: Iterable[Signal]
) -> tuple[list[Signal], list[Signal]]:
    """Les choisis qui y sont, et les autres."""
    choisis = {signal.pk for signal in signaux}
    membres = list(rapprochement.signaux.all())
    return [m for m in membres if m.pk in choisis], [m for m in membres if m.pk not in choisis]


def _reunir(rapprochement: Rapprochement, *, par: Utilisateur) -> None:
    """Retient que tous ceux-là vont ensemble."""
    tous = sorted(rapprochement.signaux.values_list("pk", flat=True))
    siennes = DecisionDeRapprochement.objects.filter(operateur=rapprochement.operateur_id)
    siennes.filter(premier__in=tous, second__in=tous, ensemble=False).delete()
    _apprendre(rapprochement.operateur_id, _en_etoile(tous), ensemble=True, par=par)


def _separer(
    rapprochement: Rapprochement,
    sortis: Iterable[Signal],
    gardes: Iterable[Signal],
    *,
    par: Utilisateur,
) -> None:
    """Retient qu'aucun de ceux-là n'ira avec un de ceux-ci.

    Ceux qu'un parti réunissait le restent : on le redit d'eux seuls.
    """
    partis, restes = {un.pk for un in sortis}, {autre.pk for autre in gardes}
    tenus = DecisionDeRapprochement.objects.filter(
        Q(premier__in=partis, second__in=restes) | Q(premier__in=restes, second__in=partis),
        operateur=rapprochement.operateur_id,
        ensemble=True,
    ).values_list("premier", "second")
    lies = sorted({pk for paire in tenus for pk in paire} - partis)
    _apprendre(rapprochement.operateur_id, product(partis, restes), ensemble=False, par=par)
    _apprendre(rapprochement.operateur_id, _en_etoile(lies), ensemble=True, par=par)


def _en_etoile(tous: list[UUID]) -> list[tuple[UUID, UUID]]:
    """Chacun avec le premier suffit à les lier."""
    return [(tous[0], autre) for autre in tous[1:]]


def _apprendre(
    operateur: UUID, paires: Iterable[tuple[UUID, UUID]], *, ensemble: bool, par: Utilisateur
) -> None:
    """La dernière décision sur une paire remplace celle d'avant."""
    ordonnees = {(min(paire), max(paire)) for paire in paires}
    DecisionDeRapprochement.objects.bulk_create(
        [
            DecisionDeRapprochement(
                operateur_id=operateur,
                premier_id=premier,
                second_id=second,
                ensemble=ensemble,
                prise_par=par,
            )
            for premier, second in sorted(ordonnees)
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["operateur", "premier", "second"],
        update_fields=["ensemble", "prise_par"],
    )
