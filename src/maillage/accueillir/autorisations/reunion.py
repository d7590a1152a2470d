"""Deux fiches se réunissent ou se séparent : cela n'ouvre rien que la structure n'ait ouvert."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from maillage.accueillir.models import (
    Autorisation,
    Diagnostic,
    ExceptionDAutorisation,
    VoieDAutorisation,
)
from maillage.socle.mots import compter

FAUTE_DE_REPONSE = "Maillage, faute de réponse sur l’une des deux fiches"


def fermer_sans_reponse(gardee: UUID, absorbee: UUID) -> list[ExceptionDAutorisation]:
    """Ce qui reste fermé des diagnostics d'une fiche qui n'avait pas répondu, quand l'autre ouvre.

    Sans réponse, c'est fermé : celle de l'autre fiche ne vaut pas pour eux. Trois requêtes.
    """
    ouvertes, repondues = defaultdict(set), defaultdict(set)
    for dite in Autorisation.objects.filter(structure__in=(gardee, absorbee)):
        repondues[dite.structure_id].add(dite.categorie)
        if dite.accordee:
            ouvertes[dite.structure_id].add(dite.categorie)
    autre = {gardee: absorbee, absorbee: gardee}
    diagnostics = Diagnostic.objects.filter(structure__in=autre).values_list("pk", "structure")
    a_fermer = {
        (diagnostic, categorie)
        for diagnostic, structure in diagnostics
        for categorie in ouvertes[autre[structure]] - repondues[structure]
    }
    deja = ExceptionDAutorisation.objects.filter(
        structure__in=autre, diagnostic__isnull=False, organisation__isnull=True
    ).values_list("diagnostic", "categorie")
    return [
        ExceptionDAutorisation(
            structure_id=gardee,
            diagnostic_id=diagnostic,
            categorie=categorie,
            voie=VoieDAutorisation.REUNION,
            par=FAUTE_DE_REPONSE,
        )
        for diagnostic, categorie in sorted(a_fermer - set(deja), key=str)
    ]


def annoncer(gardee: UUID, absorbee: UUID) -> str:
    """Ce qui restera fermé, dit avant le geste ; vide si rien ne l'est. Trois requêtes."""
    nombre = len({fermee.diagnostic_id for fermee in fermer_sans_reponse(gardee, absorbee)})
    if not nombre:
        return ""
    reste = "restera fermé" if nombre == 1 else "resteront fermés"
    return (
        f"{compter(nombre, 'diagnostic')} {reste} : la structure n’avait pas répondu sur sa fiche, "
        "et l’accord donné sur l’autre n’y vaut pas. Demandez-lui sa réponse ensuite."
    )


def porter_les_exceptions(gardee: UUID, absorbee: UUID) -> None:
    """Les destinataires soustraits à la fiche gardée le sont aussi à l'autre (règle 3).

    Une exception qui nomme un diagnostic le suit déjà, où qu'il aille.
    """
    ici = ExceptionDAutorisation.objects.filter(diagnostic__isnull=True)
    deja = set(ici.filter(structure=absorbee).values_list("organisation", flat=True))
    for exception in ici.filter(structure=gardee).exclude(organisation__in=deja):
        ExceptionDAutorisation.objects.create(
            structure_id=absorbee,
            organisation_id=exception.organisation_id,
            voie=exception.voie,
            par=exception.par,
            preuve=exception.preuve,
            piece_id=exception.piece_id,
        )
