"""Pièce « identifier » : étape 1, signaux, problématiques, ciblage, posture."""

from typing import Any

from django.apps import AppConfig


class IdentifierConfig(AppConfig):
    name = "maillage.identifier"
    label = "identifier"
    verbose_name = "Identifier"

    def ready(self) -> None:
        from maillage.annuaire.slots import GESTES
        from maillage.identifier import droits
        from maillage.identifier.ciblage import droits as ciblage
        from maillage.identifier.fiche import noter_un_besoin
        from maillage.identifier.models import (
            Problematique,
            Rapprochement,
            RechercheDeCiblage,
            Signal,
        )
        from maillage.identifier.panneaux import PAR_DEMARCHE
        from maillage.identifier.provenances import PAR_PAGE
        from maillage.identifier.slots import PROVENANCES
        from maillage.ingenieries.panneaux import PANNEAUX
        from maillage.socle.sujets import inscrire

        besoins: tuple[type[Any], ...] = (Signal, Problematique, Rapprochement)
        for modele in besoins:
            inscrire(
                modele,
                peut_voir=droits.peut_voir,
                peut_modifier=droits.peut_modifier,
                peut_voir_interne=droits.peut_modifier,
            )
        inscrire(
            RechercheDeCiblage,
            peut_voir=ciblage.peut_voir,
            peut_modifier=ciblage.peut_voir,
            peut_voir_interne=ciblage.peut_voir,
        )
        for demarche, panneaux in PAR_DEMARCHE.items():
            PANNEAUX.remplir(panneaux, cle=demarche)
        for route, lire in PAR_PAGE.items():
            PROVENANCES.remplir(lire, cle=route)
        GESTES.remplir(noter_un_besoin, cle="identifier.noter")
