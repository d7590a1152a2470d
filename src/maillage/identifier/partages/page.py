"""La page « Besoins partagés » : ce qu'elle dit, de ce que la base a compté."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Window

from maillage import methode
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier.models import (
    EtatProblematique,
    EtatRapprochement,
    Problematique,
    Rapprochement,
    Signal,
)
from maillage.identifier.models.signal import SignalQuerySet
from maillage.identifier.partages import lecture
from maillage.identifier.partages.calculs import (
    AUTRES,
    INCONNUE,
    Cases,
    Compte,
    Tendance,
    colonnes,
    croiser,
)
from maillage.identifier.partages.filtres import DEPUIS, FiltresDePartages
from maillage.identifier.regroupement.lecture import voisins
from maillage.identifier.slots import REPONSES
from maillage.identifier.visibilite import dla_lus
from maillage.ingenieries.models import Ingenierie
from maillage.socle import graphiques
from maillage.socle.comptes import Utilisateur
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe
from maillage.socle.mots import citer, compter

PREMIERS = 25
"""Les thèmes les plus dits, montrés d'abord ; les autres à la demande."""
VOIX = 8
PROPOSES = 5
MISSIONS = 10

EXPORT: Export[Mapping[str, Any]] = Export(
    "besoins-partages",
    [
        Colonne("theme", "Thème", lambda x: methode.libelle("themes.themes", x["theme"])),
        Colonne("territoire", "Territoire", lambda x: x["lieu"]),
        Colonne("secteur", "Secteur", lambda x: lecture.nom_du_secteur(x["secteur"])),
        Colonne("structures", "Structures", lambda x: x["structures"]),
        Colonne("besoins", "Besoins", lambda x: x["besoins"]),
    ],
)


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un thème du tableau : son compte, ses cases (libellé, nombre, adresse), ce qu'il devient."""

    nom: str
    url: str
    compte: Compte
    cases: Sequence[tuple[str, int, str]]
    ailleurs: str


def contexte(
    utilisateur: Utilisateur, filtres: FiltresDePartages, aujourdhui: date
) -> dict[str, Any]:
    """Tout ce que montre la page ; sept requêtes au plus, quel que soit le nombre de besoins."""
    filtres.is_valid()
    theme = filtres.cleaned_data.get("theme", "")
    signaux = signaux_comptes(utilisateur, filtres, aujourdhui)
    par_secteur = filtres.cleaned_data.get("colonnes") == "secteur"
    dits = _compter(utilisateur, filtres, signaux, aujourdhui)
    lus = [compte for compte in dits.themes if theme in ("", compte.theme)]
    cases = {dit: ligne for dit, ligne in dits.cases.items() if theme in ("", dit)}
    montrees = colonnes(cases, dits.noms)
    premiers = lus if filtres.cleaned_data.get("tous") else lus[:PREMIERS]
    return {
        "lignes": _lignes(premiers, cases, montrees, filtres, lecture.ailleurs(utilisateur)),
        "autres": len(lus) - len(premiers),
        "url_de_tous": _adresse(filtres, tous="oui"),
        "colonnes": [
            ColonneDeListe("Thème"),
            ColonneDeListe("Structures", nombre=True),
            *(ColonneDeListe(nom, nombre=True) for _, nom in montrees),
            ColonneDeListe("Sur un an"),
            ColonneDeListe("Ailleurs"),
        ],
        "axes": _axes(filtres, par_secteur=par_secteur),
        "mouvements": _mouvements(lus, filtres),
        "periode": DEPUIS[filtres.cleaned_data.get("depuis") or ""].lower(),
        "phrase": _phrase(lus, aujourdhui),
        **_semestres(dits.semestres),
        **(_du_theme(utilisateur, theme, signaux) if theme else _proposes(utilisateur)),
    }


def _compter(
    utilisateur: Utilisateur,
    filtres: FiltresDePartages,
    signaux: SignalQuerySet,
    aujourdhui: date,
) -> lecture.Lus:
    """Des cumuls si la personne lit tout et ne filtre que ce qu'ils séparent, sinon des besoins."""
    demandes = filtres.cleaned_data
    axe = "secteur" if demandes.get("colonnes") == "secteur" else "lieu"
    lus = None
    if not (demandes.get("secteur") or demandes.get("lieu")):
        depuis, theme = filtres.depuis_le(aujourdhui), demandes.get("theme", "")
        lus = lecture.compter_tout(utilisateur, depuis, theme, axe, aujourdhui)
    return lus or lecture.compter(signaux, axe, aujourdhui)


def signaux_comptes(
    utilisateur: Utilisateur, filtres: FiltresDePartages, aujourdhui: date
) -> SignalQuerySet:
    """Ce que cette personne lit, sur la période et les filtres demandés."""
    dla = frozenset().union(*dla_lus(perimetre_de(utilisateur)))
    # Dire les DLA à part : PostgreSQL ne lit alors que l'index, sans ouvrir les besoins.
    lus = Signal.objects.visibles_par(utilisateur).filter(
        operateur__in=dla, date__gte=filtres.depuis_le(aujourdhui)
    )
    retenus: SignalQuerySet = filtres.appliquer(lus)
    return retenus


def _lignes(
    lus: Sequence[Compte],
    cases: Cases,
    montrees: Sequence[tuple[str, str]],
    filtres: FiltresDePartages,
    ailleurs: Mapping[str, Mapping[str, Any]],
) -> list[Ligne]:
    croises = croiser(cases, montrees)
    return [
        Ligne(
            nom=methode.libelle("themes.themes", compte.theme),
            url=_adresse(filtres, theme=compte.theme),
            compte=compte,
            cases=[
                (nom, n, _adresse(filtres, theme=compte.theme, **_restreindre(filtres, cle)))
                for cle, nom in montrees
                for n in [croises.get(compte.theme, {}).get(cle, 0)]
            ],
            ailleurs=_ailleurs(ailleurs.get(compte.theme)),
        )
        for compte in lus
    ]


