"""Mobiliser : inviter plusieurs structures, changer leur palier, prévenir celles qu'on écarte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from maillage.annuaire.destinataires import comptes_de
from maillage.annuaire.models import Organisation, Role
from maillage.confirmer.models import Palier, Participation
from maillage.confirmer.transitions import PALIERS
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import compter, enumerer
from maillage.socle.transitions import TransitionRefusee

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur

NOMMEES = 5


@dataclass(frozen=True, slots=True)
class PalierChange:
    """Ce qu'un verbe a changé : les participations, et pour les autres la raison du refus."""

    faites: tuple[Participation, ...]
    refus: tuple[str, ...]


@operation
def inviter(
    ingenierie: Ingenierie,
    structures: Iterable[Organisation],
    *,
    palier: str = Palier.REPEREE,
    contactee_le: date | None = None,
    par: Utilisateur | None,
) -> list[Participation]:
    """Ajoute des structures à la mobilisation ; celles qui y sont déjà ne changent pas.

    `palier` : l'un des quatre de l'entonnoir.
    """
    # Le verrou sur la mission évite qu'un double clic n'invite deux fois.
    type(ingenierie).objects.select_for_update().get(pk=ingenierie.pk)
    presentes = set(ingenierie.participations.values_list("structure", flat=True))
    nouvelles = [
        Participation(
            ingenierie=ingenierie,
            structure=structure,
            palier=palier,
            atteint=palier,
            contactee_le=contactee_le,
        )
        for structure in structures
        if structure.pk not in presentes
    ]
    Participation.objects.bulk_create(nouvelles)
    if nouvelles:
        journaliser(
            ingenierie,
            f"a ajouté {compter(len(nouvelles), 'structure')} à la mobilisation : "
            f"{_nommer(nouvelles)}",
            par=par,
            interne=True,
        )
    return nouvelles


@operation
def changer_palier(
    ingenierie: Ingenierie,
    cles: Iterable[UUID],
    verbe: str,
    *,
    motif: str = "",
    par: Utilisateur | None,
) -> PalierChange:
    """Joue un verbe de `PALIERS` sur plusieurs structures ; celles qui s'y refusent le disent."""
    participations = (
        ingenierie.participations.select_for_update(of=("self",))
        .select_related("structure")
        .filter(pk__in=list(cles))
    )
    faites, refus = [], []
    for participation in participations:
        try:
            PALIERS.appliquer(verbe, participation)
        except TransitionRefusee as refusee:
            refus.append(f"{participation.structure.nom} : {refusee}")
            continue
        participation.motif = motif or participation.motif
        participation.version += 1
        participation.save()
        faites.append(participation)
    if faites:
        etat = faites[0].get_palier_display()
        raison = f" ({motif})" if motif else ""
        phrase = f"a noté {_nommer(faites)} : {etat}{raison}"
        journaliser(ingenierie, phrase, par=par, interne=True)
    return PalierChange(tuple(faites), tuple(refus))


@operation
def prevenir(
    ingenierie: Ingenierie, cles: Iterable[UUID], *, le: date, par: Utilisateur | None
) -> list[Participation]:
    """Note que des structures non retenues ont reçu leur réponse, et le dit à leurs comptes."""
    attendues = list(
        ingenierie.participations.a_prevenir()
        .select_for_update(of=("self",))
        .select_related("structure")
        .filter(pk__in=list(cles))
    )
    for participation in attendues:
        participation.informee_le = le
        participation.version += 1
        participation.save()
        annoncer(
            cle=f"non-retenue:{participation.pk}:{participation.version}",
            phrase=(
                f"« {ingenierie.titre} » : {participation.structure.nom} n’est pas retenue "
                f"cette fois. {ingenierie.operateur.nom} peut vous dire pourquoi."
            ),
            url="",
            destinataires=comptes_de([participation.structure_id], [Role.STRUCTURE]),
        )
    if attendues:
        phrase = f"a prévenu {_nommer(attendues)}, non retenues"
        journaliser(ingenierie, phrase, par=par, interne=True)
    return attendues


def _nommer(participations: list[Participation]) -> str:
    """« Atelier A, Café B et 12 autres »."""
    noms = [p.structure.nom for p in participations[:NOMMEES]]
    reste = len(participations) - len(noms)
    return enumerer([*noms, f"{reste} autre{'s' if reste > 1 else ''}"] if reste else noms)
