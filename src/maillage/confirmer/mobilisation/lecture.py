"""Lire la campagne : qui l'on peut inviter, qui a reçu, qui a répondu."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    Min,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Concat
from django.utils import timezone

from maillage.annuaire.models import Organisation, Personne, Rattachement, Role
from maillage.annuaire.visibilite import filtre_de_dossier
from maillage.confirmer.models import (
    RETRAITS,
    EtatInvitation,
    Invitation,
    Mobilisation,
    Participation,
)
from maillage.confirmer.models.campagne import InvitationQuerySet
from maillage.socle.mots import compter

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur

A_NOMMER = 50
"""Structures sans contact que la page propose de compléter."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Une personne que l'on peut inviter à répondre pour sa structure."""

    participation: Participation
    personne: Personne

    @property
    def cle(self) -> str:
        return f"{self.participation.pk}:{self.personne.pk}"


def contacts(dossier: Ingenierie, utilisateur: Utilisateur) -> Iterator[Contact]:
    """Les contacts que cette personne peut lire, pas encore invités (deux requêtes)."""
    lisibles = Organisation.objects.filter(filtre_de_dossier(utilisateur))
    invitables = (
        dossier.participations.exclude(palier__in=RETRAITS)
        .filter(structure__in=lisibles)
        .select_related("structure")
    )
    par_structure = {p.structure_id: p for p in invitables}
    deja = Invitation.objects.filter(
        participation__ingenierie=dossier,
        participation__structure=OuterRef("organisation"),
        personne=OuterRef("personne"),
    )
    tenus = (
        Rattachement.objects.actifs()
        .filter(role=Role.STRUCTURE, organisation__in=list(par_structure))
        .filter(~Exists(deja))
        .select_related("personne")
        .order_by("organisation__nom_normalise", "personne__nom", "personne")
    )
    return (Contact(par_structure[r.organisation_id], r.personne) for r in tenus)


def sans_contact(dossier: Ingenierie, utilisateur: Utilisateur) -> tuple[int, list[Organisation]]:
    """Combien de structures encore en jeu n'ont aucun contact, et les premières à compléter.

    Seules celles dont cette personne tient le dossier se nomment : elle peut y écrire (deux
    requêtes).
    """
    actifs = Rattachement.objects.actifs().filter(role=Role.STRUCTURE, organisation=OuterRef("pk"))
    en_jeu = dossier.participations.exclude(palier__in=RETRAITS).values("structure")
    muettes = Organisation.objects.filter(~Exists(actifs), pk__in=en_jeu)
    tenues = muettes.filter(filtre_de_dossier(utilisateur)).order_by("nom_normalise", "pk")
    return muettes.count(), list(tenues[:A_NOMMER])


@dataclass(frozen=True, slots=True)
class Ailleurs:
    """Des structures dont on ne lit pas les contacts : combien, et qui les suit.

    `dla` vide : personne ne les suit. `associe` : ce DLA est de la mission, il peut les inviter.
    """

    dla: str
    nombre: int
    associe: bool


def suivies_ailleurs(dossier: Ingenierie, utilisateur: Utilisateur) -> list[Ailleurs]:
    """Les structures encore en jeu que suivent d'autres DLA, par DLA (une requête)."""
    lisibles = Organisation.objects.filter(filtre_de_dossier(utilisateur))
    associes = dossier.operateurs_associes.through.objects.filter(
        ingenierie=dossier, organisation=OuterRef("structure__operateur")
    )
    lignes = (
        dossier.participations.exclude(palier__in=RETRAITS)
        .exclude(structure__in=lisibles)
        .order_by("structure__operateur__nom")
        .values("structure__operateur", "structure__operateur__nom")
        .annotate(nombre=Count("pk"), associe=Exists(associes))
    )
    return [
        Ailleurs(
            dla=ligne["structure__operateur__nom"] or "",
            nombre=ligne["nombre"],
            associe=ligne["associe"] or ligne["structure__operateur"] == dossier.operateur_id,
        )
        for ligne in lignes
    ]


def avec_ce_qui_se_lit(
    invitations: InvitationQuerySet, utilisateur: Utilisateur
) -> InvitationQuerySet:
    """Chacune avec `lisible` : faux quand le nom du contact reste au DLA de sa structure.

    `contact` : ce nom pour trier, vide s'il ne se lit pas ; l'ordre le laisserait deviner.
    """
    lisibles = Organisation.objects.filter(filtre_de_dossier(utilisateur)).values("pk")
    tenue = ExpressionWrapper(Q(participation__structure__in=lisibles), BooleanField())
    lues = invitations.select_related("personne", "participation__structure__operateur")
    nom = Concat("personne__nom", Value(" "), "personne__prenom")
    return lues.annotate(
        lisible=tenue, contact=Case(When(lisible=True, then=nom), default=Value(""))
    )


