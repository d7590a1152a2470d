"""Pièce « portail » : les pages ouvertes par un lien personnel, sans compte."""

from django.apps import AppConfig


class PortailConfig(AppConfig):
    name = "maillage.portail"
    label = "portail"
    verbose_name = "Portail"

    def ready(self) -> None:
        from maillage.annuaire.slots import GESTES, LIENS_PERSONNELS
        from maillage.confirmer.mobilisation.slots import OUVERTURES, PORTAIL, REMETTRE
        from maillage.portail import invitations
        from maillage.portail.fiche import remettre

        GESTES.remplir(remettre, cle=LIENS_PERSONNELS)
        REMETTRE.remplir(invitations.remettre, cle=PORTAIL)
        OUVERTURES.remplir(invitations.premieres_ouvertures, cle=PORTAIL)
