"""Inviter les contacts, suivre les réponses au fil de l'eau, relancer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.confirmer.droits import peut_inviter, peut_lire_la_mobilisation
from maillage.confirmer.editions import MESSAGE
from maillage.confirmer.mobilisation import envois, lecture, lettre
from maillage.confirmer.mobilisation.forms import FiltresDeSuivi
from maillage.confirmer.mobilisation.slots import OUVERTURES, PORTAIL
from maillage.confirmer.models import EtatInvitation, Invitation, Mobilisation
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.listes import ColonneDeListe, Liste
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete, lire_texte
from maillage.socle.vues import rendre_formulaire

ECRITS_RECEMMENT = "Personne à relancer aujourd’hui : on a écrit à chacun récemment."
SUIVIS_AILLEURS = (
    "Personne à relancer chez vous : ceux qui n’ont pas répondu se relancent dans le DLA qui suit "
    "leur structure."
)
LIMITE_PASSEE = "La date limite est passée : repoussez-la avant de relancer ou de réessayer."
RIEN_A_ENVOYER = "Aucun courriel n’attend parmi les structures que vous suivez."
MONTRES = 200
"""Contacts proposés d'un coup ; les suivants paraissent quand ceux-là sont invités."""
COLONNES = [
    ColonneDeListe("Structure", "nom", ["participation__structure__nom_normalise"]),
    ColonneDeListe("Contact", "contact", ["contact", "participation__structure__nom_normalise"]),
    ColonneDeListe("Son invitation", "lien", ["envoyee_le"]),
    ColonneDeListe("Sa réponse", "reponse", ["participation__repondu_le"]),
]


