"""La page du bilan : le total, qui paie, les délais, les années, une ventilation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from maillage.annuaire import nomenclatures
from maillage.ingenieries.models import NatureIngenierie
from maillage.piloter.bilan.droits import Champ, champ_de, peut_lire_bilan
from maillage.piloter.bilan.filtres import FiltresDeBilan
from maillage.piloter.bilan.lecture import DERNIERE, lire
from maillage.piloter.bilan.liens import RESTRICTIONS, Liens, filtres_d_annee, filtres_de
from maillage.piloter.bilan.requete import NON_DIT, PLUS_LARGE, types
from maillage.piloter.calculs.bilan import Bilan, Cellule, dire, manquent, moyenne, reserves
from maillage.piloter.charge.droits import peut_lire as peut_lire_charge
from maillage.socle import graphiques
from maillage.socle.droits import exiger
from maillage.socle.mots import compter, enumerer
from maillage.socle.quantites import INSECABLE, Total, ecrire_nombre
from maillage.socle.requetes import Requete

PAR_PAGE = 25
DESSINEES = 10
TITRES = {
    "annee": "Par année",
    "operateur": "Par DLA",
    "region": "Par région",
    "departement": "Par département",
    "secteur": "Par secteur",
}
DELAIS = (
    ("attente", "Du premier signal au démarrage"),
    ("duree", "Durée de la mission"),
    ("delai", "De la fin au premier résultat"),
)
A_SAVOIR = {
    "operateur": "Une mission menée par plusieurs DLA compte une fois au total, et chez chacun "
    "d’eux ici : la somme des lignes peut dépasser le total.",
    "region": "Une mission sur plusieurs territoires compte une fois au total, et sur chacun "
    "d’eux ici : la somme des lignes peut dépasser le total.",
    "secteur": "Une structure nommée dans deux secteurs compte une fois au total.",
    "annee": "Une structure touchée deux années compte une fois au total.",
}
A_SAVOIR["departement"] = A_SAVOIR["region"]


@dataclass(frozen=True, slots=True)
class Case:
    """Un chiffre, la liste qu'il compte, et ce qui manque avec sa propre liste."""

    texte: str
    url: str = ""
    detail: str = ""
    manque: str = ""
    url_manque: str = ""


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une ligne d'une ventilation, prête à lire."""

    cellule: Cellule
    nom: str
    url: str
    cases: Sequence[tuple[str, Case]]


@dataclass(frozen=True, slots=True)
class Demande:
    """Ce que l'adresse demande, et ce que la base en dit."""

    champ: Champ
    filtres: FiltresDeBilan
    axe: str
    bilan: Bilan
    liens: Liens
    annees: str


def demander(request: Requete, axe: str | None = None) -> Demande:
    """Lit le bilan que demande l'adresse ; refuse (403) à qui ne le lit pas."""
    exiger(peut_lire_bilan(request.user))
    champ = champ_de(request.user)
    filtres = FiltresDeBilan(request.GET, entier=champ.entier)
    filtres.is_valid()
    axe = axe or axe_demande(request, champ, filtres)
    restreint = any(filtres.cleaned_data.get(nom) for nom in RESTRICTIONS)
    partout = champ.entier and not restreint
    missions = None if partout else [filtres.appliquer(m) for m in champ.missions]
    bilan = lire(missions, filtres.periode, axe)
    annees = _annees_posees(filtres, bilan)
    filtres.montrer({nom: a for nom, a in annees.items() if nom not in filtres.errors})
    poses = {
        nom: v for nom in RESTRICTIONS if (v := request.GET.get(nom)) and nom in filtres.actifs
    }
    return Demande(
        champ, filtres, axe, bilan, Liens(poses | annees, not champ.entier), _dire_periode(annees)
    )


def axes_de(champ: Champ, filtres: FiltresDeBilan) -> list[str]:
    """Les ventilations qui disent quelque chose : par DLA, pas pour qui n'en lit qu'un."""
    poses = filtres.actifs
    large = champ.entier and not poses.get("territoire")
    axes = ["annee", "operateur", "region" if large else "departement", "secteur"]
    return [axe for axe in axes if not poses.get(axe)]


def axe_demande(request: Requete, champ: Champ, filtres: FiltresDeBilan) -> str:
    """Celle que dit l'adresse ; sinon les années, ou les secteurs quand il n'y en a qu'une."""
    possibles = axes_de(champ, filtres)
    voulu = request.GET.get("par", "")
    usuel = "secteur" if filtres.periode is DERNIERE and "secteur" in possibles else possibles[0]
    return voulu if voulu in possibles else usuel


