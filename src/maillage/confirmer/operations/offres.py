"""Les offres : un prestataire répond ou décline, le DLA reçoit et retire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.destinataires import equipe_du
from maillage.confirmer.droits import peut_deposer
from maillage.confirmer.models import Consultation, Offre
from maillage.ingenieries.operations import modifier_element, retirer_element
from maillage.socle.droits import exiger, refuse
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


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
def retirer_offre(offre: Offre, *, nom: str, par: Utilisateur) -> None:
    """Désinscrit un prestataire qui n'a rien déposé lui-même. Lève `Refus`."""
    # Relue sous verrou : un dépôt a pu arriver pendant que l'on confirmait.
    actuelle = Offre.objects.select_for_update().filter(pk=offre.pk).first()
    if actuelle and actuelle.deposee_par_id:
        exiger(refuse("Ce prestataire a déposé son offre : elle reste au dossier."))
    retirer_element(offre, nom=nom, par=par)


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
