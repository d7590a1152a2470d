"""Trois tables : le palier d'une structure, le cahier des charges, la consultation."""

from __future__ import annotations

from django.utils import timezone

from maillage.confirmer.models import (
    RETRAITS,
    CahierDesCharges,
    Consultation,
    EtatCahier,
    EtatConsultation,
    Palier,
    Participation,
)
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.transitions import TableDeTransitions, Transition

# La mobilisation

TOUS = frozenset(Palier.values)


def _gravir(participation: Participation) -> None:
    """Un palier de l'entonnoir est atteint ; une réponse négative passée ne vaut plus."""
    participation.atteint = participation.palier
    participation.informee_le = None


def _dater_le_contact(participation: Participation) -> None:
    _gravir(participation)
    participation.contactee_le = participation.contactee_le or timezone.localdate()


PALIERS = TableDeTransitions(
    "palier",
    [
        Transition(
            "contacter",
            {Palier.REPEREE, Palier.INTERESSEE},
            Palier.CONTACTEE,
            "Noter contactée",
            effet=_dater_le_contact,
        ),
        Transition(
            "interesser",
            TOUS - {Palier.INTERESSEE},
            Palier.INTERESSEE,
            "Noter intéressée",
            effet=_gravir,
        ),
        Transition("retenir", TOUS - {Palier.RETENUE}, Palier.RETENUE, "Retenir", effet=_gravir),
        Transition(
            "ecarter",
            TOUS - set(RETRAITS),
            Palier.NON_RETENUE,
            "Ne pas retenir",
        ),
        Transition(
            "desister",
            {Palier.CONTACTEE, Palier.INTERESSEE, Palier.RETENUE},
            Palier.DESISTEE,
            "Noter le désistement",
        ),
        Transition(
            "reperer", {Palier.CONTACTEE}, Palier.REPEREE, "Remettre à repérée", effet=_gravir
        ),
    ],
)

# Le cahier des charges

REPONDUE = frozenset({EtatConsultation.CLOSE, EtatConsultation.DECIDEE})
"""La consultation ne reçoit plus d'offres : celles reçues répondent au cahier tel qu'il est."""


def _personne_ne_le_lit(cahier: CahierDesCharges) -> Decision:
    consultation = getattr(cahier.ingenierie, "consultation", None)
    if consultation is None or consultation.etat == EtatConsultation.PREPAREE:
        return permis("Aucun prestataire ne l’a encore reçu.")
    return refuse(
        "Des prestataires le lisent : changez ce qui doit l’être, puis réémettez-le, ils seront "
        "prévenus."
    )


def _les_offres_ne_sont_pas_ouvertes(cahier: CahierDesCharges) -> Decision:
    consultation = getattr(cahier.ingenierie, "consultation", None)
    if consultation is None or consultation.etat not in REPONDUE:
        return permis("Les prestataires ont encore le temps d’en tenir compte.")
    return refuse("La consultation est close : les offres répondent au cahier déjà émis.")


def _dater_l_emission(cahier: CahierDesCharges) -> None:
    cahier.emis_le = timezone.localdate()
    cahier.edition += 1


def _oublier_l_emission(cahier: CahierDesCharges) -> None:
    cahier.emis_le = cahier.contenu = None


CAHIER = TableDeTransitions(
    "etat",
    [
        Transition(
            "emettre",
            {EtatCahier.BROUILLON},
            EtatCahier.EMIS,
            "Émettre le cahier des charges",
            effet=_dater_l_emission,
        ),
        Transition(
            "reemettre",
            {EtatCahier.EMIS},
            EtatCahier.EMIS,
            "Réémettre le cahier des charges",
            garde=_les_offres_ne_sont_pas_ouvertes,
            effet=_dater_l_emission,
        ),
        Transition(
            "reprendre",
            {EtatCahier.EMIS},
            EtatCahier.BROUILLON,
            "Reprendre le cahier en brouillon",
            garde=_personne_ne_le_lit,
            effet=_oublier_l_emission,
        ),
    ],
)

# La consultation


def _limite_a_venir(consultation: Consultation) -> Decision:
    if consultation.limite_le and consultation.limite_le <= timezone.now():
        return refuse("La date limite est passée : reportez-la, ou laissez-la vide.")
    return permis("Les prestataires ont le temps de répondre.")


def _prete(consultation: Consultation) -> Decision:
    cahier = getattr(consultation.ingenierie, "cahier_des_charges", None)
    if cahier is None or cahier.etat != EtatCahier.EMIS:
        return refuse("Le cahier des charges n’est pas émis : il n’y aurait rien à lire.")
    if not consultation.ingenierie.offres.all():
        return refuse("Aucun prestataire n’est inscrit : choisissez d’abord qui consulter.")
    return _limite_a_venir(consultation)


def _motivee(consultation: Consultation) -> Decision:
    if consultation.decision_motif.strip():
        return permis("La décision a son motif.")
    return refuse("Dites ce qui a fait pencher la décision : le motif reste au dossier.")


def _nul_n_est_informe(consultation: Consultation) -> Decision:
    if any(o.informe_le for o in consultation.ingenierie.offres.all()):
        return refuse("Des prestataires connaissent déjà la décision : elle ne se reprend plus.")
    return permis("La décision n’a pas encore été annoncée.")


def _dater_l_ouverture(consultation: Consultation) -> None:
    consultation.ouverte_le = consultation.ouverte_le or timezone.now()
    consultation.close_le = None


def _dater_la_cloture(consultation: Consultation) -> None:
    consultation.close_le = timezone.now()


def _dater_la_decision(consultation: Consultation) -> None:
    consultation.decidee_le = timezone.now()


def _oublier_la_decision(consultation: Consultation) -> None:
    consultation.decidee_le = None


CONSULTATION = TableDeTransitions(
    "etat",
    [
        Transition(
            "ouvrir",
            {EtatConsultation.PREPAREE},
            EtatConsultation.OUVERTE,
            "Ouvrir la consultation",
            garde=_prete,
            effet=_dater_l_ouverture,
        ),
        Transition(
            "clore",
            {EtatConsultation.OUVERTE},
            EtatConsultation.CLOSE,
            "Clore et ouvrir les offres",
            effet=_dater_la_cloture,
        ),
        Transition(
            "rouvrir",
            {EtatConsultation.CLOSE},
            EtatConsultation.OUVERTE,
            "Rouvrir la consultation",
            garde=_limite_a_venir,
            effet=_dater_l_ouverture,
        ),
        Transition(
            "decider",
            {EtatConsultation.CLOSE},
            EtatConsultation.DECIDEE,
            "Décider",
            garde=_motivee,
            effet=_dater_la_decision,
        ),
        Transition(
            "revenir",
            {EtatConsultation.DECIDEE},
            EtatConsultation.CLOSE,
            "Reprendre la décision",
            garde=_nul_n_est_informe,
            effet=_oublier_la_decision,
        ),
    ],
)
