"""La liste des diagnostics : état, chargé·e."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest

from maillage.accueillir.filtres import FiltresDEquipe
from maillage.accueillir.models import Diagnostic, EtatDiagnostic
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Liste

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

COLONNES = [
    ColonneDeListe("Structure", "structure", ["structure__nom_normalise"]),
    ColonneDeListe("Fait le", "date", ["date", "cree_le"]),
    ColonneDeListe("État", "etat", ["etat"]),
    ColonneDeListe("Mené par", "charge", ["charge__nom", "charge__prenom"]),
]

EXPORT: Export[Diagnostic] = Export(
    "diagnostics",
    [
        Colonne("date", "Fait le", lambda d: d.date),
        Colonne("structure", "Structure", lambda d: d.structure.nom),
        Colonne("commune", "Commune", lambda d: str(d.structure.commune or "")),
        Colonne("etat", "État", lambda d: d.get_etat_display()),
        Colonne("soumis_le", "Soumis le", lambda d: d.soumis_le),
        Colonne("valide_le", "Validé le", lambda d: d.valide_le),
        Colonne("charge", "Chargé·e d’accompagnement", lambda d: str(d.charge or "")),
        Colonne("dla", "DLA", lambda d: d.operateur.nom),
    ],
)


class FiltresDeDiagnostics(FiltresDEquipe):
    """Recherche, état, chargé·e."""

    field_order = ("q", "etat", "charge")

    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous les états"), *EtatDiagnostic.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["charge"].label = "Mené par"


def diagnostics(request: HttpRequest, utilisateur: Utilisateur) -> Liste:
    """Les diagnostics visibles, tels que l'adresse les veut."""
    return Liste(
        request,
        Diagnostic.objects.visibles_par(utilisateur).pour_liste(),
        colonnes=COLONNES,
        tri="-date",
        filtres=FiltresDeDiagnostics(request.GET, utilisateur=utilisateur),
    )
