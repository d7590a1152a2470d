"""Ce que l'étape « confirmer » dit à la page « Aujourd'hui »."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.perimetre import perimetre_de
from maillage.confirmer.models import (
    Consultation,
    EtatConsultation,
    EtatInvitation,
    Palier,
    Participation,
)
from maillage.confirmer.models.mobilisation import A_PREVENIR, JOURS_SANS_REPONSE, sans_reponse
from maillage.ingenieries.models import Ingenierie
from maillage.socle.mots import compter
from maillage.socle.taches import Colonne, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

MAXIMUM = 20
EN_SOUFFRANCE = (EtatInvitation.PAS_PARTIE, EtatInvitation.A_REMETTRE)
PAS_PARTIES = (
    "courriel d’invitation n’est pas parti",
    "courriels d’invitation ne sont pas partis",
)
ECARTEES = ("structure non retenue à prévenir", "structures non retenues à prévenir")
A_REMETTRE = ("lien à remettre en main", "liens à remettre en main")


def taches(utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Réponses attendues, non retenues à prévenir, consultations à clore, noter ou annoncer."""
    operateurs = perimetre_de(utilisateur).operateurs
    if not operateurs:
        return []
    return [*_mobilisations(operateurs, aujourdhui), *_consultations(operateurs, aujourdhui)]


def _mes_missions(operateurs: Iterable[UUID]) -> QuerySet[Ingenierie]:
    return Ingenierie.objects.ouvertes().pilotees_par(operateurs)


def _mobilisations(operateurs: Iterable[UUID], aujourdhui: date) -> Iterable[Tache]:
    muette = sans_reponse(aujourdhui)
    missions = (
        Participation.objects.filter(ingenierie__in=_mes_missions(operateurs))
        .filter(muette | A_PREVENIR | Q(invitations__etat__in=EN_SOUFFRANCE))
        .order_by()
        .values("ingenierie", "ingenierie__titre")
        .annotate(
            muettes=Count("pk", filter=muette, distinct=True),
            ecartees=Count("pk", filter=A_PREVENIR, distinct=True),
            depuis=Min("contactee_le", filter=muette),
            invitees=Count("invitations", filter=muette, distinct=True),
            pas_parties=_invitations(EtatInvitation.PAS_PARTIE),
            a_remettre=_invitations(EtatInvitation.A_REMETTRE),
        )
        .order_by("depuis", "ingenierie")[:MAXIMUM]
    )
    for mission in missions:
        yield from _mobilisation(mission)


def _mobilisation(mission: Mapping[str, Any]) -> Iterable[Tache]:
    cle, titre = mission["ingenierie"], mission["ingenierie__titre"]
    suivi = reverse("confirmer:suivi", args=[cle])
    if mission["muettes"]:
        liste = f"{reverse('confirmer:structures', args=[cle])}?palier={Palier.CONTACTEE}"
        yield Tache(
            Colonne.A_FAIRE,
            f"{compter(mission['muettes'], 'structure')} sans réponse depuis "
            f"{JOURS_SANS_REPONSE} jours ou plus",
            f"{suivi}?ou=sans_reponse" if mission["invitees"] else liste,
            geste="Relancer",
            contexte=titre,
            echeance=mission["depuis"] + timedelta(days=JOURS_SANS_REPONSE),
        )
    if mission["ecartees"]:
        phrase = compter(mission["ecartees"], *ECARTEES)
        url = reverse("confirmer:prevenir", args=[cle])
        yield Tache(Colonne.A_FAIRE, phrase, url, "Prévenir", titre, poids=1)
    for nombre, mots, geste in (
        (mission["pas_parties"], PAS_PARTIES, "Réessayer"),
        (mission["a_remettre"], A_REMETTRE, "Remettre"),
    ):
        if nombre:
            yield Tache(Colonne.A_FAIRE, compter(nombre, *mots), suivi, geste, titre)


def _invitations(etat: str) -> Count:
    return Count("invitations", filter=Q(invitations__etat=etat), distinct=True)


def _consultations(operateurs: Iterable[UUID], aujourdhui: date) -> Iterable[Tache]:
    dimanche = aujourdhui + timedelta(days=6 - aujourdhui.weekday())
    fin_de_semaine = timezone.make_aware(datetime.combine(dimanche, time.max))
    recue = Q(ingenierie__offres__deposee_le__isnull=False)
    a_suivre = (
        Consultation.objects.filter(ingenierie__in=_mes_missions(operateurs))
        .filter(
            Q(etat=EtatConsultation.OUVERTE)
            | Q(etat=EtatConsultation.CLOSE)
            | Q(etat=EtatConsultation.DECIDEE, ingenierie__offres__informe_le__isnull=True)
        )
        .select_related("ingenierie")
        .annotate(
            recues=Count("ingenierie__offres", filter=recue, distinct=True),
            derniere=Max("ingenierie__offres__deposee_le"),
        )
        .order_by("limite_le", "pk")[:MAXIMUM]
    )
    for consultation in a_suivre:
        yield from _consultation(consultation, fin_de_semaine)


def _consultation(c: Any, fin_de_semaine: datetime) -> Iterable[Tache]:
    titre = c.ingenierie.titre
    demarche = reverse("ingenieries:demarche", args=[c.ingenierie_id, "confirmer.regler"])
    offres = reverse("confirmer:offres", args=[c.ingenierie_id])
    if c.etat == EtatConsultation.CLOSE:
        nombre = compter(c.recues, "offre")
        yield Tache(Colonne.A_FAIRE, f"{nombre} à noter et à départager", offres, "Noter", titre)
    elif c.etat == EtatConsultation.DECIDEE:
        phrase = "Prestataires à informer de la décision"
        yield Tache(Colonne.A_FAIRE, phrase, offres, "Informer", titre)
    elif c.limite_le and c.limite_le <= timezone.now():
        limite = timezone.localtime(c.limite_le).date()
        phrase = "Consultation à clore : la limite est passée"
        yield Tache(Colonne.A_FAIRE, phrase, demarche, "Clore", titre, echeance=limite)
    elif c.limite_le and c.limite_le <= fin_de_semaine:
        limite = timezone.localtime(c.limite_le).date()
        phrase = f"La consultation se termine ({compter(c.recues, 'offre reçue', 'offres reçues')})"
        yield Tache(Colonne.CETTE_SEMAINE, phrase, demarche, "Voir", titre, echeance=limite)
