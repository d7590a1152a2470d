"""Ranger les groupes trouvés sans revenir sur ce qu'une personne a dit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Func
from django.utils import timezone

from maillage.accueillir.autorisations.comptages import SEUIL
from maillage.annuaire.models import Organisation
from maillage.identifier.models import CumulDeTheme, EtatRapprochement, Rapprochement, Signal
from maillage.identifier.partage import COMPTES, Partage
from maillage.identifier.regroupement.calculs import GroupePropose
from maillage.identifier.regroupement.calculs.apparier import apparier
from maillage.socle.verrou import enregistrer

RECENTS = timedelta(days=3 * 365)
"""Ce que l'on compte chez les voisins : au-delà, le besoin a pu passer."""
_DIRES = ("theme", "libelle", "mots", "communs")
_PRIORITE = [EtatRapprochement.RETENU, EtatRapprochement.ECARTE, EtatRapprochement.PROPOSE]
_Lien: Any = Rapprochement.signaux.through

Membres = dict[UUID, set[str]]


@transaction.atomic
def ranger(operateur: UUID, groupes: Sequence[GroupePropose]) -> int:
    """Met à jour les propositions faites à ce DLA ; rend combien sont à revoir.

    Un retenu garde les siens et reçoit les nouveaux qui leur ressemblent ; un écarté le reste ;
    une proposition que plus rien ne tient disparaît.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=operateur)
    presents = {r.pk: r for r in Rapprochement.objects.filter(operateur=operateur)}
    membres = _membres(operateur)
    rangs = {etat.value: rang for rang, etat in enumerate(_PRIORITE)}
    ordre = sorted(presents.values(), key=lambda r: (rangs[r.etat], r.cree_le, r.pk))
    anciens = {r.pk: membres.get(r.pk, set()) for r in ordre}
    ecartes = {r.pk for r in ordre if r.etat == EtatRapprochement.ECARTE}
    retrouves = apparier(anciens, [g.membres for g in groupes], stricts=ecartes)
    retenus = {r.pk for r in ordre if r.etat == EtatRapprochement.RETENU}
    for cle, rang in retrouves.items():
        autres = set().union(*(membres.get(r, ()) for r in retenus - {cle}))
        _suivre(presents[cle], groupes[rang], membres.get(cle, set()), autres)
    _oublier(r for r in ordre if r.etat == EtatRapprochement.PROPOSE and r.pk not in retrouves)
    pris = set(retrouves.values())
    _creer(operateur, [g for rang, g in enumerate(groupes) if rang not in pris])
    return Rapprochement.objects.filter(operateur=operateur, etat=EtatRapprochement.PROPOSE).count()


@transaction.atomic
def compter_les_voisins() -> None:
    """Refait, pour tout le pays, combien de structures disent chaque thème par département."""
    depuis = timezone.localdate() - RECENTS
    lignes = (
        Signal.objects.filter(date__gte=depuis, structure__isnull=False, partage__in=COMPTES)
        .order_by()
        .values("departement", theme=Func(F("themes"), function="unnest"))
        .annotate(structures=Count("structure", distinct=True))
    )
    CumulDeTheme.objects.all().delete()
    CumulDeTheme.objects.bulk_create(
        [
            CumulDeTheme(
                theme=x["theme"],
                departement_id=x["departement"],
                structures=x["structures"] if x["structures"] >= SEUIL else None,
            )
            for x in lignes
            if x["departement"]
        ],
        batch_size=1_000,
    )


def _membres(operateur: UUID) -> Membres:
    """Les besoins de chaque rapprochement ; ce qui est devenu interne les quitte."""
    membres: Membres = {}
    liens = _Lien.objects.filter(rapprochement__operateur=operateur)
    liens.filter(signal__partage=Partage.INTERNE).delete()
    for cle, signal in liens.values_list("rapprochement_id", "signal_id"):
        membres.setdefault(cle, set()).add(str(signal))
    return membres


def _suivre(
    present: Rapprochement, groupe: GroupePropose, siens: set[str], autres: set[str]
) -> None:
    """Ce groupe est celui que l'on avait déjà proposé : ses membres et ce qu'on en dit suivent."""
    voulus = set(groupe.membres) - autres
    if present.etat == EtatRapprochement.RETENU:
        voulus |= siens
    partis, venus = siens - voulus, voulus - siens
    _Lien.objects.filter(rapprochement=present, signal__in=partis).delete()
    _lier((present.pk, venu) for venu in sorted(venus))
    dits = _dire(groupe)
    if dits != {nom: getattr(present, nom) for nom in _DIRES} or partis or venus:
        for nom, valeur in dits.items():
            setattr(present, nom, valeur)
        enregistrer(present, version=present.version)


def _oublier(passes: Iterable[Rapprochement]) -> None:
    Rapprochement.objects.filter(pk__in=[r.pk for r in passes]).delete()


def _creer(operateur: UUID, groupes: Sequence[GroupePropose]) -> None:
    neufs = [Rapprochement(operateur_id=operateur, **_dire(groupe)) for groupe in groupes]
    Rapprochement.objects.bulk_create(neufs, batch_size=500)
    _lier(
        (neuf.pk, membre)
        for neuf, groupe in zip(neufs, groupes, strict=True)
        for membre in groupe.membres
    )


def _lier(paires: Iterable[tuple[UUID, str]]) -> None:
    liens = [_Lien(rapprochement_id=cle, signal_id=UUID(membre)) for cle, membre in paires]
    _Lien.objects.bulk_create(liens, batch_size=2_000)


def _dire(groupe: GroupePropose) -> Mapping[str, Any]:
    return {
        "theme": groupe.theme,
        "libelle": groupe.libelle,
        "mots": [mot[:60] for mot in groupe.mots],
        "communs": groupe.communs,
    }