@dataclass(frozen=True, slots=True)
class Etat:
    """Où en est la campagne : des structures invitées, et ce qu'elles ont fait."""

    invitees: int = 0
    repondues: int = 0
    viennent: int = 0
    declinent: int = 0
    muettes: int = 0
    a_envoyer: int = 0
    pas_parties: int = 0
    a_remettre: int = 0

    @property
    def phrase(self) -> str:
        """« 2 réponses sur 5 structures invitées : 1 veut en être, 1 ne vient pas. »"""
        if not self.invitees:
            return "Aucun lien n’est encore parti."
        invitees = compter(self.invitees, "structure invitée", "structures invitées")
        viennent = compter(self.viennent, "veut en être", "veulent en être")
        declinent = compter(self.declinent, "ne vient pas", "ne viennent pas")
        sens = f" : {viennent}, {declinent}" if self.repondues else ""
        return f"{compter(self.repondues, 'réponse')} sur {invitees}{sens}."

    @property
    def attente(self) -> str:
        """« 3 structures n'ont pas répondu. » ; vide si toutes ont répondu."""
        if not self.muettes:
            return ""
        return f"{compter(self.muettes, 'structure n’a pas', 'structures n’ont pas')} répondu."


def etat(dossier: Ingenierie) -> Etat:
    """Les comptes de la campagne (une requête)."""
    siennes = Invitation.objects.filter(participation__ingenierie=dossier).order_by()
    muette = _muette(siennes)
    structures = "participation"
    comptes = siennes.aggregate(
        invitees=_distinctes(
            structures, Q(etat__in=(EtatInvitation.ENVOYEE, EtatInvitation.REMISE))
        ),
        repondues=_distinctes(structures, Q(participation__repondu_le__isnull=False)),
        viennent=_distinctes(structures, Q(participation__vient=True)),
        declinent=_distinctes(structures, Q(participation__vient=False)),
        muettes=_distinctes(structures, muette),
        a_envoyer=_distinctes("pk", Q(etat=EtatInvitation.A_ENVOYER)),
        pas_parties=_distinctes("pk", Q(etat=EtatInvitation.PAS_PARTIE)),
        a_remettre=_distinctes("pk", Q(etat=EtatInvitation.A_REMETTRE)),
    )
    return Etat(**comptes)


@dataclass(frozen=True, slots=True)
class AEcrire:
    """Ce qu'une personne peut faire partir : seulement aux contacts de ses structures.

    `muettes` compte des structures, le reste des contacts.
    """

    muettes: int = 0
    a_relancer: int = 0
    a_envoyer: int = 0
    pas_parties: int = 0
    premier_muet: datetime | None = None

    def prochaine_relance(self, espacement: int) -> date | None:
        """Le premier jour où une relance peut partir ; None s'il n'y a personne à relancer."""
        if self.premier_muet is None:
            return None
        return timezone.localdate(self.premier_muet) + timedelta(days=espacement)


def a_ecrire(dossier: Ingenierie, campagne: Mobilisation, utilisateur: Utilisateur) -> AEcrire:
    """Les comptes de cette personne (une requête)."""
    siennes = que_l_on_suit(
        Invitation.objects.en_jeu().filter(participation__ingenierie=dossier), utilisateur
    ).order_by()
    muette = _muette(siennes)
    relancable = Q(pk__in=a_relancer(campagne).order_by().values("pk"))
    comptes = siennes.aggregate(
        muettes=_distinctes("participation", muette),
        a_relancer=_distinctes("pk", relancable),
        a_envoyer=_distinctes("pk", Q(etat=EtatInvitation.A_ENVOYER)),
        pas_parties=_distinctes("pk", Q(etat=EtatInvitation.PAS_PARTIE)),
        premier_muet=Min("dernier_courriel_le", filter=muette & Q(etat=EtatInvitation.ENVOYEE)),
    )
    return AEcrire(**comptes)


def _muette(invitations: InvitationQuerySet) -> Q:
    return Q(pk__in=invitations.sans_reponse().values("pk"))


def _distinctes(champ: str, filtre: Q) -> Count:
    return Count(champ, filter=filtre, distinct=True)


def que_l_on_suit(invitations: InvitationQuerySet, utilisateur: Utilisateur) -> InvitationQuerySet:
    """Celles dont on peut écrire au contact : seul le DLA de sa structure lui remet un lien."""
    suivies = Organisation.objects.filter(filtre_de_dossier(utilisateur)).values("pk")
    return invitations.filter(participation__structure__in=suivies)


def a_relancer(campagne: Mobilisation) -> InvitationQuerySet:
    """Les invitations qu'une relance toucherait aujourd'hui."""
    siennes = Invitation.objects.filter(participation__ingenierie=campagne.ingenierie_id)
    return siennes.a_relancer(timezone.localdate(), campagne.espacement)
