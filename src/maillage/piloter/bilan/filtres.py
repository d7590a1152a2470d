"""Les filtres du bilan, et ceux qu'il ajoute à la liste des missions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import Q

from maillage.engager.models import EtatFinancement, Financement
from maillage.ingenieries.filtres import FiltreDeMissions, Restrictions
from maillage.ingenieries.models import Ingenierie
from maillage.piloter.bilan.lecture import DERNIERE, SANS_ANNEE, TOUTES, Periode, de_a
from maillage.piloter.bilan.requete import CREDITS_DLA, NON_DIT, familles, types
from maillage.piloter.models import ResumeDeMission
from maillage.socle.quantites import Precision
from maillage.territoires.champs import ChampTerritoire
from maillage.territoires.models import Niveau

CONNAISSANCES = [("connu", "connu"), ("approche", "approché"), ("inconnu", "inconnu")]
PREMIERE, ULTIME = 2002, 2100
CONSOLIDES = (Niveau.DEPARTEMENT, Niveau.REGION, Niveau.PAYS)
QUANTITES = {
    "cout": "Coût",
    "jours": "Jours d’intervention",
    "structures": "Structures touchées",
    "attente": "Délai avant le démarrage",
    "duree": "Durée",
    "delai": "Délai avant un résultat",
}


def _annee(libelle: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=libelle,
        required=False,
        min_value=PREMIERE,
        max_value=ULTIME,
        error_messages={"min_value": f"Pas avant {PREMIERE}.", "max_value": f"Pas après {ULTIME}."},
    )


class FiltresDeBilan(Restrictions):
    """La période, puis ce qui réduit aussi une liste de missions.

    Sans rien d'écrit à l'adresse, la dernière année ; les deux années vides, toutes.
    """

    de = _annee("De l’année")
    a = _annee("à l’année")
    sans_annee = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = ("de", "a", "territoire", "secteur", "nature")

    def __init__(self, *args: Any, entier: bool = False, **kwargs: Any) -> None:
        """Le DLA se choisit dans la ventilation : cent noms dans une liste ne se lisent pas.

        `entier` : le niveau national s'arrête au département ; dans une commune, une mission
        individuelle désigne sa structure.
        """
        super().__init__(*args, **kwargs)
        self.fields["operateur"].widget = forms.HiddenInput()
        if entier:
            self.fields["territoire"] = ChampTerritoire(
                niveaux=CONSOLIDES, required=False, label="Territoire", help_text=""
            )

    def montrer(self, annees: Mapping[str, str]) -> None:
        """Écrit dans le formulaire la période retenue quand l'adresse n'en dit pas."""
        self.data = {**dict(self.data.items()), **annees}

    @property
    def periode(self) -> Periode:
        poses = getattr(self, "cleaned_data", {})
        if poses.get("sans_annee"):
            return SANS_ANNEE
        if poses.get("de") or poses.get("a"):
            return de_a(poses.get("de") or PREMIERE, poses.get("a") or ULTIME)
        return TOUTES if {"de", "a"} & set(self.data) else DERNIERE


def filtre_de_missions(nom: str) -> FiltreDeMissions:
    """Ce que la liste des missions sait filtrer pour le bilan, par paramètre de son adresse."""
    if nom in QUANTITES:
        return _filtre_de_quantite(nom, QUANTITES[nom])
    libelle, choix, condition = LISTES[nom]
    champ = forms.ChoiceField(label=libelle, required=False, choices=[("", ""), *choix()])
    return FiltreDeMissions(champ, condition)


def _resumes(**conditions: Any) -> Q:
    return Q(pk__in=ResumeDeMission.objects.filter(**conditions).values("mission"))


def _du_type(code: str) -> Q:
    return _resumes(type_ingenierie="" if code == NON_DIT else code)


def _finance_par(code: str) -> Q:
    """La famille que compte le bilan : les crédits du DLA n'en ont pas d'autre."""
    apports = Financement.objects.exclude(
        etat__in=[EtatFinancement.REFUSE, EtatFinancement.PRESSENTI]
    )
    famille = "" if code == NON_DIT else code
    de_la_famille = (
        apports.filter(credits_dla=True)
        if code == CREDITS_DLA
        else apports.filter(credits_dla=False, famille=famille)
    )
    return Q(pk__in=de_la_famille.values("ingenierie"))


def _filtre_de_quantite(nom: str, libelle: str) -> FiltreDeMissions:
    colonne = f"{'sans_nom' if nom == 'structures' else nom}_precision"

    def condition(connaissance: str) -> Q:
        inconnue = _resumes(**{colonne: Precision.INCONNU})
        if connaissance == "inconnu":
            return inconnue
        if connaissance == "connu":
            return ~inconnue
        return ~inconnue & ~_resumes(**{colonne: Precision.EXACT})

    champ = forms.ChoiceField(label=libelle, required=False, choices=[("", ""), *CONNAISSANCES])
    return FiltreDeMissions(champ, condition)


def _au_dela(niveau: str) -> Q:
    """Un de leurs territoires est plus large que ce niveau."""
    larges = [Niveau.PAYS] if niveau == Niveau.REGION else [Niveau.PAYS, Niveau.REGION]
    return Q(pk__in=Ingenierie.objects.filter(territoires__niveau__in=larges).values("pk"))


def _sans_secteur(_valeur: str) -> Q:
    return Q(secteur="")


LISTES: Mapping[str, tuple[str, Callable[[], list[tuple[str, str]]], Callable[[str], Q]]] = {
    "type": ("Type d’ingénierie", types, _du_type),
    "famille": ("Financement", familles, _finance_par),
    "au_dela": ("Territoire plus large que", lambda: Niveau.choices, _au_dela),
    "sans_secteur": ("Secteur", lambda: [("oui", "non dit")], _sans_secteur),
}
FILTRES_DU_BILAN = (*LISTES, *QUANTITES)