@require_http_methods(["GET", "POST"])
def inviter(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Relire le message, cocher les contacts que l'on suit, les inviter."""
    dossier = _dossier_ou_l_on_invite(request, ingenierie)
    campagne = Mobilisation.objects.filter(ingenierie=dossier).first()
    proposes = list(islice(lecture.contacts(dossier, request.user), MONTRES + 1))
    if request.method == "POST":
        choisis = _coches(proposes, request.POST.getlist("contacts"))
        refus = _ce_qui_manque(campagne, choisis)
        if not refus:
            invitations = envois.inviter_des_contacts(dossier, choisis, par=request.user)
            return _partir(request, dossier, invitations)
        messages.error(request, refus)
    montres = proposes[:MONTRES]
    sans_contact, a_nommer = lecture.sans_contact(dossier, request.user)
    contexte = {
        "ingenierie": dossier,
        "campagne": campagne,
        "lettre": lettre.premiere(campagne) if campagne and campagne.prete else None,
        "exemple": montres[0] if montres else None,
        "structures": [
            (participation.structure, list(siens))
            for participation, siens in groupby(montres, lambda c: c.participation)
        ],
        "cochees": set(request.POST.getlist("contacts")),
        "il_en_reste": len(proposes) > MONTRES,
        "sans_contact": sans_contact,
        "ailleurs": lecture.suivies_ailleurs(dossier, request.user),
        "modifier": peut_modifier(request.user, dossier),
        "a_nommer": a_nommer,
        "combien": len(montres),
        "sur_le_champ": envois.SUR_LE_CHAMP,
        "url_message": MESSAGE.url("ajouter", dossier.pk),
        "retour": reverse("confirmer:mobilisation", args=[dossier.pk]),
    }
    return rendre_formulaire(request, "confirmer/mobilisation/contacts.html", contexte)


@require_safe
def suivi(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Qui a reçu, qui a répondu ; à htmx, seulement ce qui change."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_lire_la_mobilisation(request.user, dossier))
    campagne = Mobilisation.objects.filter(ingenierie=dossier).first()
    filtres = FiltresDeSuivi(request.GET)
    siennes = Invitation.objects.filter(participation__ingenierie=dossier)
    liste = Liste(
        request,
        lecture.avec_ce_qui_se_lit(siennes, request.user),
        colonnes=COLONNES,
        tri="nom",
        filtres=filtres,
    )
    etat = lecture.etat(dossier)
    a_ecrire = lecture.a_ecrire(dossier, campagne, request.user) if campagne else lecture.AEcrire()
    invitations = list(liste.page)
    ouvertures = OUVERTURES.pour(PORTAIL, invitations) or {}
    contexte = {
        "lignes": [(i, ouvertures.get(i.pk)) for i in invitations],
        "ingenierie": dossier,
        "campagne": campagne,
        "liste": liste,
        "etat": etat,
        "a_ecrire": a_ecrire,
        "prochaine": a_ecrire.prochaine_relance(campagne.espacement) if campagne else None,
        "muettes_ailleurs": etat.muettes - a_ecrire.muettes,
        "modifier": peut_modifier(request.user, dossier),
        "inviter": peut_inviter(request.user, dossier),
        "retour": reverse("confirmer:mobilisation", args=[dossier.pk]),
        "maintenant": timezone.now(),
    }
    gabarit = "_reponses.html" if request.headers.get("HX-Request") else "suivi.html"
    return render(request, f"confirmer/mobilisation/{gabarit}", contexte)


@require_POST
def relancer(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Relance d'un geste ceux que l'on suit, sans réponse, et que l'espacement permet."""
    dossier = _dossier_ou_l_on_invite(request, ingenierie)
    campagne = get_object_or_404(Mobilisation, ingenierie=dossier)
    if not campagne.recoit:
        messages.error(request, LIMITE_PASSEE)
        return redirect("confirmer:suivi", dossier.pk)
    cles = envois.relancer(dossier, campagne, par=request.user)
    if not cles:
        ailleurs = lecture.a_relancer(campagne).exists()
        messages.warning(request, SUIVIS_AILLEURS if ailleurs else ECRITS_RECEMMENT)
        return redirect("confirmer:suivi", dossier.pk)
    return _faire_partir(request, dossier, cles)


@require_POST
def reessayer(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Écrit de nouveau à ceux que l'on suit et dont le serveur a refusé le courriel."""
    dossier = _dossier_ou_l_on_invite(request, ingenierie)
    campagne = get_object_or_404(Mobilisation, ingenierie=dossier)
    if not campagne.recoit:
        messages.error(request, LIMITE_PASSEE)
        return redirect("confirmer:suivi", dossier.pk)
    cles = envois.reprendre(dossier, par=request.user)
    if not cles:
        messages.warning(request, RIEN_A_ENVOYER)
    return _faire_partir(request, dossier, cles)


@require_POST
def remettre(request: Requete, ingenierie: UUID, invitation: UUID) -> HttpResponse:
    """Montre une seule fois le lien d'un contact, pour le lui remettre en main."""
    dossier = _dossier_ou_l_on_invite(request, ingenierie)
    siennes = Invitation.objects.select_related("personne", "participation__structure__operateur")
    objet = get_object_or_404(siennes, pk=invitation, participation__ingenierie=dossier)
    preuve = lire_texte(request.POST.get("preuve", ""), 200)
    if not preuve:
        messages.error(request, "Dites comment vous le lui remettez, puis créez le lien.")
        return redirect("confirmer:suivi", dossier.pk)
    remise = envois.remettre_en_main(objet, preuve=preuve, par=request.user)
    if remise.refus:
        messages.error(request, remise.refus)
        return redirect("confirmer:suivi", dossier.pk)
    contexte = {"ingenierie": dossier, "invitation": objet, "adresse": remise.adresse}
    reponse = render(request, "confirmer/mobilisation/remis.html", contexte)
    reponse["Cache-Control"] = "no-store, private"
    return reponse


def _dossier_ou_l_on_invite(request: Requete, ingenierie: UUID) -> Ingenierie:
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_inviter(request.user, dossier))
    return dossier


def _coches(proposes: Iterable[lecture.Contact], cles: Iterable[str]) -> list[lecture.Contact]:
    """Les contacts cochés parmi ceux que la page propose ; le reste n'existe pas."""
    voulues = set(cles)
    return [contact for contact in proposes if contact.cle in voulues]


def _ce_qui_manque(campagne: Mobilisation | None, choisis: list[Any]) -> str:
    if campagne is None or not campagne.prete:
        return "Écrivez d’abord le message : sans lui, le courriel serait vide."
    if not campagne.recoit:
        return "La date limite est passée : repoussez-la, les réponses ne seraient pas reçues."
    return "" if choisis else "Cochez au moins un contact, puis invitez."


def _partir(request: Requete, dossier: Ingenierie, invitations: list[Invitation]) -> HttpResponse:
    a_remettre = sum(i.etat == EtatInvitation.A_REMETTRE for i in invitations)
    if a_remettre:
        contacts = compter(a_remettre, "contact sans adresse", "contacts sans adresse")
        messages.warning(request, f"{contacts} : remettez-leur leur lien depuis cette page.")
    cles = [i.pk for i in invitations if i.etat == EtatInvitation.A_ENVOYER]
    return _faire_partir(request, dossier, cles)


def _faire_partir(request: Requete, dossier: Ingenierie, cles: list[UUID]) -> HttpResponse:
    """Quelques courriels partent aussitôt ; davantage, un travail en dit l'avancement."""
    travail, parties = envois.faire_partir(dossier, cles, par=request.user)
    if travail:
        return HttpResponseRedirect(travail.get_absolute_url())
    if parties:
        messages.success(request, f"{compter(parties, 'courriel parti', 'courriels partis')}.")
    if parties < len(cles):
        refuses = compter(
            len(cles) - parties, "courriel n’est pas parti", "courriels ne sont pas partis"
        )
        messages.error(request, f"{refuses} : cette page permet de réessayer.")
    return redirect("confirmer:suivi", dossier.pk)
