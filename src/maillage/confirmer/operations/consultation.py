"""Consulter : émettre le cahier, inscrire les prestataires, recevoir, noter, décider, informer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.destinataires import comptes_de, equipe_du
from maillage.annuaire.models import Organisation, Role
from maillage.confirmer.cahier.contexte import contexte_du_cahier, figer
from maillage.confirmer.cahier.grille import RUBRIQUES, ContexteDuCahier, changements
from maillage.confirmer.droits import peut_deposer
from maillage.confirmer.models import (
    CahierDesCharges,
    Consultation,
    DecisionDOffre,
    EtatCahier,
    EtatConsultation,
    NoteDOffre,
    Offre,
)
from maillage.confirmer.transitions import CAHIER, CONSULTATION
from maillage.ingenieries.operations import modifier_element, retirer_element
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
    "ouvrir": "a ouvert la consultation",
    "clore": "a clos la consultation",
    "rouvrir": "a rouvert la consultation",
    "decider": "a décidé de la consultation",
    "revenir": "a repris la décision de la consultation",
}


@operation
def changer_cahier(
    cahier: CahierDesCharges, verbe: str, *, version: int, par: Utilisateur | None
) -> CahierDesCharges:
    """Émet le cahier, le réémet ou le reprend. Lève `TransitionRefusee` ou `ConflitDeVersion`.

    Émettre fige ce que disent aujourd'hui le cahier et le dossier ; les prestataires déjà appelés
    sont prévenus de ce qui a changé.
    """
    _tenir(cahier.ingenierie)
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
    _tenir(cahier.ingenierie)
    emis = CahierDesCharges.objects.filter(pk=cahier.pk, etat=EtatCahier.EMIS)
    if emis.exists():
        exiger(
            refuse(
                "Le cahier des charges est émis : il reste au dossier.",
                "Reprenez-le en brouillon tant qu’aucun prestataire ne le lit.",
            )
        )
    retirer_element(cahier, nom=nom, par=par)


@operation
def consulter(
    ingenierie: Ingenierie,
    prestataires: Iterable[Organisation],
    *,
    le: date | None = None,
    par: Utilisateur | None,
) -> list[Offre]:
    """Inscrit des prestataires à consulter ; si l'appel est déjà ouvert, ils en sont avertis."""
    _tenir(ingenierie)
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
    _tenir(consultation.ingenierie)
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
def deposer(offre: Offre, *, version: int, par: Utilisateur) -> Offre:
    """Enregistre l'offre que le prestataire dépose ou reprend, jusqu'à la limite.

    Lève `Refus` après la limite, `ConflitDeVersion` si un collègue l'a reprise entre-temps.
    """
    # Le verrou tient la clôture et le dépôt dans un ordre : jamais une offre après la clôture.
    consultation = Consultation.objects.select_for_update().get(ingenierie=offre.ingenierie)
    offre.ingenierie.consultation = consultation
    exiger(peut_deposer(offre))
    offre.deposee_le, offre.deposee_par, offre.decline = timezone.now(), par, False
    enregistrer(offre, version=version)
    _dire_au_dla(offre, "a déposé une offre", par)
    return offre


@operation
def decliner(offre: Offre, *, par: Utilisateur) -> Offre:
    """Le prestataire fait savoir qu'il ne répondra pas ; il peut encore changer d'avis."""
    exiger(peut_deposer(offre))
    if offre.deposee_le:
        exiger(refuse("Votre offre est déjà déposée : reprenez-la si elle doit changer."))
    offre.decline = True
    enregistrer(offre, version=offre.version)
    _dire_au_dla(offre, "ne répondra pas à la consultation", par)
    return offre


@operation
def recevoir_offre(offre: Offre, **options: Any) -> Offre:
    """Enregistre ce que l'agent a reçu autrement ; une offre sans date est reçue maintenant."""
    contenu = offre.proposition or offre.montant.connue or offre.jours.connue
    if contenu and offre.deposee_le is None and not offre.decline:
        offre.deposee_le = timezone.now()
    return modifier_element(offre, **options)


@operation
def retirer_consultation(consultation: Consultation, *, nom: str, par: Utilisateur) -> None:
    """Retire un appel jamais ouvert ; ouvert, il scelle les offres reçues. Lève `Refus`."""
    _tenir(consultation.ingenierie)
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
def retirer_offre(offre: Offre, *, nom: str, par: Utilisateur) -> None:
    """Désinscrit un prestataire qui n'a rien déposé lui-même. Lève `Refus`."""
    # Relue sous verrou : un dépôt a pu arriver pendant que l'on confirmait.
    actuelle = Offre.objects.select_for_update().filter(pk=offre.pk).first()
    if actuelle and actuelle.deposee_par_id:
        exiger(refuse("Ce prestataire a déposé son offre : elle reste au dossier."))
    retirer_element(offre, nom=nom, par=par)


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


def _tenir(ingenierie: Ingenierie) -> None:
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


def _appeler(consultation: Consultation, offres: Iterable[Offre]) -> None:
    """Annonce l'appel à chaque prestataire consulté."""
    for offre in offres:
        annoncer(
            cle=f"consultation-ouverte:{offre.pk}",
            phrase=f"« {consultation.ingenierie.titre} » : un cahier des charges vous attend.",
            url=reverse("confirmer:mon_offre", args=[offre.pk]),
            destinataires=comptes_de([offre.prestataire_id], [Role.PRESTATAIRE]),
        )


def _dire_au_dla(offre: Offre, phrase: str, par: Utilisateur) -> None:
    """Au journal interne et à l'équipe du DLA : qui a répondu, jamais quoi."""
    nom = offre.prestataire.nom
    acte = journaliser(offre.ingenierie, f"{phrase} pour {nom}", par=par, interne=True)
    acte.contexte = None  # les valeurs changées ouvriraient l'offre avant l'heure
    acte.save()
    annoncer(
        cle=f"offre:{offre.pk}:{phrase}",
        phrase=f"{nom} {phrase} pour « {offre.ingenierie.titre} ».",
        url=reverse("ingenieries:demarche", args=[offre.ingenierie_id, "confirmer.regler"]),
        destinataires=equipe_du(offre.ingenierie.operateur_id).exclude(pk=par.pk),
    )