def _annees_posees(filtres: FiltresDeBilan, bilan: Bilan) -> dict[str, str]:
    """La période, telle que la liste des missions l'entend."""
    poses = filtres.cleaned_data
    if poses.get("sans_annee"):
        return {"sans_annee": "on"}
    if filtres.periode is DERNIERE:
        annee = bilan.annees[0].annee if bilan.annees else None
        return {"de": str(annee), "a": str(annee)} if annee else {}
    return {nom: str(poses[nom]) if poses.get(nom) else "" for nom in ("de", "a")}


def _dire_periode(annees: dict[str, str]) -> str:
    if annees.get("sans_annee"):
        return "Sans année dite par la source"
    debut, fin = annees.get("de"), annees.get("a")
    if debut and debut == fin:
        return f"En {debut}"
    if debut and fin:
        return f"De {debut} à {fin}"
    if debut:
        return f"Depuis {debut}"
    return f"Jusqu’en {fin}" if fin else "Toutes les années"


def contexte(request: Requete) -> dict[str, Any]:
    """Ce que lit le gabarit."""
    d = demander(request)
    lignes = ranger(d)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    e = d.bilan.ensemble
    return {
        "url_tableur": d.liens.page(export="xlsx"),
        "url_charge": reverse("piloter:charge") if peut_lire_charge(request.user) else "",
        "demande": d,
        "filtres": d.filtres,
        "ensemble": e,
        "operateur": d.filtres.cleaned_data.get("operateur"),
        "url_sans_operateur": d.liens.page(operateur=None),
        "phrase": _phrase(d),
        "url_abandonnees": d.liens.missions(etat="abandonnee"),
        "url_sans_euros": d.liens.missions(cout="inconnu"),
        "chiffres": [
            (nom, replace(case, texte=case.texte.replace(INSECABLE, " ")))  # écrits en grand
            for nom, case in _chiffres(d)
        ],
        "types": [
            (libelle, compter(e.types[code], "mission"), d.liens.missions(type=code))
            for code, libelle in types()
            if e.types[code]
        ],
        "apports": [
            (a, d.liens.missions(famille=a.code), dire(a.acquis), dire(a.attendus))
            for a in d.bilan.apports
        ],
        "delais": [
            (libelle, _case(d.liens, nom, getattr(e, nom), en_moyenne=True))
            for nom, libelle in DELAIS
        ],
        "annees": [
            (a, d.liens.page(**filtres_d_annee(a.annee), par=None), a.missions - a.collectives)
            for a in ([] if d.axe == "annee" else d.bilan.annees)
        ],
        "url_toutes": d.liens.page(de="", a="", sans_annee=None),
        "graphique_annees": "" if d.axe == "annee" else _graphique_des_annees(d.bilan),
        "onglets": [
            {"libelle": TITRES[axe], "url": d.liens.page(par=axe), "actif": axe == d.axe}
            for axe in axes_de(d.champ, d.filtres)
        ],
        "titre_ventilation": TITRES[d.axe],
        "a_savoir": A_SAVOIR[d.axe],
        "page": page,
        "lignes": [_ligne(d, cellule) for cellule in page],
        "graphique_ventilation": _graphique_de_ventilation(d, lignes),
        "colonnes_annees": _intitules("Année", "Missions", "Collectives"),
        "colonnes_apports": _intitules("Famille", "Acquis", "Demandé"),
        "colonnes_delais": _intitules("Délai", "Moyenne"),
        "colonnes": _intitules(
            TITRES[d.axe].removeprefix("Par ").capitalize().replace("Dla", "DLA"),
            *("Missions", "Structures", "Jours", "Coût"),
        ),
    }


def _intitules(*libelles: str) -> list[dict[str, str]]:
    return [{"libelle": libelle} for libelle in libelles]


def _phrase(d: Demande) -> str:
    e = d.bilan.ensemble
    if not e.missions:
        return f"{d.annees} : aucune mission menée."
    menees = f"{d.annees}\u00a0: {compter(e.missions, 'mission menée', 'missions menées')}"
    natures = ((e.collectives, "collective"), (e.individuelles, "individuelle"))
    return f"{menees}, {enumerer([compter(n, nom) for n, nom in natures if n])}."


def _chiffres(d: Demande) -> Iterator[tuple[str, Case]]:
    e, liens = d.bilan.ensemble, d.liens
    yield (
        "Missions menées",
        Case(
            ecrire_nombre(e.missions),
            liens.missions(),
            f"{compter(e.collectives, NatureIngenierie.COLLECTIVE)}, "
            f"{compter(e.individuelles, NatureIngenierie.INDIVIDUELLE)}",
        ),
    )
    yield "Structures touchées", _case_des_structures(liens, e)
    yield "Jours d’intervention", _case(liens, "jours", e.jours)
    yield "Coût", _case(liens, "cout", e.cout)
    acquis = d.bilan.acquis
    yield "Financements acquis", Case(dire(acquis) or "rien encore", "", "accordés ou versés")


