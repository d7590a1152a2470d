"""Pièce « engager » : étape 2, partenaires, objectifs, avis, budget."""

from django.apps import AppConfig


class EngagerConfig(AppConfig):
    name = "maillage.engager"
    label = "engager"
    verbose_name = "Engager"

    def ready(self) -> None:
        from maillage.engager import chiffres, visibilite
        from maillage.engager.panneaux import PAR_DEMARCHE
        from maillage.engager.provenances import PAR_PAGE
        from maillage.identifier.slots import PROVENANCES
        from maillage.ingenieries.chiffres import CHIFFRES
        from maillage.ingenieries.panneaux import PANNEAUX
        from maillage.ingenieries.visibilite import MOTIFS

        for demarche, panneaux in PAR_DEMARCHE.items():
            PANNEAUX.remplir(panneaux, cle=demarche)
        CHIFFRES.remplir(chiffres.partenaires, cle="2_partenaires")
        CHIFFRES.remplir(chiffres.budget, cle="4_budget")
        MOTIFS.remplir(visibilite.partenaire, cle="engager.partenaire")
        MOTIFS.remplir(visibilite.comite, cle="engager.comite")
        for route, lire in PAR_PAGE.items():
            PROVENANCES.remplir(lire, cle=route)
