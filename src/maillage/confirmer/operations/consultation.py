"""Consulter : inscrire les prestataires, ouvrir et clore, noter, décider, informer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, prefetch_related_objects
from django.urls import reverse

from maillage.annuaire.destinataires import comptes_de
from maillage.annuaire.models import Organisation, Role
from maillage.confirmer.models import (
    Consultation,
    DecisionDOffre,
    EtatConsultation,
    NoteDOffre,
    Offre,
)
from maillage.confirmer.operations.cahier import tenir
from maillage.confirmer.transitions import CONSULTATION
from maillage.ingenieries.operations import retirer_element
from maillage.socle.droits import exiger, refuse
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import enumerer
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur

PHRASES = {
    "ouvrir": "a ouvert la consultation",
    "clore": "a clos la consultation",
    "rouvrir": "a rouvert la consultation",
    "decider": "a décidé de la consultation",
    "revenir": "a repris la décision de la consultation",
}


@operation
def consulter(
    ingenierie: Ingenierie,
    prestataires: Iterable[Organisation],
    *,
    le: date | None = None,
    par: Utilisateur | None,
) -> list[Offre]:
    """Inscrit des prestataires à consulter ; si l'appel est déjà ouvert, ils en sont avertis."""
    tenir(ingenierie)
    presents = set(ingenierie.offres.values_list("prestataire", flat=True))
    nouvelles = [
        Offre(ingenierie=ingenierie, prestataire=prestataire, consulte_le=le)
        for prestataire in prestataires
        if prestataire.pk not in presents
    ]
    Offre.objects.bulk_create(nouvelles)
    if nouvelles:
        noms = enumerer([o.prestataire.nom for o in nouvelles])
        journaliser(ingenierie, f"a inscrit {noms} à consulter", par=par, interne=True)
    consultation = getattr(ingenierie, "consultation", None)
    if consultation and consultation.etat == EtatConsultation.OUVERTE:
        _appeler(consultation, nouvelles)
    return nouvelles


@operation
def changer_consultation(
    consultation: Consultation, verbe: str, *, version: int, par: Utilisateur | None
) -> Consultation:
    """Ouvre, clôt, rouvre ou reprend. Lève `TransitionRefusee` ou `ConflitDeVersion`."""
    tenir(consultation.ingenierie)
    prefetch_related_objects([consultation.ingenierie], "offres")
    CONSULTATION.appliquer(verbe, consultation)
    enregistrer(consultation, version=version)
    journaliser(consultation.ingenierie, PHRASES[verbe], par=par)
    if consultation.etat == EtatConsultation.OUVERTE:
        _appeler(consultation, consultation.ingenierie.offres.all())
    if verbe == "revenir":
        consultation.ingenierie.offres.update(decision="", version=F("version") + 1)
    return consultation


@operation
def retirer_consultation(consultation: Consultation, *, nom: str, par: Utilisateur) -> None:
    """Retire un appel jamais ouvert ; ouvert, il scelle les offres reçues. Lève `Refus`."""
    tenir(consultation.ingenierie)
    actuelles = Consultation.objects.filter(pk=consultation.pk)
    if actuelles.exclude(etat=EtatConsultation.PREPAREE).exists():
        exiger(
            refuse(
                "La consultation a été ouverte : elle reste au dossier.",
                "Close, elle peut se décider sans suite.",
            )
        )
    retirer_element(consultation, nom=nom, par=par)


@operation
def noter(offre: Offre, notes: Mapping[str, tuple[int, str]], *, par: Utilisateur) -> None:
    """Pose les notes signées d'une personne, par critère : (1 à 5, remarque)."""
    for critere, (valeur, remarque) in notes.items():
        NoteDOffre.objects.update_or_create(
            offre=offre,
            critere=critere,
            auteur=par,
            defaults={"valeur": valeur, "remarque": remarque},
        )
    journaliser(
        offre.ingenierie, f"a noté l’offre de {offre.prestataire.nom}", par=par, interne=True
    )


@operation
def decider(
    consultation: Consultation,
    *,
    retenues: Collection[Offre],
    motif: str,
    version: int,
    par: Utilisateur | None,
) -> Consultation:
    """Retient ces offres et écarte les autres ; aucune retenue, la consultation est sans suite.

    Lève `TransitionRefusee` sans motif, ou `ConflitDeVersion`.
    """
    consultation.decision_motif = motif
    CONSULTATION.appliquer("decider", consultation)
    enregistrer(consultation, version=version)
    choisies = []
    for offre in consultation.ingenierie.offres.select_for_update(of=("self",)).select_related(
        "prestataire"
    ):
        retenue = offre in retenues
        offre.decision = DecisionDOffre.RETENUE if retenue else DecisionDOffre.NON_RETENUE
        offre.version += 1
        offre.save()
        choisies += [offre.prestataire.nom] if retenue else []
    phrase = (
        f"a retenu {enumerer(choisies)}" if choisies else "a déclaré la consultation sans suite"
    )
    journaliser(consultation.ingenierie, phrase, par=par)
    return consultation


@operation
def informer(
    ingenierie: Ingenierie, cles: Iterable[UUID], *, le: date, par: Utilisateur | None
) -> list[Offre]:
    """Note que des prestataires connaissent la décision, et le dit à leurs comptes."""
    offres = list(
        ingenierie.offres.exclude(decision="")
        .filter(informe_le__isnull=True, pk__in=list(cles))
        .select_for_update(of=("self",))
        .select_related("prestataire")
    )
    for offre in offres:
        offre.informe_le = le
        offre.version += 1
        offre.save()
        annoncer(
            cle=f"decision:{offre.pk}:{offre.version}",
            phrase=f"« {ingenierie.titre} » : votre offre est {offre.get_decision_display()}.",
            url=reverse("confirmer:mon_offre", args=[offre.pk]),
            destinataires=comptes_de([offre.prestataire_id], [Role.PRESTATAIRE]),
        )
    if offres:
        noms = enumerer([o.prestataire.nom for o in offres])
        journaliser(ingenierie, f"a informé {noms} de la décision", par=par, interne=True)
    return offres


def _appeler(consultation: Consultation, offres: Iterable[Offre]) -> None:
    """Annonce l'appel à chaque prestataire consulté."""
    for offre in offres:
        annoncer(
            cle=f"consultation-ouverte:{offre.pk}",
            phrase=f"« {consultation.ingenierie.titre} » : un cahier des charges vous attend.",
            url=reverse("confirmer:mon_offre", args=[offre.pk]),
            destinataires=comptes_de([offre.prestataire_id], [Role.PRESTATAIRE]),
        )
