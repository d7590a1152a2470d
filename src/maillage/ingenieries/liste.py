"""La liste des missions : filtres, tris, export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http.response import HttpResponseBase

from maillage.annuaire.perimetre import perimetre_de
from maillage.ingenieries.droits import peut_ouvrir
from maillage.ingenieries.filtres import Precisions
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.ingenieries.models.dossier import IngenierieQuerySet
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Liste
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_liste

COLONNES = [
    ColonneDeListe("Titre", "titre", ["recherche"]),
    ColonneDeListe("Année", "annee", ["annee", "cree_le"], nombre=True),
    ColonneDeListe("DLA pilote", "dla", ["operateur__nom_normalise"]),
    ColonneDeListe("Territoires"),
    ColonneDeListe("État", "etat", ["etat"]),
]

EXPORT: Export[Ingenierie] = Export(
    "missions",
    [
        Colonne("titre", "Titre", lambda m: m.titre),
        Colonne("annee", "Année", lambda m: m.annee),
        Colonne("nature", "Nature", lambda m: m.get_nature_display()),
        Colonne("dla", "DLA pilote", lambda m: m.operateur.nom),
        Colonne("secteur", "Secteur", lambda m: m.secteur),
        Colonne(
            "territoires", "Territoires", lambda m: ", ".join(t.nom for t in m.territoires.all())
        ),
        Colonne("etat", "État", lambda m: m.get_etat_display()),
        Colonne("demarree_le", "Démarrée le", lambda m: m.demarree_le),
        Colonne("close_le", "Close le", lambda m: m.close_le),
    ],
)


MENEES = "menees"


class FiltresDeMissions(Precisions):
    """Trois filtres et « seulement les miennes » ; un lien du bilan en pose d'autres."""

    egaux = (*Precisions.egaux, "annee")

    q = forms.CharField(label="Chercher dans les missions", required=False, max_length=100)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[
            ("", "Tous les états"),
            *EtatIngenierie.choices,
            (MENEES, "toutes, sauf abandonnées"),
        ],
    )
    annee = forms.IntegerField(label="Année", required=False, min_value=2002, max_value=2100)
    miennes = forms.BooleanField(label="Seulement les miennes", required=False)

    def __init__(self, *args: Any, utilisateur: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur

    def appliquer(self, objets: IngenierieQuerySet) -> IngenierieQuerySet:
        retenues = super().appliquer(objets)
        if etat := self.cleaned_data.get("etat"):
            retenues = retenues.menees() if etat == MENEES else retenues.filter(etat=etat)
        if self.cleaned_data.get("miennes"):
            retenues = retenues.filter(charge__compte=self.utilisateur)
        return retenues


def liste_de_missions(request: Requete) -> HttpResponseBase:
    """Page ou export (`?export=xlsx` ou `csv`) des missions visibles."""
    filtres = FiltresDeMissions(request.GET, utilisateur=request.user)
    visibles = Ingenierie.objects.visibles_par(request.user).pour_liste()
    liste = Liste(request, visibles, colonnes=COLONNES, tri="-annee", filtres=filtres)
    contexte = {
        "peut_ouvrir": peut_ouvrir(request.user),
        "perimetre": perimetre_de(request.user),
    }
    return rendre_liste(request, "ingenieries/liste.html", liste, EXPORT, contexte)
