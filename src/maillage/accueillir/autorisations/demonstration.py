"""Une structure de l'instance d'essai qui a dit à qui elle s'ouvre, et ce qu'elle soustrait."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from maillage.accueillir.autorisations import operations
from maillage.accueillir.autorisations.tenue import Auteur, Tenue
from maillage.accueillir.diagnostics.operations import ouvrir
from maillage.accueillir.diagnostics.validation import soumettre, valider
from maillage.accueillir.models import (
    Diagnostic,
    EtatDiagnostic,
    ExceptionDAutorisation,
    FormeDeLecture,
    VoieDAutorisation,
)
from maillage.annuaire.models import Organisation
from maillage.socle.models import Utilisateur

STRUCTURE, CONTACT = "Théâtre du Pont Neuf", "nadia.fournier@exemple.fr"
COMITE, AGENT = "marc.tissot@exemple.fr", "lea.morel@exemple.fr"
CHOIX = {"comite": True, "dla_regional": True, "prestataire": False}
ANCIEN = timedelta(days=900)


@transaction.atomic
def creer_autorisations() -> None:
    """Ouvert au comité et au DLA régional, fermé aux prestataires, un diagnostic soustrait.

    Ne change rien à ce qui existe.
    """
    structure = Organisation.objects.select_related("operateur").get(nom=STRUCTURE)
    if structure.autorisations.exists():
        return
    contact = Utilisateur.objects.get(courriel=CONTACT)
    auteur = Auteur(str(contact), VoieDAutorisation.COMPTE, contact)
    tenue = Tenue(structure, structure.diagnostics.all(), auteur)
    operations.decider(tenue, CHOIX, vu="")
    lu = structure.diagnostics.filter(etat=EtatDiagnostic.VALIDE).first()
    operations.soustraire(tenue, ExceptionDAutorisation(diagnostic=_ancien(structure, contact)))
    if lu:
        membre = Utilisateur.objects.get(courriel=COMITE)
        operations.inscrire_lecture(lu, forme=FormeDeLecture.ECRAN, par=membre)


def _ancien(structure: Organisation, contact: Utilisateur) -> Diagnostic:
    """Un premier diagnostic, d'une année difficile, que la structure garde pour elle."""
    agent = Utilisateur.objects.get(courriel=AGENT)
    operateur = structure.operateur or structure
    ancien = Diagnostic(
        structure=structure,
        operateur=operateur,
        date=timezone.localdate() - ANCIEN,
        synthese="Une année de tension entre le bureau et l’équipe, que la médiation a dénouée.",
    )
    ouvrir(ancien, par=agent)
    soumettre(ancien, version=ancien.version, par=agent)
    return valider(ancien, version=ancien.version, par=contact, au_nom_de=str(contact))
