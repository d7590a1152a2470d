"""La page du bilan : le total, qui paie, les délais, les années, une ventilation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from maillage.piloter.bilan.chiffres import DELAIS, case, chiffres
from maillage.piloter.bilan.demande import Demande, axes_de, demander
from maillage.piloter.bilan.liens import filtres_d_annee
from maillage.piloter.bilan.requete import types
from maillage.piloter.bilan.ventilation import (
    A_SAVOIR,
    TITRES,
    graphique_de_ventilation,
    graphique_des_annees,
    ligne,
    ranger,
)
from maillage.piloter.calculs.bilan import dire
from maillage.piloter.charge.droits import peut_lire as peut_lire_charge
from maillage.socle.mots import compter, enumerer
from maillage.socle.quantites import INSECABLE
from maillage.socle.requetes import Requete

PAR_PAGE = 25


def contexte(request: Requete) -> dict[str, Any]:
    """Ce que lit le gabarit."""
    d = demander(request)
    return {
        "url_tableur": d.liens.page(export="xlsx"),
        "url_charge": reverse("piloter:charge") if peut_lire_charge(request.user) else "",
        "demande": d,
        "filtres": d.filtres,
        "operateur": d.filtres.cleaned_data.get("operateur"),
        "url_sans_operateur": d.liens.page(operateur=None),
        "phrase": _phrase(d),
        **_ensemble(d),
        **_annees(d),
        **_ventilation(d, request.GET.get("page")),
    }


def _ensemble(d: Demande) -> dict[str, Any]:
    """Toutes les missions demandées : les chiffres, qui paie, les délais."""
    e, liens = d.bilan.ensemble, d.liens
    return {
        "ensemble": e,
        "url_abandonnees": liens.missions(etat="abandonnee"),
        "url_sans_euros": liens.missions(cout="inconnu"),
        "chiffres": [
            (nom, replace(chiffre, texte=chiffre.texte.replace(INSECABLE, " ")))  # écrits en grand
            for nom, chiffre in chiffres(d)
        ],
        "types": [
            (libelle, compter(e.types[code], "mission"), liens.missions(type=code))
            for code, libelle in types()
            if e.types[code]
        ],
        "apports": [
            (a, liens.missions(famille=a.code), dire(a.acquis), dire(a.attendus))
            for a in d.bilan.apports
        ],
        "colonnes_apports": _intitules("Famille", "Acquis", "Demandé"),
        "delais": [
            (libelle, case(liens, nom, getattr(e, nom), en_moyenne=True)) for nom, libelle in DELAIS
        ],
        "colonnes_delais": _intitules("Délai", "Moyenne"),
    }


def _annees(d: Demande) -> dict[str, Any]:
    """Année par année, sauf quand la ventilation le dit déjà."""
    annees = [] if d.axe == "annee" else d.bilan.annees
    return {
        "annees": [
            (a, d.liens.page(**filtres_d_annee(a.annee), par=None), a.missions - a.collectives)
            for a in annees
        ],
        "url_toutes": d.liens.page(de="", a="", sans_annee=None),
        "graphique_annees": graphique_des_annees(annees),
        "colonnes_annees": _intitules("Année", "Missions", "Collectives"),
    }


def _ventilation(d: Demande, numero: str | None) -> dict[str, Any]:
    """Une page de la ventilation choisie."""
    lignes = ranger(d)
    page = Paginator(lignes, PAR_PAGE).get_page(numero)
    titre = TITRES[d.axe]
    return {
        "onglets": [
            {"libelle": TITRES[axe], "url": d.liens.page(par=axe), "actif": axe == d.axe}
            for axe in axes_de(d.champ, d.filtres)
        ],
        "titre_ventilation": titre,
        "a_savoir": A_SAVOIR[d.axe],
        "page": page,
        "lignes": [ligne(d, cellule) for cellule in page],
        "graphique_ventilation": graphique_de_ventilation(d, lignes),
        "colonnes": _intitules(
            titre.removeprefix("Par ").capitalize().replace("Dla", "DLA"),
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
