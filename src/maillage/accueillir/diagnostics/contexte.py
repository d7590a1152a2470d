"""Un diagnostic, réduit à ce que la structure partage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from maillage import methode
from maillage.accueillir.diagnostics.grille import (
    NON_PRECISE,
    BesoinDit,
    ContexteDuDiagnostic,
    DomaineDit,
    Identite,
)
from maillage.accueillir.diagnostics.lecture import DomaineLu, lire
from maillage.accueillir.models import Besoin, Diagnostic, EtatDiagnostic, EtatVolet
from maillage.socle.documents.grilles import Ligne
from maillage.socle.models import Document


def contexte_du_diagnostic(diagnostic: Diagnostic) -> ContexteDuDiagnostic:
    """Ce que dit ce diagnostic (trois requêtes) ; sa structure, son DLA, sa charge sont lus."""
    domaines = lire(diagnostic)
    pieces = Document.objects.filter(
        sujet_type=Diagnostic._meta.label_lower, sujet_id=diagnostic.pk, interne=False
    ).values_list("titre", flat=True)
    return assembler(diagnostic, domaines, list(pieces))


def assembler(
    diagnostic: Diagnostic, domaines: Sequence[DomaineLu], pieces: Sequence[str] = ()
) -> ContexteDuDiagnostic:
    """La grille, remplie de ce qui a été lu."""
    dits = [_besoin(b) for lu in domaines for b in lu.partages if b.prioritaire]
    return ContexteDuDiagnostic(
        titre=f"Diagnostic partagé : {diagnostic.structure}",
        identite=_identite(diagnostic),
        synthese=diagnostic.synthese,
        priorites=tuple(dits),
        domaines=tuple(_domaine(lu) for lu in domaines),
        pieces=tuple(pieces),
        remarques=diagnostic.remarques if diagnostic.etat == EtatDiagnostic.VALIDE else "",
    )


def dire_l_etat(diagnostic: Diagnostic) -> str:
    """« Validé le 3 mars 2026 par la présidente. »"""
    if diagnostic.etat == EtatDiagnostic.VALIDE and diagnostic.valide_le:
        preuve = f" ({diagnostic.preuve})" if diagnostic.preuve else ""
        return f"Validé le {_jour(diagnostic.valide_le)} par {diagnostic.valide_par}{preuve}."
    if diagnostic.etat == EtatDiagnostic.A_VALIDER and diagnostic.soumis_le:
        return f"Soumis à la structure le {_jour(diagnostic.soumis_le)}, pas encore validé."
    return "Document de travail : la structure ne l’a pas validé."


def _identite(diagnostic: Diagnostic) -> Identite:
    commune = diagnostic.structure.commune
    return Identite(
        structure=diagnostic.structure.nom,
        lieu=commune.nom if commune else "",
        dla=diagnostic.operateur.nom,
        charge=str(diagnostic.charge or ""),
        annee=str(diagnostic.date.year),
        date=date_format(diagnostic.date, "j F Y"),
        etat=dire_l_etat(diagnostic),
    )


def _domaine(lu: DomaineLu) -> DomaineDit:
    volet = lu.volet
    if volet.etat == EtatVolet.SANS_OBJET:
        return DomaineDit(libelle=lu.nom, sans_objet=volet.motif)
    return DomaineDit(
        libelle=lu.nom,
        situation=volet.situation,
        forces=volet.forces,
        fragilites=volet.fragilites,
        reponses=tuple(Ligne(question, reponse) for question, reponse in lu.reponses),
        preuves=volet.preuves,
        besoins=tuple(_besoin(besoin) for besoin in lu.partages),
        vide="" if volet.ecrit or lu.partages else NON_PRECISE,
    )


def _besoin(besoin: Besoin) -> BesoinDit:
    theme = methode.libelle("themes.themes", besoin.theme) if besoin.theme else ""
    return BesoinDit(besoin.dit, theme, "prioritaire" if besoin.prioritaire else "")


def _jour(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
