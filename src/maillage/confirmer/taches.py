"""Ce que l'étape « confirmer » dit à la page « Aujourd'hui »."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.visibilite import filtre_de_dossier
from maillage.confirmer.mobilisation.lecture import que_l_on_suit
from maillage.confirmer.models import (
    Consultation,
    EtatConsultation,
    EtatInvitation,
    Invitation,
    Palier,
    Participation,
)
from maillage.confirmer.models.mobilisation import A_PREVENIR, JOURS_SANS_REPONSE, sans_reponse
from maillage.ingenieries.models import Ingenierie
from maillage.socle.lots import Lots, Lus
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


def lots(utilisateur: Utilisateur, aujourdhui: date) -> Lots:
    """Réponses attendues, courriels à refaire partir, consultations à clore, noter ou annoncer."""
    operateurs = perimetre_de(utilisateur).operateurs
    if not operateurs:
        return {}
    ouvertes = Ingenierie.objects.ouvertes()
    miennes, communes = ouvertes.pilotees_par(operateurs), ouvertes.des_dla(operateurs)
    return {
        "mobilisations": _mobilisations(miennes, communes, utilisateur, aujourdhui),
        "invitations": _invitations(communes, utilisateur),
        "consultations": _consultations(miennes),
    }


def dire(lus: Lus, _utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Les mobilisations, leurs invitations, puis les consultations."""
    dimanche = aujourdhui + timedelta(days=6 - aujourdhui.weekday())
    fin_de_semaine = timezone.make_aware(datetime.combine(dimanche, time.max))
    return [
        *(t for mission in lus.get("mobilisations", ()) for t in _mobilisation(mission)),
        *(t for mission in lus.get("invitations", ()) for t in _a_ecrire(mission)),
        *(t for c in lus.get("consultations", ()) for t in _consultation(c, fin_de_semaine)),
    ]


def _mobilisations(
    miennes: QuerySet[Ingenierie],
    communes: QuerySet[Ingenierie],
    utilisateur: Utilisateur,
    aujourdhui: date,
) -> QuerySet[Any, Any]:
    """Une ligne par mission où quelque chose attend, et combien ; dont ce que l'on suit.

    Tout ce qu'attend une mission que l'on pilote ; d'une mission commune, ses structures muettes.
    """
    muette = sans_reponse(aujourdhui)
    suivies = Organisation.objects.filter(filtre_de_dossier(utilisateur)).values("pk")
    return (
        Participation.objects.filter(
            Q(muette | A_PREVENIR, ingenierie__in=miennes)
            | Q(muette, ingenierie__in=communes, structure__in=suivies)
        )
        .order_by()
        .values("ingenierie", "ingenierie__titre")
        .annotate(
            muettes=Count("pk", filter=muette, distinct=True),
            suivies=Count("pk", filter=muette & Q(structure__in=suivies), distinct=True),
            ecartees=Count("pk", filter=A_PREVENIR, distinct=True),
            depuis=Min("contactee_le", filter=muette),
            invitees=Count("invitations", filter=muette, distinct=True),
        )
        .order_by("depuis", "ingenierie")[:MAXIMUM]
    )


def _invitations(missions: QuerySet[Ingenierie], utilisateur: Utilisateur) -> QuerySet[Any, Any]:
    """Une ligne par mission où un lien n'est pas parvenu, et que cette personne peut remettre."""
    en_souffrance = Invitation.objects.en_jeu().filter(
        participation__ingenierie__in=missions, etat__in=EN_SOUFFRANCE
    )
    return (
        que_l_on_suit(en_souffrance, utilisateur)
        .order_by()
        .values(mission=F("participation__ingenierie"), titre=F("participation__ingenierie__titre"))
        .annotate(
            pas_parties=Count("pk", filter=Q(etat=EtatInvitation.PAS_PARTIE)),
            a_remettre=Count("pk", filter=Q(etat=EtatInvitation.A_REMETTRE)),
        )
        .order_by("mission")[:MAXIMUM]
    )


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
            geste="Relancer" if mission["suivies"] else "Voir",
            contexte=titre,
            echeance=mission["depuis"] + timedelta(days=JOURS_SANS_REPONSE),
        )
    if mission["ecartees"]:
        phrase = compter(mission["ecartees"], *ECARTEES)
        url = reverse("confirmer:prevenir", args=[cle])
        yield Tache(Colonne.A_FAIRE, phrase, url, "Prévenir", titre, poids=1)


def _a_ecrire(mission: Mapping[str, Any]) -> Iterable[Tache]:
    suivi = reverse("confirmer:suivi", args=[mission["mission"]])
    for nombre, mots, geste in (
        (mission["pas_parties"], PAS_PARTIES, "Réessayer"),
        (mission["a_remettre"], A_REMETTRE, "Remettre"),
    ):
        if nombre:
            yield Tache(Colonne.A_FAIRE, compter(nombre, *mots), suivi, geste, mission["titre"])


def _consultations(missions: QuerySet[Ingenierie]) -> QuerySet[Consultation]:
    """Celles où il reste à faire, la plus pressée d'abord."""
    recue = Q(ingenierie__offres__deposee_le__isnull=False)
    return (
        Consultation.objects.filter(ingenierie__in=missions)
        .filter(
            Q(etat=EtatConsultation.OUVERTE)
            | Q(etat=EtatConsultation.CLOSE)
            | Q(etat=EtatConsultation.DECIDEE, ingenierie__offres__informe_le__isnull=True)
        )
        .annotate(
            titre=F("ingenierie__titre"),
            recues=Count("ingenierie__offres", filter=recue, distinct=True),
        )
        .only("ingenierie", "etat", "limite_le")
        .order_by("limite_le", "pk")[:MAXIMUM]
    )


def _consultation(c: Any, fin_de_semaine: datetime) -> Iterable[Tache]:
    titre = c.titre
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
