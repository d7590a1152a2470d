"""Des signaux, des problématiques et ceux qui les lisent."""

from __future__ import annotations

from typing import Any

from maillage.annuaire.models import Nature, Organisation, Role
from maillage.identifier.models import Problematique, Signal
from maillage.socle.models import Utilisateur
from tests.fabriques import agent, departement, operateur, organisation


def signal(dla: Organisation, **champs: Any) -> Signal:
    champs.setdefault("texte", "Nous ne savons pas parler aux entreprises")
    return Signal.objects.create(operateur=dla, **champs)


def problematique(dla: Organisation, **champs: Any) -> Problematique:
    champs.setdefault("titre", "Nouer des liens avec des entreprises")
    return Problematique.objects.create(operateur=dla, **champs)


def entourage(dla: Organisation) -> dict[str, Utilisateur]:
    """Une personne par relation à ce que note le DLA du Doubs."""
    doubs, gironde = departement("25", "Doubs"), departement("33", "Gironde")
    regional = organisation(Nature.DLA_REGIONAL, territoires=[doubs])
    return {
        "charge": agent(dla),
        "responsable": agent(dla, Role.RESPONSABLE),
        "regional": agent(regional, Role.DLA_REGIONAL),
        "regional_ailleurs": agent(
            organisation(Nature.DLA_REGIONAL, territoires=[gironde]), Role.DLA_REGIONAL
        ),
        "ailleurs": agent(operateur("DLA de la Gironde", gironde)),
        "ressources": agent(
            organisation(Nature.CENTRE_RESSOURCES, secteur="culture"), Role.CENTRE_RESSOURCES
        ),
        "comite": agent(dla, Role.MEMBRE_COMITE),
        "partenaire": agent(organisation(Nature.FINANCEUR), Role.PARTENAIRE),
        "structure": agent(organisation(operateur=dla), Role.STRUCTURE),
    }
