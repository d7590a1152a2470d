"""Pièce « finaliser » : étape 4, séances, évaluation, résultats."""

from django.apps import AppConfig


class FinaliserConfig(AppConfig):
    name = "maillage.finaliser"
    label = "finaliser"
    verbose_name = "Finaliser"

    def ready(self) -> None:
        from maillage.accueillir.portefeuille.nouvelles import NOUVELLES
        from maillage.finaliser import panneaux
        from maillage.finaliser.chiffres import RESULTATS
        from maillage.finaliser.nouvelles import seances
        from maillage.finaliser.provenances import seance
        from maillage.identifier.slots import PROVENANCES
        from maillage.ingenieries.chiffres import CHIFFRES
        from maillage.ingenieries.panneaux import PANNEAUX

        PANNEAUX.remplir(panneaux.panneau_calendrier, cle="confirmer.regler/finaliser")
        PANNEAUX.remplir(panneaux.panneaux_realiser, cle="finaliser.realiser")
        PANNEAUX.remplir(panneaux.panneaux_evaluer, cle="finaliser.evaluer")
        CHIFFRES.remplir(lambda: RESULTATS, cle="5_resultats")
        NOUVELLES.remplir(seances, cle="finaliser.seances")
        PROVENANCES.remplir(seance, cle="missions/<uuid:ingenierie>/seance/<uuid:element>/")
