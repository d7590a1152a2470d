"""Les filtres de la recherche : un même formulaire réduit les fiches et le registre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from maillage.annuaire import nomenclatures
from maillage.annuaire.champs import filtre_de_secteur
from maillage.annuaire.models import ChiffresAnnuels
from maillage.annuaire.models.organisations import OrganisationQuerySet
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.recherche.tailles import TAILLES
from maillage.annuaire.recherche.vocabulaire import et, ou
from maillage.annuaire.slots import ACCOMPAGNEES
from maillage.annuaire.visibilite import filtre_de_dossier
from maillage.socle.droits import reunir
from maillage.socle.listes import Filtres
from maillage.territoires.champs import ChampTerritoire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

PREMIERE_ANNEE = 1800
OUI, NON = "oui", "non"


def _annee(libelle: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=libelle, required=False, min_value=PREMIERE_ANNEE, max_value=2100
    )


def _branches() -> list[Any]:
    return [("", "Toutes les branches"), *nomenclatures.branches_par_secteur()]


def _formes() -> list[Any]:
    return [("", "Toutes les formes"), *nomenclatures.choix_categories()]


class FiltresDeRecherche(Filtres):
    """Ce que l'on tape et ce à quoi l'on se borne ; un filtre illisible est ignoré et le dit."""

    q = forms.CharField(
        label="Nom, sigle, numéro ou commune", required=False, max_length=200, strip=False
    )
    territoire = ChampTerritoire(
        required=False, label="Territoire", help_text="Commune, EPCI, département ou région."
    )
    perimetre = forms.BooleanField(label="Mon périmètre seulement", required=False)
    secteur = filtre_de_secteur()
    branche = forms.ChoiceField(label="Branche", required=False, choices=_branches)
    forme = forms.ChoiceField(label="Forme juridique", required=False, choices=_formes)
    taille = forms.ChoiceField(
        label="Taille",
        required=False,
        choices=[("", "Toutes les tailles"), *((t.code, t.libelle) for t in TAILLES.values())],
    )
    de = _annee("Créée depuis")
    a = _annee("jusqu’en")
    accompagnee = forms.ChoiceField(
        label="Accompagnée",
        required=False,
        choices=[("", "Peu importe"), (OUI, "Oui"), (NON, "Non")],
    )

    EN_PLUS = ("secteur", "branche", "forme", "taille", "de", "a", "accompagnee")

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur
        if not self.lieux_du_perimetre:
            del self.fields["perimetre"]

    @property
    def texte(self) -> str:
        """Ce qui est tapé, l'espace finale comprise : elle dit que le dernier mot est entier."""
        return self.cleaned_data.get("q", "")

    @property
    def en_plus(self) -> list[forms.BoundField]:
        """Les filtres repliés."""
        return [self[nom] for nom in self.EN_PLUS]

    @property
    def deplie(self) -> bool:
        return any(self.cleaned_data.get(nom) or nom in self.errors for nom in self.EN_PLUS)

    @property
    def lieux_du_perimetre(self) -> list[int]:
        return sorted(perimetre_de(self.utilisateur).territoires)

    @property
    def lieux(self) -> list[int]:
        """Le territoire choisi, à défaut le périmètre s'il est demandé ; vide : toute la France."""
        if territoire := self.cleaned_data.get("territoire"):
            return [territoire.pk]
        return self.lieux_du_perimetre if self.cleaned_data.get("perimetre") else []

    def appliquer(self, objets: OrganisationQuerySet) -> OrganisationQuerySet:
        """Réduit les fiches, hors ce qui est tapé."""
        dits = self.cleaned_data
        egaux = {"secteur": "secteur", "branche": "branche", "forme": "categorie_juridique"}
        objets = objets.filter(
            **{champ: dits[nom] for nom, champ in egaux.items() if dits.get(nom)}
        )
        if self.lieux:
            objets = objets.dans(self.lieux)
        if dits.get("de"):
            objets = objets.filter(creee_en__gte=dits["de"])
        if dits.get("a"):
            objets = objets.filter(creee_en__lte=dits["a"])
        if taille := TAILLES.get(dits.get("taille", "")):
            lisibles = objets.filter(filtre_de_dossier(self.utilisateur))
            objets = lisibles.annotate(effectif=_effectif()).filter(effectif__range=taille.bornes)
        if dits.get("accompagnee"):
            objets = objets.filter(self._accompagnees(dits["accompagnee"] == OUI))
        return objets

    def question(self) -> str | None:
        """Les mêmes filtres pour le registre ; None s'il ne peut rien y répondre.

        Nul n'y est dit accompagné : ce que la personne y lit est public.
        """
        dits = self.cleaned_data
        if dits.get("accompagnee") == OUI:
            return None
        etiquettes = [
            f"{nom}:{dits[nom]}" for nom in ("secteur", "branche", "forme") if dits.get(nom)
        ]
        taille = TAILLES.get(dits.get("taille", ""))
        return et(
            *(ou([etiquette]) for etiquette in etiquettes),
            ou(f"dans:{lieu}" for lieu in self.lieux) if self.lieux else "",
            ou(f"taille:{tranche}" for tranche in taille.tranches) if taille else "",
            self._annees(),
        )

    def _annees(self) -> str:
        """Les années de création, une à une : c'est ainsi que l'index les connaît."""
        de, a = self.cleaned_data.get("de"), self.cleaned_data.get("a")
        if not (de or a):
            return ""
        annees = range(de or PREMIERE_ANNEE, (a or timezone.localdate().year) + 1)
        return ou(f"creee:{annee}" for annee in annees) if annees else ou(["creee:aucune"])

    def _accompagnees(self, voulues: bool) -> Q:
        accompagnees = reunir(ACCOMPAGNEES.tout(self.utilisateur))
        return accompagnees if voulues else ~accompagnees


def _effectif() -> Subquery:
    """Les ETP, à défaut les emplois, de la dernière année qui les dit."""
    connus = ChiffresAnnuels.objects.filter(organisation=OuterRef("pk")).annotate(
        effectif=Coalesce("etp_valeur", "emplois_valeur")
    )
    derniers = connus.filter(effectif__isnull=False).order_by("-annee")
    return Subquery(derniers.values("effectif")[:1])
