"""Ce que la fiche d'une structure dit de ses demandes et de ses diagnostics, et leurs gestes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from maillage.accueillir.diagnostics.droits import peut_ouvrir
from maillage.accueillir.droits import peut_accueillir
from maillage.accueillir.models import Demande, Diagnostic
from maillage.annuaire.models import Organisation
from maillage.annuaire.slots import Accompagnement, Geste
from maillage.socle.mots import abreger

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def demandes_de(structure: Organisation, utilisateur: Utilisateur) -> Sequence[Accompagnement]:
    """Les demandes de cette structure que la personne voit (une requête)."""
    visibles = Demande.objects.visibles_par(utilisateur).filter(structure=structure)
    return [
        Accompagnement(
            titre=f"Demande du {demande.recue_le:%d/%m/%Y}",
            url=demande.get_absolute_url(),
            phrase=abreger(demande.paroles) or demande.operateur.nom,
            annee=demande.recue_le.year,
            etat=demande.forme,
            mot=demande.get_etat_display(),
        )
        for demande in visibles.select_related("operateur")
    ]


def diagnostics_de(structure: Organisation, utilisateur: Utilisateur) -> Sequence[Accompagnement]:
    """Ses diagnostics, dont certains n'existent que de nom pour qui n'y est pas autorisé."""
    connus = Diagnostic.objects.existants_pour(utilisateur).filter(structure=structure)
    return [
        Accompagnement(
            titre=f"Diagnostic du {diagnostic.date:%d/%m/%Y}",
            url=diagnostic.get_absolute_url(),
            phrase=diagnostic.operateur.nom,
            annee=diagnostic.date.year,
            etat=diagnostic.forme_d_etat,
            mot=diagnostic.get_etat_display(),
        )
        for diagnostic in connus.select_related("operateur")
    ]


def noter(structure: Organisation, utilisateur: Utilisateur) -> Geste | None:
    """« Noter une demande » de cette structure, pour qui accueille."""
    if not (structure.est_structure and peut_accueillir(utilisateur)):
        return None
    return Geste("Noter une demande", f"{reverse('accueillir:noter')}?structure={structure.pk}")


def ouvrir(structure: Organisation, utilisateur: Utilisateur) -> Geste | None:
    """« Ouvrir un diagnostic », pour qui le peut."""
    if not (structure.est_structure and peut_ouvrir(utilisateur, structure)):
        return None
    adresse = reverse("accueillir:diagnostic_ouvrir", args=[structure.pk])
    return Geste("Ouvrir un diagnostic", adresse)


def gestes_de_liste(utilisateur: Utilisateur) -> list[Geste]:
    """En tête des structures : noter une demande, retrouver celles que l'on a notées."""
    if not peut_accueillir(utilisateur):
        return []
    return [
        Geste("Noter une demande", reverse("accueillir:noter")),
        Geste("Voir les demandes", reverse("accueillir:demandes")),
    ]
