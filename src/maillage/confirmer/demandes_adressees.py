"""Ce que la mobilisation demande à un contact : dire si sa structure en sera."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone

from maillage.annuaire.interlocuteurs import Interlocuteur
from maillage.confirmer.models import Invitation, Mobilisation, Palier, Participation
from maillage.confirmer.models.mobilisation import ParticipationQuerySet
from maillage.ingenieries.models import Ingenierie
from maillage.socle.demandes import DemandeAdressee

MONTREES = 20


def adressees_a(a: Interlocuteur) -> ParticipationQuerySet:
    """Les participations dont un contact de sa structure a reçu l'invitation."""
    recues = Invitation.objects.parvenues().filter(participation=OuterRef("pk"))
    siennes = Participation.objects.filter(structure=a.structure).filter(Exists(recues))
    ouvertes = siennes.filter(ingenierie__in=Ingenierie.objects.ouvertes())
    return ouvertes.select_related("structure", "ingenierie__operateur", "ingenierie__mobilisation")


def demandes_adressees(a: Interlocuteur) -> list[DemandeAdressee]:
    """Les missions qui attendent sa réponse, ou l'ont reçue (une requête)."""
    lues = adressees_a(a).order_by("-cree_le")[:MONTREES]
    return [_demande(p) for p in lues if p.repondu_le or _attend(p)]


def campagne_de(participation: Participation) -> Mobilisation | None:
    """La campagne de sa mission, si elle existe encore."""
    return getattr(participation.ingenierie, "mobilisation", None)


def _attend(participation: Participation) -> bool:
    campagne = campagne_de(participation)
    return campagne is not None and campagne.recoit


def _demande(lue: Participation) -> DemandeAdressee:
    dossier, campagne = lue.ingenierie, campagne_de(lue)
    return DemandeAdressee(
        page="mobilisation",
        objet=lue.pk,
        titre=f"« {dossier.titre} » : en serez-vous ?",
        qui=dossier.operateur.nom,
        pourquoi="Un accompagnement à plusieurs se prépare : dites si vous en serez.",
        devenir="Votre réponse n’est lue que par les DLA qui préparent la mission.",
        geste="Voir ou changer ma réponse" if lue.repondu_le else "Répondre",
        jusqu_au=campagne.limite_le if campagne else None,
        faite_le=timezone.localdate(lue.repondu_le) if lue.repondu_le else None,
        suite=_suite(lue),
    )


def _suite(lue: Participation) -> str:
    """Ce que la réponse est devenue ; un refus ne se lit qu'une fois la structure prévenue."""
    if lue.palier == Palier.RETENUE:
        return "Votre structure est retenue."
    if lue.palier == Palier.NON_RETENUE and lue.informee_le:
        return "Votre structure n’est pas retenue cette fois."
    if lue.vient is False:
        return "Vous ne venez pas cette fois."
    return "Le groupe se forme : vous saurez si votre structure en est."
