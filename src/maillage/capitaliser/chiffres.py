"""Les chiffres d'une mission, par leur nom : ce que la fiche montre et que les cas vérifient."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.confirmer.calculs.entonnoir import Declare, Marche, tracer
from maillage.confirmer.models import Atteint
from maillage.finaliser.models import NatureDeResultat
from maillage.socle.quantites import Precision, Quantite, Total

if TYPE_CHECKING:
    from maillage.capitaliser.contexte.lecture import Lu

MESURES = ("nombre", "montant", "structures", "delai")


def journees(lu: Lu) -> Quantite | Total:
    """Celles du projet d'intervention ; à défaut, la somme des séances."""
    if lu.projet.jours.connue or not lu.seances:
        return lu.projet.jours
    return Total.de((s.duree for s in lu.seances), "jour")


def cout(lu: Lu) -> Total:
    return Total.de((ligne.cout for ligne in lu.depenses), "€")


def entonnoir(lu: Lu) -> tuple[Marche, ...]:
    declares = {e.palier: Declare(e.nombre, e.precision, e.source) for e in lu.effectifs}
    return tracer(Atteint.choices, [p.atteint for p in lu.participations], declares)


def themes(lu: Lu) -> list[str]:
    """Les thèmes donnés à la fiche ; à défaut, ceux des signaux dont la mission est née."""
    return lu.fiche.themes or list(dict.fromkeys(t for s in lu.signaux for t in s.themes))


def chiffres_de(lu: Lu) -> dict[str, Quantite]:
    """Chaque chiffre et sa valeur, inconnue comprise.

    `structures.<palier>`, `jours`, `cout`, `seances.nombre`, `seances.jours`,
    `resultats.<nature>.<mesure>` où la mesure est nombre, montant, structures ou delai.
    """
    return {
        **{f"structures.{m.code}": m.compte for m in entonnoir(lu)},
        "jours": _somme(journees(lu)),
        "cout": _somme(cout(lu)),
        "seances.nombre": Quantite(_compte(lu)) if lu.seances else Quantite.inconnue(),
        "seances.jours": _somme(Total.de((s.duree for s in lu.seances), "jour")),
        **_resultats(lu),
    }


def _resultats(lu: Lu) -> dict[str, Quantite]:
    """Par nature, la somme de ce que disent les résultats obtenus ; un délai ne se somme pas."""
    chiffres = {}
    for nature in NatureDeResultat.values:
        obtenus = [r for r in lu.resultats if r.nature == nature and r.obtenu]
        for mesure in MESURES if obtenus else ():
            dites = [q for r in obtenus if (q := getattr(r, mesure)).connue]
            if mesure == "delai":
                chiffres[f"resultats.{nature}.delai"] = dites[0] if dites else Quantite.inconnue()
            else:
                chiffres[f"resultats.{nature}.{mesure}"] = _somme(Total.de(dites))
    return chiffres


def _compte(lu: Lu) -> Decimal:
    return Decimal(len(lu.seances))


def _somme(total: Quantite | Total) -> Quantite:
    """Un total dont il manque une part ne vaut pas la somme du reste : « au moins »."""
    if isinstance(total, Quantite):
        return total
    if not total.connues:
        return Quantite.inconnue(total.unite)
    precision = total.precision if total.complet else Precision.AU_MOINS
    return Quantite(total.valeur, precision, total.unite)
