"""Les deux listes de l'annuaire : les structures, et les partenaires et prestataires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http.response import HttpResponseBase
from django.urls import reverse

from maillage.annuaire.champs import filtre_de_secteur
from maillage.annuaire.droits import peut_creer
from maillage.annuaire.models import Nature, Organisation
from maillage.annuaire.models.organisations import OrganisationQuerySet
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.recherche.mots import lire
from maillage.annuaire.slots import GESTES_DE_LISTE, Geste
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Filtres, Liste
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_liste
from maillage.territoires.champs import ChampTerritoire

_ORDRE_NOM = ["nom_normalise"]


class FiltresDOrganisations(Filtres):
    """Recherche et lieu ; chaque liste ajoute le sien."""

    q = forms.CharField(label="Nom ou numéro", required=False, max_length=100)
    territoire = ChampTerritoire(required=False, label="Territoire", help_text="")

    def __init__(self, *args: Any, utilisateur: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur

    def appliquer(self, objets: OrganisationQuerySet) -> OrganisationQuerySet:
        retenues: OrganisationQuerySet = super().appliquer(objets)
        territoire = self.cleaned_data.get("territoire")
        return retenues.dans([territoire.pk]) if territoire else retenues

    def ordonner(self, champs: list[str]) -> list[str]:
        """Des mots cherchés se suivent dans l'ordre du nom là où ils sont rangés."""
        cherche = bool(lire(getattr(self, "cleaned_data", {}).get("q", "")))
        return (
            ["mots__nom_normalise", *champs[1:]] if cherche and champs[0] in _ORDRE_NOM else champs
        )


