"""Ce que les tests de l'accueil fabriquent : un diagnostic dans son état, une réponse donnée."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maillage.accueillir.diagnostics.operations import ecrire_volet, ouvrir
from maillage.accueillir.diagnostics.validation import soumettre
from maillage.accueillir.models import (
    Autorisation,
    Demande,
    Diagnostic,
    EtatDiagnostic,
    ExceptionDAutorisation,
    VoieDAutorisation,
)
from maillage.annuaire.models import Organisation
from tests.fabriques import organisation

PAGE = {"voie": VoieDAutorisation.PAGE, "par": "Ada Diallo"}


def diagnostic_valide(structure: Organisation, chez: Organisation, **champs: Any) -> Diagnostic:
    """Un diagnostic que sa structure a validé : le seul qui circule."""
    maintenant = timezone.now()
    return Diagnostic.objects.create(
        structure=structure,
        operateur=chez,
        **{
            "etat": EtatDiagnostic.VALIDE,
            "soumis_le": maintenant,
            "valide_le": maintenant,
            "synthese": "Ce que dit le diagnostic",
            **champs,
        },
    )


def autoriser(structure: Organisation, *categories: str) -> None:
    """La structure ouvre ses diagnostics à ces catégories."""
    for categorie in categories:
        Autorisation.objects.create(structure=structure, categorie=categorie, accordee=True, **PAGE)


def soustraire(structure: Organisation, **quoi: Any) -> ExceptionDAutorisation:
    """La structure soustrait un document ou un destinataire."""
    return ExceptionDAutorisation.objects.create(structure=structure, **quoi, **PAGE)


def structure_accueillie(chez: Organisation, **champs: Any) -> Organisation:
    """Une structure du portefeuille d'un DLA."""
    return organisation(operateur=chez, **champs)


def demande(structure: Organisation, chez: Organisation, **champs: Any) -> Demande:
    """Une demande à étudier."""
    return Demande.objects.create(structure=structure, operateur=chez, **champs)


def diagnostic_ouvert(structure: Organisation, chez: Organisation, **champs: Any) -> Diagnostic:
    """Un diagnostic en cours, ses huit volets ouverts et vides."""
    return ouvrir(Diagnostic(structure=structure, operateur=chez, **champs), par=None)


def diagnostic_soumis(structure: Organisation, chez: Organisation, **champs: Any) -> Diagnostic:
    """Le même, un domaine écrit, donné à relire."""
    objet = diagnostic_ouvert(structure, chez, **champs)
    volet = objet.volets.get(domaine="projet")
    volet.situation = "Un projet partagé"
    ecrire_volet(volet, version=volet.version, par=None)
    return soumettre(objet, version=objet.version, par=None)
