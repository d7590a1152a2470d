"""Quels diagnostics une personne lit, et lesquels elle sait exister : la face SQL des droits.

La même vérité, objet par objet et avec sa raison : `autorisations.droits`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from maillage.accueillir.autorisations.portees import portees
from maillage.accueillir.visibilite import filtre_de_visibilite
from maillage.annuaire.models.types import Role
from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.socle.droits import reunir

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def filtre_des_lisibles(utilisateur: Utilisateur) -> Q:
    """Ceux que lit cette personne : l'équipe qui mène, la structure, qui elle autorise."""
    perimetre = perimetre_de(utilisateur)
    tiers = (_autorises(perimetre, c, filtre) for c, filtre in _par_categorie(perimetre).items())
    return _de_la_maison(utilisateur) | (_valides() & reunir(tiers))


def filtre_des_existants(utilisateur: Utilisateur) -> Q:
    """Ceux dont cette personne sait l'existence : les mêmes, et les validés à sa portée."""
    a_portee = reunir(_par_categorie(perimetre_de(utilisateur)).values())
    return _de_la_maison(utilisateur) | (_valides() & a_portee)


def filtre_des_comptes(utilisateur: Utilisateur) -> Q:
    """Ceux que l'on compte sans les nommer : le pays pour le niveau national, sinon sa portée."""
    if Role.NATIONAL in perimetre_de(utilisateur).roles:
        return Q()
    return filtre_des_existants(utilisateur)


def _de_la_maison(utilisateur: Utilisateur) -> Q:
    """L'équipe qui mène, et la structure une fois qu'il lui a été soumis."""
    from maillage.accueillir.models import Diagnostic  # les modèles nous importent

    return filtre_de_visibilite(utilisateur, si=Diagnostic.montre_si)


def _valides() -> Q:
    """Seul un diagnostic validé par sa structure circule."""
    from maillage.accueillir.models import EtatDiagnostic

    return Q(etat=EtatDiagnostic.VALIDE)


def _par_categorie(perimetre: Perimetre) -> dict[str, Q]:
    """Les diagnostics à portée, réunis par catégorie de destinataires."""
    filtres: dict[str, Q] = {}
    for portee in portees(perimetre):
        filtres[portee.categorie] = filtres.get(portee.categorie, Q()) | portee.filtre
    return filtres


def _autorises(perimetre: Perimetre, categorie: str, a_portee: Q) -> Q:
    """À portée, la catégorie autorisée, et rien de soustrait."""
    from maillage.accueillir.models import Autorisation, ExceptionDAutorisation

    accordees = Autorisation.objects.filter(
        structure=OuterRef("structure"), categorie=categorie, accordee=True
    )
    soustraits = ExceptionDAutorisation.objects.filter(
        Q(diagnostic__isnull=True, structure=OuterRef("structure")) | Q(diagnostic=OuterRef("pk")),
        Q(organisation__isnull=True) | Q(organisation__in=perimetre.organisations),
        categorie__in=["", categorie],
    )
    return a_portee & Exists(accordees) & ~Exists(soustraits)
