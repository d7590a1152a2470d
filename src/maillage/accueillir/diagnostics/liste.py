"""La liste des diagnostics : état, chargé·e."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest

from maillage.accueillir.equipe import equipe_de
from maillage.accueillir.models import Diagnostic, EtatDiagnostic
from maillage.annuaire.models import Personne
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Filtres, Liste
from maillage.socle.saisies import champ

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


class FiltresDeDiagnostics(Filtres):
    """Recherche, état, chargé·e."""

    egaux = ("etat", "charge")

    q = forms.CharField(label="Nom de la structure", required=False, max_length=100)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous les états"), *EtatDiagnostic.choices]
    )
    charge = forms.ModelChoiceField(
        label="Mené par",
        required=False,
        queryset=Personne.objects.none(),
        empty_label="Toute l’équipe",
    )

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ(self, "charge").queryset = equipe_de(utilisateur)


def diagnostics(request: HttpRequest, utilisateur: Utilisateur) -> Liste:
    """Les diagnostics visibles, tels que l'adresse les veut."""
    return Liste(
        request,
        Diagnostic.objects.visibles_par(utilisateur).pour_liste(),
        colonnes=COLONNES,
        tri="-date",
        filtres=FiltresDeDiagnostics(request.GET, utilisateur=utilisateur),
    )
