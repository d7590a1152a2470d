"""Recevoir la réponse d'une structure, garder son brouillon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.destinataires import equipe_du
from maillage.confirmer.models import BrouillonDeReponse, Mobilisation, Palier, Participation
from maillage.confirmer.operations.mobilisation import dater, dire_la_raison, garder_la_raison
from maillage.confirmer.transitions import PALIERS
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import journaliser, operation

if TYPE_CHECKING:
    from maillage.annuaire.models import Personne

COPIES = ("remarques", "niveau", "attentes", "participants", "disponibilites")
"""Ce que la structure dit et que le DLA lit au dossier ; ce qu'elle laisse vide n'efface rien."""
VERBES = {
    True: ("interesser", {Palier.REPEREE, Palier.CONTACTEE, Palier.DESISTEE}),
    False: ("desister", {Palier.CONTACTEE, Palier.INTERESSEE, Palier.RETENUE}),
}


def peut_repondre(participation: Participation, campagne: Mobilisation | None) -> Decision:
    """Jusqu'à la date limite, tant que la structure ne se sait pas écartée."""
    if campagne is None or not campagne.recoit:
        return refuse(
            "La date limite est passée : votre réponse ne se change plus ici.",
            participation.ingenierie.operateur.nom,
        )
    if participation.palier == Palier.NON_RETENUE and participation.informee_le:
        return refuse("Le groupe est formé.", participation.ingenierie.operateur.nom)
    return permis("Vous pouvez répondre, et changer d’avis jusqu’à la date limite.")


class Devancee(Exception):
    """Quelqu'un d'autre de la structure a répondu depuis que l'on a lu sa participation."""


@operation
def repondre(
    participation: Participation,
    lues: Mapping[str, Any],
    *,
    questions: Mapping[str, str],
    dit: dict[str, Any],
    personne: Personne,
    signature: str,
) -> Participation:
    """Enregistre la réponse ; la structure entre dans l'entonnoir, ou en sort avec sa raison.

    `lues` : les champs vérifiés ; `questions` : les quatre réponses, par code ; `dit` : la saisie
    telle quelle, que la structure relira. Lève `Devancee`, sans rien écrire, si une autre réponse
    est arrivée depuis que `participation` a été lue.
    """
    prise = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("structure", "ingenierie")
        .get(pk=participation.pk)
    )
    if prise.repondu_le != participation.repondu_le:
        raise Devancee
    vient = lues["vient"] == "oui"
    _copier(prise, lues, questions)
    prise.vient, prise.dit = vient, dit
    prise.repondu_le, prise.repondu_par = timezone.now(), signature[:200]
    _changer_de_palier(prise, vient, lues["raison"], lues["motif"], signature)
    prise.version += 1
    prise.save()
    if "creneaux" in lues:
        prise.creneaux.set(lues["creneaux"])
    BrouillonDeReponse.objects.filter(participation=prise, personne=personne).delete()
    _annoncer(prise, signature)
    return prise


@operation
def garder_le_brouillon(
    participation: Participation, contenu: dict[str, Any], *, personne: Personne
) -> None:
    """Garde ce qui est commencé, que cette personne seule retrouvera."""
    BrouillonDeReponse.objects.update_or_create(
        participation=participation, personne=personne, defaults={"contenu": contenu}
    )


def _copier(prise: Participation, lues: Mapping[str, Any], questions: Mapping[str, str]) -> None:
    for nom in COPIES:
        if lues[nom]:
            setattr(prise, nom, lues[nom])
    prise.reponses = {**prise.reponses, **questions}
    for nom in ("benevoles", "salaries"):
        if lues[nom].connue:
            setattr(prise, nom, lues[nom])
    if "aucun_creneau" in lues:
        prise.aucun_creneau = lues["aucun_creneau"]


def _changer_de_palier(
    prise: Participation, vient: bool, raison: str, motif: str, signature: str
) -> None:
    verbe, depuis = VERBES[vient]
    raison, motif = ("", "") if vient else (raison, motif)
    if prise.palier == Palier.REPEREE and not vient:
        PALIERS.appliquer("contacter", prise)
    if prise.palier in depuis:
        PALIERS.appliquer(verbe, prise)
        garder_la_raison(prise, raison, motif)
        dater([prise], raison=raison, mots=motif, au_nom_de=signature)
    elif prise.palier == Palier.DESISTEE:
        garder_la_raison(prise, raison, motif)


def _annoncer(prise: Participation, signature: str) -> None:
    dossier = prise.ingenierie
    sens = "elle veut en être" if prise.vient else "elle ne vient pas"
    pourquoi = "" if prise.vient else dire_la_raison(prise.raison, prise.motif)
    detail = f" ({pourquoi})" if pourquoi else ""
    journaliser(
        dossier,
        f"a reçu la réponse de {prise.structure.nom}, par {signature} : {sens}{detail}",
        par=None,
        interne=True,
    )
    annoncer(
        cle=f"reponse:{prise.pk}:{prise.version}",
        phrase=f"« {dossier.titre} » : {prise.structure.nom} a répondu, {sens}.",
        url=reverse("confirmer:suivi", args=[dossier.pk]),
        destinataires=equipe_du(dossier.operateur_id),
    )
