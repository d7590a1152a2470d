"""De petites missions chiffrées, pour le bilan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maillage.annuaire.models import Nature, Organisation
from maillage.confirmer.models import EffectifDeclare, Participation, ProjetDIntervention
from maillage.engager.models import EtatFinancement, Financement, LigneDeBudget
from maillage.finaliser.models import Resultat, Seance
from maillage.identifier.models import Problematique, Signal
from maillage.ingenieries.models import Ingenierie
from maillage.socle.quantites import Precision, Quantite
from tests.fabriques import organisation


def q(valeur: int | str | None, precision: str = Precision.EXACT) -> Quantite:
    """Une quantité, inconnue sans valeur."""
    return (
        Quantite.inconnue() if valeur is None else Quantite(Decimal(valeur), Precision(precision))
    )


def _element(modele: Any, mission: Ingenierie, **champs: Any) -> Any:
    quantites = {nom: v for nom, v in champs.items() if isinstance(v, Quantite)}
    objet = modele(ingenierie=mission, **{n: v for n, v in champs.items() if n not in quantites})
    for nom, valeur in quantites.items():
        setattr(objet, nom, valeur)
    objet.save()
    return objet


def depense(mission: Ingenierie, **champs: Any) -> LigneDeBudget:
    return _element(LigneDeBudget, mission, **{"nature": "conseil", "libelle": "Conseil", **champs})


def apport(mission: Ingenierie, **champs: Any) -> Financement:
    """Un financement, accordé sauf mention contraire."""
    champs.setdefault("etat", EtatFinancement.ACCORDE)
    champs.setdefault("financeur", organisation(Nature.FINANCEUR))
    return _element(Financement, mission, **champs)


def retenir(mission: Ingenierie, structure: Organisation | None = None, **champs: Any) -> Any:
    champs = {"palier": "retenue", "atteint": "retenue", **champs}
    return _element(Participation, mission, structure=structure or organisation(), **champs)


def declarer(mission: Ingenierie, nombre: Quantite, **champs: Any) -> EffectifDeclare:
    return _element(EffectifDeclare, mission, palier="retenue", nombre=nombre, **champs)


def projet(mission: Ingenierie, **champs: Any) -> ProjetDIntervention:
    return _element(ProjetDIntervention, mission, **champs)


def seance(mission: Ingenierie, duree: Quantite) -> Seance:
    return _element(Seance, mission, forme="collective", titre="Atelier", duree=duree)


def resultat(mission: Ingenierie, **champs: Any) -> Resultat:
    return _element(Resultat, mission, **{"nature": "emploi", "phrase": "Un poste", **champs})


def signal(mission: Ingenierie, jour: Any) -> Signal:
    """Un besoin entendu ce jour, dont la mission est née."""
    entendu = Signal.objects.create(operateur=mission.operateur, texte="Un besoin", date=jour)
    problematique = Problematique.objects.create(operateur=mission.operateur, titre="Besoin")
    problematique.signaux.add(entendu)
    problematique.ingenieries.add(mission)
    return entendu
