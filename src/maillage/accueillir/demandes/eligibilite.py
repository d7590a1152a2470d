"""L'éligibilité d'une demande, point par point : ce que le logiciel propose, ce que l'agent dit.

Rien ne bloque (règle 1) et l'inconnu n'est pas un refus : la conclusion est une phrase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage import methode
from maillage.accueillir.models import Constat, Demande
from maillage.annuaire.eligibilite import Eligibilite, eligibilite
from maillage.annuaire.visibilite import est_dans
from maillage.socle.mots import citer, compter, enumerer, minuscule
from maillage.territoires.perimetres import nommer

if TYPE_CHECKING:
    from maillage.accueillir.models import PointDEligibilite
    from maillage.annuaire.models import Organisation

_PAR_STATUT = {
    Eligibilite.PAR_AGREMENT: Constat.OUI,
    Eligibilite.PAR_STATUT: Constat.OUI,
    Eligibilite.NON: Constat.NON,
    Eligibilite.A_VERIFIER: Constat.A_VERIFIER,
}


@dataclass(frozen=True, slots=True)
class Proposition:
    """Ce que le logiciel lit dans la fiche de la structure, et pourquoi."""

    constat: str = Constat.A_VERIFIER
    raison: str = ""

    @property
    def tranche(self) -> bool:
        return self.constat != Constat.A_VERIFIER


@dataclass(frozen=True, slots=True)
class Point:
    """Un point : ce qu'il demande, ce que l'on propose, ce que l'agent a constaté."""

    element: methode.Element
    proposition: Proposition = Proposition()
    constat: str = Constat.A_VERIFIER
    precision: str = ""

    @property
    def dit(self) -> bool:
        """L'agent a tranché lui-même."""
        return self.constat != Constat.A_VERIFIER

    def manque(self, constat: str, precision: str) -> str:
        """Ce qui empêche de garder ce constat ; vide s'il se suffit.

        Contredire ce que dit la fiche, ou refuser sans qu'elle le dise, demande une raison.
        """
        if precision or constat == Constat.A_VERIFIER:
            return ""
        if self.proposition.tranche and constat != self.proposition.constat:
            return "La fiche dit autre chose : écrivez ce qui le montre."
        if constat == Constat.NON and not self.proposition.raison:
            return "Écrivez pourquoi : la structure a droit à une raison."
        return ""

    @property
    def retenu(self) -> str:
        """Le constat de l'agent ; à défaut, une proposition favorable suffit en attendant."""
        if self.dit or self.proposition.constat != Constat.OUI:
            return self.constat
        return self.proposition.constat

    @property
    def etat(self) -> str:
        """La forme de `c-badge`."""
        if self.retenu == Constat.NON:
            return "sans_objet"
        if self.retenu == Constat.OUI:
            return "fait" if self.dit else "en_cours"
        return "a_faire"

    @property
    def mot(self) -> str:
        """Ce que dit le badge."""
        if self.dit or self.retenu == Constat.A_VERIFIER:
            return Constat(self.constat).label
        return f"{Constat(self.retenu).label}, à confirmer"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Où l'on en est des points, en une phrase ; `etat` et `mot` : la forme et le mot du badge."""

    etat: str
    mot: str
    phrase: str


def points(
    demande: Demande, constates: Mapping[str, PointDEligibilite], emplois: str = ""
) -> list[Point]:
    """Les points de la méthode ; `constates` : ceux de la demande, par code.

    `emplois` : ce que disent les derniers chiffres connus. La structure et l'opérateur sont lus.
    """
    proposees = {
        "emploi": Proposition(raison=emplois),
        "statut": proposer_statut(demande.structure),
        "territoire": proposer_territoire(demande.structure, demande.operateur),
    }
    return [
        Point(
            element,
            proposees.get(element.code, Proposition()),
            *((dit.constat, dit.precision) if (dit := constates.get(element.code)) else ()),
        )
        for element in methode.accueil().eligibilite
    ]


def proposer_statut(structure: Organisation) -> Proposition:
    """Son agrément, ou sa catégorie juridique (loi ESS de 2014, pas les seules associations)."""
    trouvee = eligibilite(structure)
    if trouvee is Eligibilite.PAR_AGREMENT:
        raison = f"Agrément : {enumerer(structure.agrements_lisibles)}."
    elif structure.categorie_juridique:
        raison = f"Catégorie juridique : {structure.get_categorie_juridique_display()}."
    else:
        raison = "La fiche ne dit ni catégorie juridique, ni agrément."
    return Proposition(_PAR_STATUT[trouvee], raison)


def proposer_territoire(structure: Organisation, operateur: Organisation) -> Proposition:
    """Sa commune, à défaut son aire d'intervention, sur le territoire de l'opérateur."""
    couverts = list(operateur.territoires.all())
    if structure.commune is None and not structure.territoires.all():
        return Proposition(raison="La fiche ne dit pas où elle est.")
    dedans = est_dans([t.pk for t in couverts], structure)
    lieu = structure.commune.nom if structure.commune else "Son aire d’intervention"
    raison = f"{lieu} {'est' if dedans else 'n’est pas'} dans : {nommer(couverts)}."
    return Proposition(Constat.OUI if dedans else Constat.NON, raison)


def conclure(lus: Sequence[Point]) -> Conclusion:
    """« Éligible. », « Il manque deux points : … », « Non éligible : … »."""
    if refus := [p for p in lus if p.retenu == Constat.NON]:
        return Conclusion(
            "sans_objet",
            "non éligible",
            f"Non éligible : {enumerer([_en_refus(p) for p in refus])}.",
        )
    if manquants := [p for p in lus if p.retenu == Constat.A_VERIFIER]:
        combien = compter(len(manquants), "point")
        return Conclusion("a_faire", "à compléter", f"Il manque {combien} : {_nommer(manquants)}.")
    if proposes := [p for p in lus if not p.dit]:
        return Conclusion(
            "en_cours", "à confirmer", f"Éligible, reste à confirmer : {_nommer(proposes)}."
        )
    return Conclusion("fait", "éligible", "Éligible : les quatre points sont constatés.")


def _nommer(lus: Sequence[Point]) -> str:
    return enumerer([citer(p.element.libelle) for p in lus])


def _en_refus(point: Point) -> str:
    precision = f" ({minuscule(point.precision).rstrip('.')})" if point.precision else ""
    return f"{citer(point.element.libelle)} n’est pas tenu{precision}"