def _restreindre(filtres: FiltresDePartages, cle: str) -> dict[str, str]:
    """Le filtre que pose une case ; rien pour « Autres » ou ce que l'on ne sait pas."""
    if cle in (AUTRES, INCONNUE):
        return {}
    return {"secteur" if filtres.cleaned_data.get("colonnes") == "secteur" else "lieu": cle}


def _adresse(filtres: FiltresDePartages, **change: str) -> str:
    poses = {nom: v for nom, v in filtres.cleaned_data.items() if v} | change
    return f"?{urlencode({nom: v for nom, v in poses.items() if v})}"


def _axes(filtres: FiltresDePartages, *, par_secteur: bool) -> list[dict[str, Any]]:
    return [
        {
            "libelle": "Par territoire",
            "url": _adresse(filtres, colonnes=""),
            "actif": not par_secteur,
            "compte": None,
        },
        {
            "libelle": "Par secteur",
            "url": _adresse(filtres, colonnes="secteur"),
            "actif": par_secteur,
            "compte": None,
        },
    ]


def _ailleurs(compte: Mapping[str, Any] | None) -> str:
    """« 12 structures au moins, 3 départements » ; des comptes, sans un mot (règle 3)."""
    if not compte:
        return "personne"
    ou = compter(compte["departements"], "département")
    if not compte["structures"]:
        return ou
    return f"{compter(compte['structures'], 'structure')} au moins, {ou}"


def _mouvements(lus: Sequence[Compte], filtres: FiltresDePartages) -> list[dict[str, Any]]:
    titres = {Tendance.EMERGE: "Ce qui émerge", Tendance.ETEINT: "Ce qui s’éteint"}
    return [
        {
            "titre": titre,
            "themes": [
                {
                    "nom": methode.libelle("themes.themes", c.theme),
                    "url": _adresse(filtres, theme=c.theme),
                    "dit": f"{compter(c.recentes, 'structure')} en un an, {c.avant} avant",
                }
                for c in lus
                if c.tendance == sens
            ],
        }
        for sens, titre in titres.items()
    ]


def _phrase(lus: Sequence[Compte], aujourdhui: date) -> str:
    recents = sorted(lus, key=lambda c: (-c.recentes, c.theme))
    if not recents or not recents[0].recentes:
        return "Ce que plusieurs structures disent, où, depuis quand, et ce qui y a déjà répondu."
    premier = recents[0]
    nom = methode.libelle("themes.themes", premier.theme)
    parlent = compter(premier.recentes, "structure parle", "structures parlent")
    rang = ", le plus partagé" if len(lus) > 1 else ""
    return f"Depuis un an, {parlent} de {citer(nom)}{rang}."


def _semestres(lus: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """La courbe et son tableau ; rien à dessiner sur un seul semestre."""
    dessin = ""
    if len(lus) > 1:
        dessin = graphiques.colonnes(
            "semestres",
            "Structures par semestre",
            "Structures distinctes qui disent un besoin, par semestre ; les nombres sont dessous.",
            [nom for nom, _ in lus],
            ("Structures", [n for _, n in lus]),
        )
    return {"semestres": lus, "graphique": dessin}


def _du_theme(utilisateur: Utilisateur, theme: str, signaux: SignalQuerySet) -> dict[str, Any]:
    reponses = [reponse for lues in REPONSES.tout(theme) for reponse in lues]
    portees = Problematique.objects.visibles_par(utilisateur).filter(
        pk__in=signaux.order_by().values("problematiques")
    )
    return {
        "theme": methode.libelle("themes.themes", theme),
        "demande_du_theme": urlencode({"theme": theme}),
        "problematiques": list(portees.exclude(etat=EtatProblematique.ECARTEE)[:PROPOSES]),
        "voix": list(signaux.pour_liste().order_by("-date", "-cree_le", "-id")[:VOIX]),
        "voisins": voisins(theme, utilisateur),
        "reponses": reponses,
        **_missions(utilisateur, theme),
    }


def _missions(utilisateur: Utilisateur, theme: str) -> dict[str, Any]:
    """Celles de mon périmètre, nommées ; les autres, comptées seulement (une requête)."""
    lisible = Q(pk__in=Ingenierie.objects.visibles_par(utilisateur).values("pk"))
    rangees = lecture.missions_du_theme(utilisateur, theme).annotate(
        lisible=ExpressionWrapper(lisible, output_field=BooleanField()),
        ailleurs=Window(Count("pk", filter=~lisible)),
    )
    premieres: list[Any] = list(
        rangees.order_by("-lisible", "-annee", "titre", "pk")[: MISSIONS + 1]
    )
    lues = [mission for mission in premieres if mission.lisible]
    return {
        "missions": lues[:MISSIONS],
        "il_en_reste": len(lues) > MISSIONS,
        "missions_ailleurs": premieres[0].ailleurs if premieres else 0,
    }


def _proposes(utilisateur: Utilisateur) -> dict[str, Any]:
    proposes: Any = Rapprochement.objects.visibles_par(utilisateur).pour_liste()
    a_revoir = proposes.filter(etat=EtatRapprochement.PROPOSE)
    return {"proposes": list(a_revoir.order_by("-nb_structures", "libelle", "pk")[:PROPOSES])}
