"""Les phrases d'un parcours : où il en est, ce qui presse, ce que l'on a fait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format

from maillage.accueillir.models import EtatAction, EtatParcours, Parcours
from maillage.accueillir.parcours.lecture import LigneDAction, LigneDeBesoin
from maillage.socle.mots import compter


def ou_il_en_est(
    parcours: Parcours, actions: Sequence[LigneDAction], prochain: date | None, jour: date
) -> str:
    """« 2 actions faites sur 5, 1 en retard. Prochain point le 12 avril. »"""
    if parcours.etat != EtatParcours.EN_COURS:
        fin = f" le {_jour(parcours.clos_le)}" if parcours.clos_le else ""
        raison = f" : {parcours.motif.rstrip('. ')}" if parcours.motif else ""
        return f"Parcours {parcours.get_etat_display()}{fin}{raison}. {_avancement(actions)}"
    return f"{_avancement(actions)} {_rendez_vous(prochain, jour)}".strip()


def _avancement(actions: Sequence[LigneDAction]) -> str:
    menees = [ligne for ligne in actions if ligne.action.etat != EtatAction.ABANDONNEE]
    if not menees:
        return "Aucune action n’est encore décidée."
    faites = sum(ligne.action.etat == EtatAction.FAITE for ligne in menees)
    retards = sum(ligne.forme == "en_retard" for ligne in menees)
    accord = "actions faites" if faites > 1 else "action faite"
    en_retard = f", {retards} en retard" if retards else ""
    return f"{faites} {accord} sur {len(menees)}{en_retard}."


def _rendez_vous(prochain: date | None, jour: date) -> str:
    if prochain is None:
        return ""
    if prochain < jour:
        return f"Le point prévu le {_jour(prochain)} n’est pas noté."
    return f"Prochain point le {_jour(prochain)}."


def ce_qui_manque(
    parcours: Parcours,
    actions: Sequence[LigneDAction],
    besoins: Sequence[LigneDeBesoin],
) -> list[str]:
    """Ce que l'équipe pourrait faire ensuite ; rien n'oblige."""
    if parcours.etat == EtatParcours.INTERROMPU:
        return []
    if parcours.etat == EtatParcours.CLOS:
        return [] if parcours.changements else ["Le bilan ne dit pas encore ce qui a changé."]
    orphelins = sum(not ligne.actions for ligne in besoins)
    finies = actions and not any(ligne.action.restante for ligne in actions)
    sans_personne = sum(ligne.action.restante and not ligne.action.menee_par for ligne in actions)
    manques = [
        (orphelins, f"{compter(orphelins, 'besoin')} sans action en face."),
        (sans_personne, f"{compter(sans_personne, 'action')} sans personne pour la mener."),
        (finies, "Plus aucune action à mener : c’est le moment du bilan."),
    ]
    return [phrase for vrai, phrase in manques if vrai]


def _jour(jour: date) -> str:
    return date_format(jour, "j F Y")
