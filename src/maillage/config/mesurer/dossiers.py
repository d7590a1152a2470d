"""Le dedans des missions du volume : structures, budget, financements, projet, résultats."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from maillage import methode
from maillage.annuaire.models import Organisation
from maillage.confirmer.models import (
    Atteint,
    EffectifDeclare,
    Palier,
    Participation,
    ProjetDIntervention,
)
from maillage.engager.models import EtatFinancement, Financement, LigneDeBudget
from maillage.finaliser.models import NatureDeResultat, Resultat
from maillage.ingenieries.models import Ingenierie
from maillage.socle.quantites import Precision, Quantite

RETENUES = 8
EXACT, ENVIRON = Precision.EXACT, Precision.ENVIRON


def dedans(
    missions: Sequence[Ingenierie], structures: Sequence[Organisation], alea: random.Random
) -> list[tuple[type[Model], Iterator[Model]]]:
    """Par modèle, ce qu'il faut poser ; quatre missions sur dix ne disent pas leur coût."""
    return [
        (Participation, _participations(missions, structures, alea)),
        (EffectifDeclare, _effectifs(missions, alea)),
        (ProjetDIntervention, _projets(missions, alea)),
        (LigneDeBudget, _depenses(missions, alea)),
        (Financement, _financements(missions, alea)),
        (Resultat, _resultats(missions, alea)),
        (Ingenierie.operateurs_associes.through, _associes(missions, alea)),
    ]


def dater(mission: Ingenierie, alea: random.Random) -> None:
    """Un secteur et des dates ; une mission récente n'est pas close."""
    mission.secteur = alea.choice(["culture", "sport", "environnement", "tous", ""])
    mission.demarree_le = date(mission.annee, alea.randint(1, 6), 1)
    mission.close_le = date(mission.annee, 12, 1) if mission.annee < 2025 else None


def _avec(objet: Any, **quantites: Quantite) -> Any:
    for nom, quantite in quantites.items():
        setattr(objet, nom, quantite)
    return objet


def _dite(valeur: int, alea: random.Random) -> Quantite:
    return Quantite(Decimal(valeur), ENVIRON if alea.random() < 0.2 else EXACT)


def _participations(
    missions: Sequence[Ingenierie], structures: Sequence[Organisation], alea: random.Random
) -> Iterator[Model]:
    for mission in missions:
        for structure in alea.sample(structures, RETENUES):
            yield Participation(
                ingenierie=mission,
                structure=structure,
                palier=Palier.RETENUE,
                atteint=Atteint.RETENUE,
            )


def _effectifs(missions: Sequence[Ingenierie], alea: random.Random) -> Iterator[Model]:
    for mission in missions:
        if alea.random() < 0.4:
            declare = EffectifDeclare(ingenierie=mission, palier=Atteint.RETENUE)
            yield _avec(declare, nombre=_dite(alea.randint(4, 20), alea))


def _projets(missions: Sequence[Ingenierie], alea: random.Random) -> Iterator[Model]:
    types = [code for code, _ in methode.choix("ingenieries.types")]
    for mission in missions:
        if alea.random() < 0.8:
            projet = ProjetDIntervention(ingenierie=mission, type_ingenierie=alea.choice(types))
            yield _avec(projet, jours=_dite(alea.randint(2, 20), alea), duree=_dite(6, alea))


def _depenses(missions: Sequence[Ingenierie], alea: random.Random) -> Iterator[Model]:
    for mission in missions:
        if alea.random() < 0.6:
            conseil = LigneDeBudget(ingenierie=mission, nature="conseil", libelle="Conseil")
            yield _avec(conseil, jours=_dite(5, alea), cout_jour=_dite(900, alea))
            salle = LigneDeBudget(ingenierie=mission, nature="logistique", libelle="Salle")
            yield _avec(salle, montant=_dite(300, alea))


def _financements(missions: Sequence[Ingenierie], alea: random.Random) -> Iterator[Model]:
    familles = [code for code, _ in methode.choix("financement.familles")]
    for mission in missions:
        if alea.random() < 0.6:
            communs = {
                "ingenierie": mission,
                "financeur": mission.operateur,
                "etat": EtatFinancement.ACCORDE,
            }
            yield _avec(Financement(credits_dla=True, **communs), montant=_dite(3000, alea))
            autre = Financement(famille=alea.choice(familles), **communs)
            yield _avec(autre, part=_dite(40, alea))


def _resultats(missions: Sequence[Ingenierie], alea: random.Random) -> Iterator[Model]:
    for mission in missions:
        if alea.random() < 0.5:
            resultat = Resultat(
                ingenierie=mission, nature=NatureDeResultat.COOPERATION, phrase="Un réseau"
            )
            yield _avec(resultat, delai=_dite(alea.randint(1, 18), alea))


def _associes(missions: Sequence[Ingenierie], alea: random.Random) -> Iterator[Model]:
    """Une mission sur dix réunit deux DLA."""
    liens = Ingenierie.operateurs_associes.through
    operateurs = list({m.operateur_id: m.operateur for m in missions}.values())
    for mission in missions:
        autre = alea.choice(operateurs)
        if alea.random() < 0.1 and autre != mission.operateur:
            yield liens(ingenierie=mission, organisation=autre)
