"""Pièce « confirmer » : étape 3, structures, groupes, consultation."""

from django.apps import AppConfig


class ConfirmerConfig(AppConfig):
    name = "maillage.confirmer"
    label = "confirmer"
    verbose_name = "Confirmer"

    def ready(self) -> None:
        from maillage.accueillir.autorisations.portees import DESTINATAIRES
        from maillage.accueillir.autorisations.tenue import POSSIBLES
        from maillage.accueillir.parcours.suites import GESTES, SUITES
        from maillage.annuaire.slots import ACCOMPAGNEES, ACCOMPAGNEMENTS, DOCUMENTS
        from maillage.confirmer import lecteurs, panneaux, visibilite
        from maillage.confirmer.accompagnements import accompagnees, documents_de, missions_de
        from maillage.confirmer.chiffres import RETENUES
        from maillage.confirmer.operations import reperer
        from maillage.confirmer.suites import lecture as suites
        from maillage.engager.beneficiaires import RETENUES as STRUCTURES_RETENUES
        from maillage.identifier.slots import EN_MOBILISATION, REPERAGE
        from maillage.ingenieries.chiffres import CHIFFRES
        from maillage.ingenieries.mentions import MENTIONS
        from maillage.ingenieries.panneaux import PANNEAUX
        from maillage.ingenieries.visibilite import MOTIFS

        PANNEAUX.remplir(panneaux.panneaux_mobiliser, cle="confirmer.mobiliser")
        PANNEAUX.remplir(panneaux.panneaux_etablir, cle="confirmer.etablir")
        PANNEAUX.remplir(panneaux.panneaux_regler, cle="confirmer.regler")
        REPERAGE.remplir(
            lambda mission, structures, nom, par: len(
                reperer(mission, structures, ciblage=nom, par=par)
            ),
            cle=EN_MOBILISATION,
        )
        MOTIFS.remplir(visibilite.structure_retenue, cle="confirmer.retenue")
        POSSIBLES.remplir(lecteurs.possibles, cle="confirmer")
        DESTINATAIRES.remplir(lecteurs.partenaire, cle="partenaire")
        DESTINATAIRES.remplir(lecteurs.prestataire, cle="prestataire")
        ACCOMPAGNEMENTS.remplir(missions_de, cle="confirmer.missions")
        DOCUMENTS.remplir(documents_de, cle="confirmer.missions")
        ACCOMPAGNEES.remplir(accompagnees, cle="confirmer.missions")
        CHIFFRES.remplir(lambda: RETENUES, cle="3_structures")
        STRUCTURES_RETENUES.remplir(visibilite.structures_retenues, cle="confirmer")
        SUITES.remplir(suites.suites_de, cle="confirmer")
        GESTES.remplir(suites.ouvrir_la_mission, cle="individuelle")
        GESTES.remplir(suites.rattacher, cle="collective")
        MENTIONS.remplir(lambda: suites.PROVENANCE, cle="confirmer.provenance")