class FiltresDeStructures(FiltresDOrganisations):
    """Le secteur, et « seulement celles que mon DLA suit »."""

    egaux = ("secteur",)
    secteur = filtre_de_secteur()
    suivies = forms.BooleanField(label="Seulement celles que mon DLA suit", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not perimetre_de(self.utilisateur).portefeuilles:
            del self.fields["suivies"]

    def appliquer(self, objets: OrganisationQuerySet) -> OrganisationQuerySet:
        retenues = super().appliquer(objets)
        if self.cleaned_data.get("suivies"):
            retenues = retenues.filter(operateur__in=perimetre_de(self.utilisateur).portefeuilles)
        return retenues


class FiltresDePartenaires(FiltresDOrganisations):
    """La nature."""

    nature = forms.ChoiceField(
        label="Nature",
        required=False,
        choices=[
            ("", "Toutes les natures"),
            *((c, n) for c, n in Nature.choices if c != Nature.STRUCTURE),
        ],
    )

    def appliquer(self, objets: OrganisationQuerySet) -> OrganisationQuerySet:
        retenues = super().appliquer(objets)
        nature = self.cleaned_data.get("nature")
        return retenues.de_nature(nature) if nature else retenues


_IDENTITE: list[Colonne[Organisation]] = [
    Colonne("id", "Identifiant", lambda o: str(o.pk)),
    Colonne("nom", "Nom", lambda o: o.nom),
    Colonne("sigle", "Sigle", lambda o: o.sigle),
    Colonne("natures", "Natures", lambda o: ", ".join(o.natures_lisibles)),
    Colonne("rna", "RNA", lambda o: o.rna),
    Colonne("siren", "SIREN", lambda o: o.siren),
    Colonne("siret", "SIRET", lambda o: o.siret),
    Colonne("secteur", "Secteur", lambda o: o.get_secteur_display()),
    Colonne("branche", "Branche", lambda o: o.get_branche_display()),
    Colonne("commune", "Commune", lambda o: o.commune.nom if o.commune else ""),
    Colonne("code_commune", "Code commune", lambda o: o.commune.code if o.commune else ""),
    Colonne("suivie_par", "Suivie par", lambda o: o.operateur.nom if o.operateur else ""),
]


_LUS = (
    *("nom", "sigle", "natures", "rna", "siren", "siret", "secteur", "branche"),
    *("commune__nom", "commune__code", "operateur__nom"),
)
"""Ce que lisent la page et l'export : une organisation entière pèse quatre fois plus."""


@dataclass(frozen=True, slots=True)
class VueDeListe:
    """Ce qui distingue une liste de l'autre."""

    genre: str
    adresse: str
    titre: str
    objet: str
    objets: str
    phrase: str
    filtres: type[FiltresDOrganisations]
    colonnes: Sequence[ColonneDeListe]
    export: Export[Organisation]
    ajouter: str
    vide: str


STRUCTURES = VueDeListe(
    genre="structure",
    adresse="annuaire:structures",
    titre="Structures",
    objet="structure",
    objets="structures",
    phrase="Les associations, coopératives et entreprises solidaires de votre périmètre.",
    filtres=FiltresDeStructures,
    colonnes=[
        ColonneDeListe("Structure", "nom", _ORDRE_NOM),
        ColonneDeListe("Commune", "commune", ["commune__nom_normalise"]),
        ColonneDeListe("Secteur", "secteur", ["secteur"]),
        ColonneDeListe("Suivie par", "dla", ["operateur__nom_normalise"]),
    ],
    export=Export("structures", _IDENTITE),
    ajouter="Ajouter une structure",
    vide="Une structure entre ici quand elle frappe à la porte du DLA : notez son nom, sa commune "
    "et son activité, le reste peut attendre.",
)
PARTENAIRES = VueDeListe(
    genre="partenaire",
    adresse="annuaire:annuaire",
    titre="Partenaires",
    objet="organisation",
    objets="organisations",
    phrase="Partenaires, financeurs, prestataires et membres du réseau, partagés entre DLA.",
    filtres=FiltresDePartenaires,
    colonnes=[
        ColonneDeListe("Organisation", "nom", _ORDRE_NOM),
        ColonneDeListe("Natures"),
        ColonneDeListe("Commune", "commune", ["commune__nom_normalise"]),
    ],
    export=Export("annuaire", _IDENTITE),
    ajouter="Ajouter une organisation",
    vide="L’annuaire réunit ceux avec qui l’on travaille : financeurs, réseaux, collectivités, "
    "prestataires. Ajoutez le premier.",
)
VUES = {vue.genre: vue for vue in (STRUCTURES, PARTENAIRES)}


def page_de_liste(request: Requete, vue: VueDeListe) -> HttpResponseBase:
    """La page, ou l'export (`?export=xlsx` ou `csv`) des organisations visibles."""
    visibles = Organisation.objects.visibles_par(request.user).en_service()
    objets = visibles.structures() if vue is STRUCTURES else visibles.partagees()
    liste = Liste(
        request,
        objets.select_related("commune", "operateur").only(*_LUS),
        colonnes=vue.colonnes,
        tri="nom",
        filtres=vue.filtres(request.GET, utilisateur=request.user),
    )
    contexte = {
        "vue": vue,
        "onglets": onglets(vue.adresse),
        "peut_creer": peut_creer(request.user),
        "gestes": _gestes(request) if vue is STRUCTURES else [],
    }
    return rendre_liste(request, "annuaire/liste.html", liste, vue.export, contexte)


def _gestes(request: Requete) -> list[Geste]:
    """Ce que les pièces du bas proposent en tête des structures."""
    return [geste for lot in GESTES_DE_LISTE.tout(request.user) for geste in lot]


def onglets(adresse: str) -> list[dict[str, object]]:
    """Les pages de l'annuaire ; `adresse` nomme celle où l'on est."""
    lieux = [(vue.titre, vue.adresse) for vue in (STRUCTURES, PARTENAIRES)]
    return [
        {"libelle": titre, "url": reverse(autre), "actif": autre == adresse}
        for titre, autre in (*lieux, ("Chercher en France", "annuaire:chercher"))
    ]
