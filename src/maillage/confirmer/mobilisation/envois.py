"""Inviter des contacts, leur écrire, les relancer : jamais deux fois le même courriel.

Chaque lettre se réserve en base avant de partir. Un travail repris, un double clic ou deux agents
trouvent la réservation et passent : une panne peut faire manquer un courriel, jamais le doubler.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from maillage.confirmer.mobilisation import lettre
from maillage.confirmer.mobilisation.lecture import Contact, a_relancer, que_l_on_suit
from maillage.confirmer.mobilisation.slots import PORTAIL, REMETTRE, EnMain, Lettre, LienRemis
from maillage.confirmer.models import (
    RETRAITS,
    EtatInvitation,
    Invitation,
    Mobilisation,
    Palier,
    Participation,
)
from maillage.confirmer.operations.mobilisation import dater
from maillage.confirmer.transitions import PALIERS
from maillage.socle.comptes import Utilisateur
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import compter
from maillage.socle.travaux.operations import lancer
from maillage.socle.travaux.registre import Progression, tache

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.models import Travail

TACHE = "confirmer.ecrire_aux_contacts"
SUR_LE_CHAMP = 3
"""Au-delà, les courriels partent en travail de fond, avec leur progression."""


@operation
def inviter_des_contacts(
    dossier: Ingenierie, choisis: Iterable[Contact], *, par: Utilisateur
) -> list[Invitation]:
    """Inscrit les invitations ; qui est déjà invité pour sa structure ne l'est pas deux fois."""
    type(dossier).objects.select_for_update().get(pk=dossier.pk)
    deja = set(
        Invitation.objects.filter(participation__ingenierie=dossier).values_list(
            "participation", "personne"
        )
    )
    nouvelles = Invitation.objects.bulk_create(
        Invitation(
            participation=contact.participation,
            personne=contact.personne,
            etat=EtatInvitation.A_ENVOYER
            if contact.personne.courriel
            else EtatInvitation.A_REMETTRE,
            par=par,
        )
        for contact in choisis
        if (contact.participation.pk, contact.personne.pk) not in deja
    )
    if nouvelles:
        structures = len({i.participation_id for i in nouvelles})
        journaliser(
            dossier,
            f"a invité {compter(len(nouvelles), 'contact')} de {compter(structures, 'structure')} "
            "à répondre",
            par=par,
            interne=True,
        )
    return nouvelles


@operation
def relancer(dossier: Ingenierie, campagne: Mobilisation, *, par: Utilisateur) -> list[UUID]:
    """Qui relancer, parmi ceux que l'on suit : sans réponse, pas écrit depuis l'espacement."""
    cibles = list(que_l_on_suit(a_relancer(campagne), par).order_by().values_list("pk", flat=True))
    if cibles:
        journaliser(
            dossier,
            f"a relancé {compter(len(cibles), 'contact')} sans réponse",
            par=par,
            interne=True,
        )
    return cibles


@operation
def reprendre(dossier: Ingenierie, *, par: Utilisateur) -> list[UUID]:
    """Ce que le serveur a refusé, ou qu'un travail arrêté n'a pas écrit, redevient à envoyer.

    Ce qu'un DLA associé est en train d'envoyer lui reste : un autre ne peut que l'échouer.
    """
    siennes = Invitation.objects.filter(
        participation__ingenierie=dossier,
        etat__in=(EtatInvitation.PAS_PARTIE, EtatInvitation.A_ENVOYER),
    )
    attendent = que_l_on_suit(siennes.en_jeu(), par)
    cles = list(attendent.values_list("pk", flat=True))
    attendent.filter(etat=EtatInvitation.PAS_PARTIE).update(etat=EtatInvitation.A_ENVOYER)
    if cles:
        phrase = f"a réessayé d’écrire à {compter(len(cles), 'contact')}"
        journaliser(dossier, phrase, par=par, interne=True)
    return cles


