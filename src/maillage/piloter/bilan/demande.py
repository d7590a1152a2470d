"""Le bilan que demande une adresse, et ce que la base en dit."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.piloter.bilan.droits import Champ, champ_de, peut_lire_bilan
from maillage.piloter.bilan.filtres import FiltresDeBilan
from maillage.piloter.bilan.lecture import DERNIERE, lire
from maillage.piloter.bilan.liens import RESTRICTIONS, Liens
from maillage.piloter.calculs.bilan import Bilan
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete


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
