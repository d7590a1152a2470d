"""La liste des demandes : état, chargé·e, période."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from maillage.accueillir.filtres import FiltresDEquipe
from maillage.accueillir.models import Demande, EtatDemande
from maillage.accueillir.models.demande import DemandeQuerySet
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Liste

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

COLONNES = [
    ColonneDeListe("Structure", "structure", ["structure__nom_normalise"]),
    ColonneDeListe("Reçue le", "recue", ["recue_le", "cree_le"]),
    ColonneDeListe("Ce qu’elle dit"),
    ColonneDeListe("État", "etat", ["etat"]),
    ColonneDeListe("Suivie par", "charge", ["charge__nom", "charge__prenom"]),
]

EXPORT: Export[Demande] = Export(
    "demandes",
    [
        Colonne("recue_le", "Reçue le", lambda d: d.recue_le),
        Colonne("structure", "Structure", lambda d: d.structure.nom),
        Colonne("commune", "Commune", lambda d: str(d.structure.commune or "")),
        Colonne("demandeur", "Qui demande", lambda d: d.qui),
        Colonne("canal", "Comment elle est venue", lambda d: d.get_canal_display()),
        Colonne("orientee_par", "Orientée par", lambda d: str(d.orientee_par or "")),
        Colonne("paroles", "Ce qu’elle dit", lambda d: d.paroles),
        Colonne("etat", "État", lambda d: d.get_etat_display()),
        Colonne("repondue_le", "Réponse le", lambda d: d.repondue_le),
        Colonne("motif", "Raison", lambda d: d.motif),
        Colonne("reorientee_vers", "Réorientée vers", lambda d: str(d.reorientee_vers or "")),
        Colonne("charge", "Chargé·e d’accompagnement", lambda d: str(d.charge or "")),
        Colonne("dla", "DLA", lambda d: d.operateur.nom),
    ],
)

Bornes = tuple[date, date]
PERIODES: dict[str, tuple[str, Callable[[date], Bornes]]] = {
    "mois": ("Les trente derniers jours", lambda jour: (jour - timedelta(days=30), jour)),
    "trimestre": ("Les trois derniers mois", lambda jour: (jour - timedelta(days=91), jour)),
    "annee": ("Cette année", lambda jour: (date(jour.year, 1, 1), date(jour.year, 12, 31))),
    "passee": (
        "L’année passée",
        lambda jour: (date(jour.year - 1, 1, 1), date(jour.year - 1, 12, 31)),
    ),
}


class FiltresDeDemandes(FiltresDEquipe):
    """Recherche, état, chargé·e, période."""

    field_order = ("q", "etat", "charge", "periode")

    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous les états"), *EtatDemande.choices]
    )
    periode = forms.ChoiceField(
        label="Reçue",
        required=False,
        choices=[("", "Quelle que soit la date"), *((c, p[0]) for c, p in PERIODES.items())],
    )

    def appliquer(self, objets: DemandeQuerySet) -> DemandeQuerySet:
        retenues: DemandeQuerySet = super().appliquer(objets)
        if periode := self.cleaned_data.get("periode"):
            bornes = PERIODES[periode][1](timezone.localdate())
            retenues = retenues.filter(recue_le__range=bornes)
        return retenues


def demandes(request: HttpRequest, utilisateur: Utilisateur) -> Liste:
    """Les demandes visibles, telles que l'adresse les veut."""
    return Liste(
        request,
        Demande.objects.visibles_par(utilisateur).pour_liste(),
        colonnes=COLONNES,
        tri="-recue",
        filtres=FiltresDeDemandes(request.GET, utilisateur=utilisateur),
    )
