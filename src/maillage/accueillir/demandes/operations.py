"""Ce que l'on fait d'une demande : une transaction par fonction, une phrase au journal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.accueillir.demandes.transitions import DEMANDES
from maillage.accueillir.models import Demande, EtatDemande, PointDEligibilite
from maillage.annuaire.models import Organisation
from maillage.annuaire.operations import creer_organisation
from maillage.socle.etats import choisir
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@operation
def noter_demande(
    demande: Demande, *, nouvelle: Organisation | None = None, par: Utilisateur | None
) -> Demande:
    """Garde une demande ; `nouvelle` : la structure, si Maillage ne la connaît pas encore.

    Lève `ValidationError` si la nouvelle structure ne tient pas une règle de l'annuaire.
    """
    if nouvelle is not None:
        demande.structure = creer_organisation(nouvelle, par=par)
    demande.save(force_insert=True)
    journaliser(demande, "a noté cette demande", par=par)
    return demande


@operation
def modifier_demande(demande: Demande, *, version: int, par: Utilisateur) -> Demande:
    """Complète une demande. Lève `ConflitDeVersion`."""
    enregistrer(demande, version=version)
    journaliser(demande, "a complété la demande", par=par)
    return demande


@dataclass(frozen=True, slots=True)
class Constatation:
    """Ce que l'agent dit d'un point d'éligibilité, et ce qui le montre."""

    point: str
    constat: str
    precision: str


@operation
def constater(
    demande: Demande,
    constatations: Collection[Constatation],
    *,
    version: int,
    par: Utilisateur | None,
) -> Demande:
    """Enregistre les points d'éligibilité d'un seul geste. Lève `ConflitDeVersion`."""
    enregistrer(demande, version=version)
    presents = {p.point: p for p in demande.points.all()}
    for dite in constatations:
        ligne = presents.get(dite.point) or PointDEligibilite(demande=demande, point=dite.point)
        ligne.constat, ligne.precision = dite.constat, dite.precision
        if ligne._state.adding:
            ligne.save(force_insert=True)
        else:
            enregistrer(ligne, version=ligne.version)
    journaliser(demande, "a regardé l’éligibilité", par=par)
    return demande


@operation
def repondre(
    demande: Demande, verbe: str, *, version: int, motif: str = "", par: Utilisateur | None
) -> Demande:
    """Joue un verbe de `DEMANDES`. Lève `TransitionRefusee` ou `ConflitDeVersion`.

    Une structure accueillie entre dans le portefeuille du DLA, si personne ne la suit.
    """
    choisir(demande, DEMANDES, verbe, version=version, motif=motif, par=par)
    if demande.etat == EtatDemande.ACCUEILLIE:
        _prendre_en_portefeuille(demande, par)
    return demande


def _prendre_en_portefeuille(demande: Demande, par: Utilisateur | None) -> None:
    structure = Organisation.objects.select_for_update().get(pk=demande.structure_id)
    if structure.operateur_id is None:
        structure.operateur = demande.operateur
        enregistrer(structure, version=structure.version)
        suivie = f"est maintenant suivie par {citer(demande.operateur.nom)}"
        journaliser(structure, f"a accueilli la structure : elle {suivie}", par=par)