def faire_partir(
    dossier: Ingenierie, invitations: Iterable[UUID], *, par: Utilisateur
) -> tuple[Travail | None, int]:
    """Écrit aussitôt à quelques-uns, et rend combien ; au-delà, lance un travail et le rend."""
    cles = list(invitations)
    if len(cles) <= SUR_LE_CHAMP:
        return None, sum(ecrire(cle, par=par) for cle in cles)
    travail = lancer(
        libelle=f"Écrire à {len(cles)} contacts : {dossier.titre}"[:200],
        tache=TACHE,
        parametres={"invitations": [str(cle) for cle in cles], "par": str(par.pk)},
        par=par,
        suite=reverse("confirmer:suivi", args=[dossier.pk]),
    )
    return travail, 0


@tache(TACHE)
def ecrire_aux_contacts(progression: Progression, *, invitations: list[str], par: str) -> str:
    """Écrit à chacun ; repris, passe ceux à qui l'on a déjà écrit."""
    auteur = Utilisateur.objects.get(pk=par)
    parties = 0
    for rang, cle in enumerate(invitations):
        progression.avancer(rang, len(invitations), "courriels")
        parties += ecrire(UUID(cle), par=auteur)
    progression.avancer(len(invitations), len(invitations), "courriels")
    return f"{compter(parties, 'courriel parti', 'courriels partis')} sur {len(invitations)}."


def ecrire(cle: UUID, *, par: Utilisateur) -> bool:
    """Écrit à ce contact la lettre qui vient, la première ou un rappel ; vrai si partie."""
    reserve = _reserver(cle, par)
    if reserve is None:
        return False
    invitation, texte = reserve
    structure = invitation.participation.structure
    remise = REMETTRE.pour(PORTAIL, invitation.personne, structure, texte, par)
    if remise is None or not remise.partie:
        _rendre(invitation)
        return False
    _contacter(invitation, par)
    return True


@operation
def remettre_en_main(invitation: Invitation, *, preuve: str, par: Utilisateur) -> LienRemis:
    """Crée le lien à montrer une fois ; `preuve` : comment l'agent le remet."""
    structure = invitation.participation.structure
    main = EnMain(preuve)
    remise = REMETTRE.pour(PORTAIL, invitation.personne, structure, main, par) or LienRemis()
    if remise.adresse and invitation.etat != EtatInvitation.ENVOYEE:
        invitation.etat = EtatInvitation.REMISE
        invitation.envoyee_le = invitation.envoyee_le or timezone.now()
        invitation.version += 1
        invitation.save()
        _contacter(invitation, par)
    return remise


@transaction.atomic
def _reserver(cle: UUID, par: Utilisateur) -> tuple[Invitation, Lettre] | None:
    """La lettre à écrire, notée partie avant de l'être ; None s'il n'y en a pas."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("personne", "participation__structure", "participation__ingenierie")
        .filter(pk=cle)
        .first()
    )
    if invitation is None or not invitation.personne.courriel:
        return None
    campagne = Mobilisation.objects.filter(
        ingenierie=invitation.participation.ingenierie_id
    ).first()
    if campagne is None or not campagne.recoit:
        return None
    if invitation.etat == EtatInvitation.A_ENVOYER:
        if invitation.participation.palier in RETRAITS:
            return None
        texte = lettre.premiere(campagne)
        invitation.etat = EtatInvitation.ENVOYEE
        invitation.envoyee_le = timezone.now()
    elif a_relancer(campagne).filter(pk=cle).exists():
        texte = lettre.relance(campagne)
        invitation.relances += 1
    else:
        return None
    invitation.dernier_courriel_le = timezone.now()
    invitation.version += 1
    invitation.save()
    return invitation, texte


@transaction.atomic
def _contacter(invitation: Invitation, par: Utilisateur) -> None:
    """Une structure repérée dont un contact reçoit son lien est contactée."""
    participation = Participation.objects.select_for_update().get(pk=invitation.participation_id)
    if participation.palier == Palier.REPEREE:
        PALIERS.appliquer("contacter", participation)
        participation.version += 1
        participation.save()
        dater([participation], par=par)


@transaction.atomic
def _rendre(invitation: Invitation) -> None:
    """Le courriel n'est pas parti : la page le dit, et l'on pourra réessayer."""
    prise = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if prise.relances:
        prise.relances -= 1
        prise.dernier_courriel_le = prise.envoyee_le
    else:
        prise.etat = EtatInvitation.PAS_PARTIE
        prise.envoyee_le = prise.dernier_courriel_le = None
    prise.version += 1
    prise.save()
