"""Le cahier des charges : l'émettre, le réémettre, le reprendre ; les prestataires le savent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from maillage.annuaire.destinataires import comptes_de
from maillage.annuaire.models import Role
from maillage.confirmer.cahier.contexte import contexte_du_cahier, figer
from maillage.confirmer.cahier.grille import RUBRIQUES, ContexteDuCahier, changements
from maillage.confirmer.models import CahierDesCharges, EtatCahier, EtatConsultation
from maillage.confirmer.transitions import CAHIER
from maillage.ingenieries.operations import retirer_element
from maillage.socle.droits import exiger, refuse
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import enumerer, minuscule
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur


PHRASES = {
    "emettre": "a émis le cahier des charges",
    "reemettre": "a réémis le cahier des charges",
    "reprendre": "a repris le cahier des charges en brouillon",
}


@operation
def changer_cahier(
    cahier: CahierDesCharges, verbe: str, *, version: int, par: Utilisateur | None
) -> CahierDesCharges:
    """Émet le cahier, le réémet ou le reprend. Lève `TransitionRefusee` ou `ConflitDeVersion`.

    Émettre fige ce que disent aujourd'hui le cahier et le dossier ; les prestataires déjà appelés
    sont prévenus de ce qui a changé.
    """
    tenir(cahier.ingenierie)
    CAHIER.appliquer(verbe, cahier)
    nouveautes = _figer(cahier) if cahier.etat == EtatCahier.EMIS else ()
    enregistrer(cahier, version=version)
    journaliser(cahier.ingenierie, PHRASES[verbe], par=par)
    if verbe == "reemettre":
        _prevenir(cahier, nouveautes)
    return cahier


@operation
def retirer_cahier(cahier: CahierDesCharges, *, nom: str, par: Utilisateur) -> None:
    """Retire un cahier en brouillon. Lève `Refus` s'il est émis."""
    tenir(cahier.ingenierie)
    emis = CahierDesCharges.objects.filter(pk=cahier.pk, etat=EtatCahier.EMIS)
    if emis.exists():
        exiger(
            refuse(
                "Le cahier des charges est émis : il reste au dossier.",
                "Reprenez-le en brouillon tant qu’aucun prestataire ne le lit.",
            )
        )
    retirer_element(cahier, nom=nom, par=par)


def tenir(ingenierie: Ingenierie) -> None:
    """Un geste à la fois sur le cahier et la consultation ; chacun relit l'état de l'autre.

    Sans quoi l'un reprendrait le cahier pendant que l'autre ouvre l'appel à qui le lirait.
    """
    type(ingenierie).objects.select_for_update().get(pk=ingenierie.pk)
    for lien in ("cahier_des_charges", "consultation"):
        ingenierie._state.fields_cache.pop(lien, None)


def _figer(cahier: CahierDesCharges) -> tuple[str, ...]:
    """Garde le contenu d'aujourd'hui et rend ce qui a changé depuis la dernière émission."""
    contexte = contexte_du_cahier(cahier.ingenierie)
    if set(contexte.vides) == set(RUBRIQUES):
        raise TransitionRefusee("Le cahier est vide, et le dossier n’en dit rien non plus.")
    nouveautes = changements(ContexteDuCahier.depuis_json(cahier.contenu or {}), contexte)
    if not nouveautes:
        raise TransitionRefusee("Rien n’a changé depuis l’émission.")
    cahier.contenu = figer(contexte)
    return nouveautes


def _prevenir(cahier: CahierDesCharges, nouveautes: Sequence[str]) -> None:
    """Dit aux prestataires consultés que le cahier qu'ils lisent a changé, et en quoi."""
    ingenierie = cahier.ingenierie
    consultation = getattr(ingenierie, "consultation", None)
    if consultation is None or consultation.etat != EtatConsultation.OUVERTE:
        return
    quoi = enumerer([minuscule(nom) for nom in nouveautes])
    for offre in ingenierie.offres.all():
        annoncer(
            cle=f"cahier-reemis:{offre.pk}:{cahier.edition}",
            phrase=f"« {ingenierie.titre} » : le cahier des charges a changé ({quoi}).",
            url=reverse("confirmer:mon_offre", args=[offre.pk]),
            destinataires=comptes_de([offre.prestataire_id], [Role.PRESTATAIRE]),
        )
