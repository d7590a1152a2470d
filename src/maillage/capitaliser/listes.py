"""La bibliothèque : chercher et filtrer les fiches publiées."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from maillage.annuaire import nomenclatures
from maillage.capitaliser.models import Publication
from maillage.identifier.choix import themes_par_famille
from maillage.socle.listes import ColonneDeListe, Filtres, Liste
from maillage.socle.normalisation import normaliser
from maillage.socle.requetes import Requete
from maillage.territoires.champs import ChampTerritoire

PAR_PAGE = 12
RECENTES = ColonneDeListe("Publication", "publiee", ["publiee_le"])
JUSTESSE = ColonneDeListe("Justesse", "justesse", ["justesse", "publiee_le"])


class FiltresDeFiches(Filtres):
    """Recherche en texte, puis lieu, secteur, thème et année."""

    q = forms.CharField(label="Chercher dans les fiches", required=False, max_length=200)
    theme = forms.ChoiceField(
        label="Thème",
        required=False,
        choices=lambda: [("", "Tous les thèmes"), *themes_par_famille()],
    )
    secteur = forms.ChoiceField(
        label="Secteur",
        required=False,
        choices=lambda: [("", "Tous les secteurs"), *nomenclatures.choix_secteurs()],
    )
    territoire = ChampTerritoire(required=False, label="Territoire", help_text="")
    annee = forms.IntegerField(label="Année", required=False, min_value=2002, max_value=2100)

    def appliquer(self, objets: QuerySet[Any]) -> QuerySet[Any]:
        voulu = self.cleaned_data
        if voulu.get("q"):
            objets = objets.cherche(voulu["q"])  # type: ignore[attr-defined]
        if voulu.get("theme"):
            objets = objets.filter(themes__contains=[voulu["theme"]])
        if voulu.get("secteur"):
            objets = objets.filter(secteur=voulu["secteur"])
        if voulu.get("territoire"):
            objets = objets.filter(chemins__contains=[voulu["territoire"].pk])
        if voulu.get("annee"):
            objets = objets.filter(annee=voulu["annee"])
        return objets


def fiches_en_rayon(request: Requete) -> Liste:
    """Les fiches publiées : les plus justes d'abord si l'on cherche, sinon les plus récentes."""
    filtres = FiltresDeFiches(request.GET)
    cherche = filtres.is_valid() and normaliser(filtres.cleaned_data["q"])
    return Liste(
        request,
        Publication.objects.en_rayon().pour_liste().avec_reprises(),
        colonnes=[JUSTESSE, RECENTES] if cherche else [RECENTES],
        tri="-justesse" if cherche else "-publiee",
        filtres=filtres,
        par_page=PAR_PAGE,
    )
