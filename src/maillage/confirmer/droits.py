"""Qui peut quoi à l'étape « confirmer »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from maillage.confirmer.models import Consultation, EtatConsultation, Offre
from maillage.confirmer.transitions import REPONDUE
from maillage.ingenieries.droits import peut_modifier, peut_voir_interne, regard
from maillage.ingenieries.models import EtatIngenierie
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur


def peut_lire_la_mobilisation(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Ce que les structures ont dit, et celles que l'on n'a pas retenues, restent aux DLA."""
    decision = peut_voir_interne(utilisateur, ingenierie)
    if decision:
        return decision
    return refuse(
        "Ce que les structures ont répondu reste aux DLA de la mission.", ingenierie.operateur.nom
    )


def peut_inviter(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Le DLA pilote et ses associés, tant que la mission est ouverte : chacun ses structures.

    Qui invite relance et réessaie ; le message et les paliers restent au pilote.
    """
    vue = regard(utilisateur, ingenierie)
    if vue.pilote or not vue.voit_interne:
        return vue.modifier
    if ingenierie.etat != EtatIngenierie.EN_COURS:
        etat = ingenierie.get_etat_display()
        return refuse(f"La mission est {etat} : on n’y écrit plus à personne.", _pilote(ingenierie))
    return permis("Votre DLA est associé à cette mission : il y écrit à ses propres structures.")


def _pilote(ingenierie: Ingenierie) -> str:
    return f"{ingenierie.operateur.nom}."


def peut_ecrire_le_cahier(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Les prestataires lisent le contenu émis : l'écrire encore ne change rien dans leur dos."""
    decision = peut_modifier(utilisateur, ingenierie)
    close = Consultation.objects.filter(ingenierie=ingenierie, etat__in=REPONDUE)
    if decision and close.exists():
        return refuse(
            "La consultation est close : les offres répondent au cahier émis, qui ne change plus.",
            "Rouvrez d’abord la consultation, depuis la page de la mission.",
        )
    return decision


def peut_preparer_la_consultation(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Une consultation décidée ne se prépare plus."""
    decision = peut_modifier(utilisateur, ingenierie)
    decidee = Consultation.objects.filter(ingenierie=ingenierie, etat=EtatConsultation.DECIDEE)
    if decision and decidee.exists():
        return refuse(
            "La consultation est décidée : elle ne se modifie plus.",
            "Reprenez d’abord la décision, depuis la page de la mission.",
        )
    return decision


def peut_lire_les_offres(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Les offres ne s'ouvrent qu'une fois la consultation close, et pour les DLA seulement."""
    decision = peut_lire_la_mobilisation(utilisateur, ingenierie)
    ouverte = Consultation.objects.filter(ingenierie=ingenierie, etat=EtatConsultation.OUVERTE)
    if decision and ouverte.exists():
        return refuse(
            "Les offres restent fermées tant que la consultation est ouverte.",
            "Il faut la clore pour les lire.",
        )
    return decision


def peut_deposer(offre: Offre) -> Decision:
    """Le prestataire consulté dépose et reprend son offre jusqu'à la limite."""
    consultation = offre.ingenierie.consultation
    if consultation.recoit_des_offres(timezone.now()):
        return permis("Vous pouvez reprendre votre offre jusqu’à la limite.")
    return refuse(
        "Cette consultation ne reçoit plus d’offres : la limite est passée ou elle est close.",
        f"{offre.ingenierie.operateur.nom}.",
    )