def _case(liens: Liens, nom: str, somme: Total, *, en_moyenne: bool = False) -> Case:
    texte = str(moyenne(somme)) if en_moyenne else dire(somme)
    return Case(
        texte or "rien encore",
        liens.missions(**{nom: "connu"}) if somme.connues else "",
        reserves(somme),
        manquent(somme),
        liens.missions(**{nom: "inconnu"}),
    )


def _ligne(d: Demande, cellule: Cellule) -> Ligne:
    """Son nom mène au bilan de cette seule ligne, quand le bilan sait la choisir."""
    filtres = filtres_de(d.axe, cellule)
    choisie = cellule.cle not in (NON_DIT, PLUS_LARGE) or d.axe == "annee"
    return Ligne(
        cellule,
        nommer(d.axe, cellule),
        d.liens.page(**filtres) if choisie else "",
        _cases(d.liens.avec(filtres), cellule),
    )


def _cases(liens: Liens, cellule: Cellule) -> list[tuple[str, Case]]:
    return [
        ("Missions", Case(ecrire_nombre(cellule.missions), liens.missions())),
        ("Structures", _case_des_structures(liens, cellule)),
        ("Jours", _case(liens, "jours", cellule.jours)),
        ("Coût", _case(liens, "cout", cellule.cout)),
    ]


def _case_des_structures(liens: Liens, cellule: Cellule) -> Case:
    """Les nommées, une fois chacune, et celles que la source compte sans les nommer."""
    structures = cellule.structures
    sans_nom = cellule.sans_nom.valeur
    detail = f"{compter(cellule.nommees, 'nommée')}, {dire(cellule.sans_nom)} sans nom"
    return Case(
        dire(structures) or "rien encore",
        liens.missions(structures="connu") if structures.connues else "",
        detail if sans_nom else "",
        f"{compter(structures.inconnues, 'mission')} sans compte" if structures.inconnues else "",
        liens.missions(structures="inconnu"),
    )


def ranger(d: Demande) -> list[Cellule]:
    """Les années à rebours, le reste par nombre de missions ; ce qui n'est pas dit à la fin."""
    a_part = (NON_DIT, PLUS_LARGE)
    if d.axe == "annee":
        return sorted(d.bilan.lignes, key=lambda c: (c.cle not in a_part, c.cle), reverse=True)
    return sorted(d.bilan.lignes, key=lambda c: (c.cle in a_part, -c.missions, nommer(d.axe, c)))


def nommer(axe: str, cellule: Cellule) -> str:
    """Le nom d'une ligne de la ventilation."""
    if cellule.cle == PLUS_LARGE:
        return "Territoire plus large"
    if cellule.cle == NON_DIT:
        return "Année non dite par la source" if axe == "annee" else "Non dit"
    if axe == "secteur":
        return nomenclatures.SECTEURS.libelle(cellule.cle)
    if axe == "annee":
        return cellule.cle
    return (
        cellule.libelle.rpartition(" (")[0] if axe in ("region", "departement") else cellule.libelle
    )


def _graphique_des_annees(bilan: Bilan) -> str:
    dites = [a for a in reversed(bilan.annees) if a.annee]
    if len(dites) < 2:
        return ""
    return graphiques.colonnes(
        "g-annees",
        "Missions menées par année",
        f"De {dites[0].annee} à {dites[-1].annee} ; les nombres sont dans le tableau.",
        [str(a.annee) for a in dites],
        ("toutes", [a.missions for a in dites]),
        ("collectives", [a.collectives for a in dites]),
    )


def _graphique_de_ventilation(d: Demande, lignes: Sequence[Cellule]) -> str:
    dessinees = [c for c in lignes if c.missions][:DESSINEES]
    if d.axe == "annee":
        return _graphique_des_annees(d.bilan)
    if len(dessinees) < 2:
        return ""
    titre = f"Missions menées {TITRES[d.axe].lower()}"
    return graphiques.barres(
        "g-ventilation",
        titre
        if len(dessinees) == len(lignes)
        else f"{titre} : les {len(dessinees)} premières lignes",
        "Les nombres sont dans le tableau.",
        [nommer(d.axe, c) for c in dessinees],
        ("toutes", [c.missions for c in dessinees]),
        ("collectives", [c.collectives for c in dessinees]),
    )
