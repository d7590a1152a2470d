"""Mon portefeuille, et celui de l'équipe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.accueillir.droits import peut_accueillir
from maillage.accueillir.onglets import onglets
from maillage.accueillir.portefeuille import lecture
from maillage.accueillir.portefeuille.liste import COLONNES, EXPORT, FiltresDePortefeuille
from maillage.accueillir.portefeuille.nouvelles import dire, nouvelles
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.droits import exiger
from maillage.socle.listes import Liste
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une structure du portefeuille, prête à montrer."""

    structure: Any
    nouvelle: tuple[str, date] | None
    muette: bool
    charge: str


@require_safe
def portefeuille(request: Requete) -> HttpResponseBase:
    """Les structures que je suis."""
    return _page(request, equipe=False)


@require_safe
def portefeuille_equipe(request: Requete) -> HttpResponseBase:
    """Celles de toute l'équipe."""
    return _page(request, equipe=True)


def _page(request: Requete, *, equipe: bool) -> HttpResponseBase:
    exiger(peut_accueillir(request.user))
    perimetre, jour = perimetre_de(request.user), timezone.localdate()
    suivies = lecture.suivies(perimetre.operateurs, None if equipe else perimetre.personne)
    annotees = lecture.annoter(suivies.select_related("commune"), perimetre.operateurs, jour)
    filtres = FiltresDePortefeuille(request.GET, utilisateur=request.user, equipe=equipe)
    liste = Liste(request, annotees, colonnes=COLONNES, tri="nouvelle", filtres=filtres)
    if fichier := liste.exporter(EXPORT):
        return fichier
    sources = nouvelles(perimetre.operateurs)
    noms = lecture.noms(s.suivie_par for s in liste.page)
    lignes = [
        Ligne(s, dire(s, sources), lecture.est_muette(s, jour), noms.get(s.suivie_par, ""))
        for s in liste.page
    ]
    comptes = lecture.comptes(annotees, jour)
    contexte = {
        "equipe": equipe,
        "liste": liste,
        "lignes": lignes,
        "phrase": _phrase(comptes),
        "chiffres": _chiffres(comptes, jour),
        "onglets": onglets("portefeuille_equipe" if equipe else "portefeuille", request.user),
    }
    return render(request, "accueillir/portefeuille/portefeuille.html", contexte)


def _phrase(comptes: dict[str, int]) -> str:
    """« 12 structures accompagnées, dont 3 sans nouvelle depuis trois mois. »"""
    debut = f"{compter(comptes['n_'], 'structure')} en accompagnement"
    muettes = comptes["n_silence"]
    return f"{debut}, dont {muettes} sans nouvelle depuis trois mois." if muettes else f"{debut}."


def _chiffres(comptes: dict[str, int], jour: date) -> list[dict[str, str]]:
    """Chaque compte mène à sa liste."""
    dites = [(c, s[0]) for c, s in lecture.situations(jour).items() if c not in ("", "toutes")]
    return [
        {"libelle": libelle, "valeur": str(comptes[f"n_{cle}"]), "href": f"?situation={cle}"}
        for cle, libelle in dites
    ]
