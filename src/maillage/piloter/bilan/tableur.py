"""Le bilan en tableur : une feuille par ventilation, et la liste des missions.

Les colonnes ne changent ni d'ordre ni de code. Un nombre et sa précision ont chacun la leur ; une
case vide est un chiffre inconnu, jamais un zéro.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.http.response import HttpResponseBase

from maillage.annuaire import nomenclatures
from maillage.ingenieries.models import Ingenierie
from maillage.piloter.bilan.chiffres import DELAIS
from maillage.piloter.bilan.demande import Demande, axes_de, demander
from maillage.piloter.bilan.requete import types
from maillage.piloter.bilan.ventilation import TITRES, nommer, ranger
from maillage.piloter.calculs.bilan import Apports, Cellule, moyenne
from maillage.piloter.models import ResumeDeMission
from maillage.socle.exports import Colonne, Export, classeur
from maillage.socle.quantites import Quantite, Total
from maillage.socle.requetes import Requete

QUANTITES = (
    ("sans_nom", "Structures sans nom"),
    ("jours", "Jours d’intervention"),
    ("cout", "Coût (€)"),
)
LIGNES_LUES = 500


def tableur(request: Requete) -> HttpResponseBase:
    """Le classeur du bilan demandé ; le niveau national n'y a pas la liste des missions."""
    d = demander(request, "annee")
    feuilles: list[tuple[Export[Any], Iterable[Any]]] = [
        (_ventilation("Ensemble", lambda _: d.annees), [d.bilan.ensemble]),
        (APPORTS, d.bilan.apports),
    ]
    for axe in axes_de(d.champ, d.filtres):
        ventile = d if axe == "annee" else demander(request, axe)
        titre = TITRES[axe]
        feuilles.append((_ventilation(titre, _nom_sur(axe)), ranger(ventile)))
    if not d.champ.entier:
        feuilles.append((MISSIONS, _missions(request, d)))
    return classeur("bilan", feuilles)


def _nom_sur(axe: str) -> Callable[[Cellule], str]:
    return lambda cellule: nommer(axe, cellule)


def _ventilation(titre: str, nom: Callable[[Cellule], str]) -> Export[Cellule]:
    return Export(
        titre,
        [
            Colonne("ligne", titre, nom),
            Colonne("missions", "Missions menées", lambda c: c.missions),
            Colonne("collectives", "Collectives", lambda c: c.collectives),
            Colonne("individuelles", "Individuelles", lambda c: c.individuelles),
            Colonne("abandonnees", "Abandonnées, à part", lambda c: c.abandonnees),
            *(Colonne(f"type_{code}", libelle, _du_type(code)) for code, libelle in types()),
            Colonne("nommees", "Structures nommées, une fois chacune", lambda c: c.nommees),
            *(colonne for nom, titre in QUANTITES for colonne in _somme(nom, titre)),
            *(colonne for nom, titre in DELAIS for colonne in _somme(nom, titre, en_moyenne=True)),
        ],
    )


def _du_type(code: str) -> Callable[[Cellule], int]:
    return lambda cellule: cellule.types[code]


def _somme(nom: str, titre: str, *, en_moyenne: bool = False) -> Iterator[Colonne[Cellule]]:
    """La valeur, sa précision, et sur combien de missions elle porte."""

    def total(cellule: Cellule) -> Total:
        lu: Total = getattr(cellule, nom)
        return lu

    def quantite(cellule: Cellule) -> Quantite:
        lu = total(cellule)
        if en_moyenne:
            return moyenne(lu)
        return Quantite(lu.valeur, lu.precision) if lu.connues else Quantite.inconnue()

    intitule = f"{titre}, moyenne en mois" if en_moyenne else titre
    yield Colonne(nom, intitule, quantite)
    yield Colonne(f"{nom}_precision", f"{titre} : précision", lambda c: quantite(c).precision.label)
    yield Colonne(f"{nom}_connues", f"{titre} : connues", lambda c: total(c).connues)
    yield Colonne(f"{nom}_approchees", f"{titre} : approchées", lambda c: total(c).approchees)
    yield Colonne(f"{nom}_inconnues", f"{titre} : inconnues", lambda c: total(c).inconnues)


def _euros(total: Total) -> Quantite:
    return Quantite(total.valeur, total.precision) if total.connues else Quantite.inconnue()


APPORTS: Export[Apports] = Export(
    "Financements",
    [
        Colonne("famille", "Famille de financement", lambda a: a.libelle),
        Colonne("acquis", "Acquis (€)", lambda a: _euros(a.acquis)),
        Colonne(
            "acquis_precision", "Acquis : précision", lambda a: _euros(a.acquis).precision.label
        ),
        Colonne("acquis_inconnus", "Acquis sans montant", lambda a: a.acquis.inconnues),
        Colonne("demande", "Demandé (€)", lambda a: _euros(a.attendus)),
        Colonne(
            "demande_precision", "Demandé : précision", lambda a: _euros(a.attendus).precision.label
        ),
        Colonne("demande_inconnus", "Demandé sans montant", lambda a: a.attendus.inconnues),
        Colonne("parts", "Parts d’un coût inconnu", lambda a: a.parts),
    ],
)


def _quantites(nom: str, titre: str) -> Sequence[Colonne[ResumeDeMission]]:
    return (
        Colonne(nom, titre, lambda r: getattr(r, nom)),
        Colonne(
            f"{nom}_precision", f"{titre} : précision", lambda r: getattr(r, nom).precision.label
        ),
    )


MISSIONS: Export[ResumeDeMission] = Export(
    "Missions",
    [
        Colonne("id", "Identifiant", lambda r: str(r.pk)),
        Colonne("titre", "Titre", lambda r: r.mission.titre),
        Colonne("annee", "Année", lambda r: r.annee),
        Colonne("annee_dite", "Année dite par la source", lambda r: r.annee_dite),
        Colonne("nature", "Nature", lambda r: r.mission.get_nature_display()),
        Colonne("type", "Type d’ingénierie", lambda r: dict(types()).get(r.type_ingenierie, "")),
        Colonne("dla", "DLA pilote", lambda r: r.mission.operateur.nom),
        Colonne("secteur", "Secteur", lambda r: nomenclatures.SECTEURS.libelle(r.secteur)),
        Colonne("etat", "État", lambda r: r.mission.get_etat_display()),
        Colonne("nommees", "Structures nommées", lambda r: len(r.structures)),
        *(
            colonne
            for nom, titre in (*QUANTITES, *((n, f"{t} (mois)") for n, t in DELAIS))
            for colonne in _quantites(nom, titre)
        ),
    ],
)


def _missions(request: Requete, d: Demande) -> Iterator[ResumeDeMission]:
    """Les missions du bilan, abandonnées comprises, de la plus récente."""
    visibles = d.filtres.appliquer(Ingenierie.objects.visibles_par(request.user))
    resumes = ResumeDeMission.objects.filter(mission__in=visibles).filter(_annees(d))
    lus = resumes.select_related("mission__operateur")
    return lus.order_by("-annee", "mission__titre", "pk").iterator(LIGNES_LUES)


def _annees(d: Demande) -> Q:
    poses = d.liens.poses
    if poses.get("sans_annee"):
        return Q(annee_dite=False)
    if poses.get("de") or poses.get("a"):
        return Q(annee_dite=True, annee__range=(poses.get("de") or 2002, poses.get("a") or 2100))
    return Q()
