"""Mobiliser : inviter plusieurs structures, changer leur palier, prévenir celles qu'on écarte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from maillage import methode
from maillage.annuaire.destinataires import comptes_de
from maillage.annuaire.models import Organisation, Role
from maillage.confirmer.models import RETRAITS, Palier, Participation, PassageDePalier
from maillage.confirmer.transitions import PALIERS
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer, compter, enumerer
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
    hors_collectif: bool = False,
    par: Utilisateur | None,
) -> list[Participation]:
    """Ajoute des structures à la mobilisation ; celles qui y sont déjà ne changent pas.

    `palier` : l'un des quatre de l'entonnoir ; il se date du contact, sinon d'aujourd'hui.
    """
    champs = {"palier": palier, "contactee_le": contactee_le, "hors_collectif": hors_collectif}
    return _ajouter(ingenierie, structures, champs, "", par=par)


@operation
def reperer(
    ingenierie: Ingenierie,
    structures: Iterable[Organisation],
    *,
    ciblage: str,
    par: Utilisateur | None,
) -> list[Participation]:
    """Verse dans la mobilisation les structures d'un ciblage, au premier palier de l'entonnoir.

    Celles qui y sont déjà ne changent pas. `ciblage` : son nom, que le journal garde.
    """
    origine = f", d’après le ciblage {citer(ciblage)}"
    return _ajouter(ingenierie, structures, {"palier": Palier.REPEREE}, origine, par=par)


@operation
def changer_palier(
    ingenierie: Ingenierie,
    cles: Iterable[UUID],
    verbe: str,
    *,
    raison: str = "",
    motif: str = "",
    le: date | None = None,
    par: Utilisateur | None,
) -> PalierChange:
    """Joue un verbe de `PALIERS` sur plusieurs structures ; celles qui s'y refusent le disent.

    `raison` : code de `choix.raisons`, gardé avec `motif` (les mots) ; `le` : aujourd'hui sans lui.
    """
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
        garder_la_raison(participation, raison, motif)
        participation.version += 1
        participation.save()
        faites.append(participation)
    if faites:
        dater(faites, le=le, raison=raison, mots=motif, par=par)
        pourquoi = dire_la_raison(raison, motif)
        etat = faites[0].get_palier_display()
        phrase = f"a noté {nommer(faites)} : {etat}{f' ({pourquoi})' if pourquoi else ''}"
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
        phrase = f"a prévenu {nommer(attendues)}, non retenues"
        journaliser(ingenierie, phrase, par=par, interne=True)
    return attendues


def _ajouter(
    ingenierie: Ingenierie,
    structures: Iterable[Organisation],
    champs: dict[str, Any],
    origine: str,
    *,
    par: Utilisateur | None,
) -> list[Participation]:
    """Crée les participations qui manquent ; le verrou évite qu'un double clic n'en fasse deux."""
    type(ingenierie).objects.select_for_update().get(pk=ingenierie.pk)
    presentes = set(ingenierie.participations.values_list("structure", flat=True))
    nouvelles = Participation.objects.bulk_create(
        Participation(
            ingenierie=ingenierie, structure=structure, atteint=champs["palier"], **champs
        )
        for structure in structures
        if structure.pk not in presentes
    )
    dater(nouvelles, le=champs.get("contactee_le"), par=par)
    if nouvelles:
        combien = compter(len(nouvelles), "structure")
        phrase = f"a ajouté {combien} à la mobilisation{origine} : {nommer(nouvelles)}"
        journaliser(ingenierie, phrase, par=par, interne=True)
    return nouvelles


def garder_la_raison(participation: Participation, raison: str, motif: str) -> None:
    """La raison d'un retrait tient avec lui : qui revient dans la mobilisation n'en a plus."""
    if participation.palier in RETRAITS:
        participation.raison = raison or participation.raison
        participation.motif = motif or participation.motif
    else:
        participation.raison, participation.motif = "", motif


def dire_la_raison(raison: str, motif: str) -> str:
    """« Le groupe est complet : deux places » ; vide si rien n'est dit."""
    return " : ".join(filter(None, [methode.libelle("groupes.raisons", raison), motif]))


def dater(
    participations: Iterable[Participation],
    *,
    le: date | None = None,
    raison: str = "",
    mots: str = "",
    par: Utilisateur | None = None,
    au_nom_de: str = "",
) -> None:
    """Garde le jour où ces structures arrivent à leur palier, et pourquoi (une écriture)."""
    PassageDePalier.objects.bulk_create(
        PassageDePalier(
            participation=participation,
            palier=participation.palier,
            le=le or timezone.localdate(),
            raison=raison,
            mots=mots,
            par=par,
            au_nom_de=au_nom_de,
        )
        for participation in participations
    )


def nommer(participations: list[Participation]) -> str:
    """« Atelier A, Café B et 12 autres »."""
    noms = [p.structure.nom for p in participations[:NOMMEES]]
    reste = len(participations) - len(noms)
    return enumerer([*noms, f"{reste} autre{'s' if reste > 1 else ''}"] if reste else noms)
