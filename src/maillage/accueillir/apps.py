"""Pièce « accueillir » : demande, diagnostic partagé, autorisations, parcours d'accompagnement."""

from typing import Any

from django.apps import AppConfig


class AccueillirConfig(AppConfig):
    name = "maillage.accueillir"
    label = "accueillir"
    verbose_name = "Accueillir"

    def ready(self) -> None:
        """Demandes, diagnostics et parcours portent un journal et des documents."""
        from maillage.accueillir import droits
        from maillage.accueillir import fiche as accueil
        from maillage.accueillir.autorisations import fiche as autorisations
        from maillage.accueillir.autorisations import reunion
        from maillage.accueillir.autorisations.droits import filtre_des_decideurs, peut_decider
        from maillage.accueillir.diagnostics.droits import peut_ecrire
        from maillage.accueillir.models import Demande, Diagnostic, DossierDAutorisations, Parcours
        from maillage.accueillir.parcours import fiche
        from maillage.accueillir.pieces import documents_de
        from maillage.annuaire import slots
        from maillage.socle.sujets import inscrire

        modeles: dict[Any, Any] = dict.fromkeys((Demande, Parcours), droits.peut_modifier)
        for modele, peut_modifier in (modeles | {Diagnostic: peut_ecrire}).items():
            inscrire(
                modele,
                peut_voir=droits.peut_voir,
                peut_modifier=peut_modifier,
                peut_voir_interne=droits.peut_voir_interne,
            )
        inscrire(
            DossierDAutorisations,
            visibles_par=lambda u: DossierDAutorisations.objects.filter(filtre_des_decideurs(u)),
            peut_voir=peut_decider,
            peut_modifier=peut_decider,
            peut_voir_interne=peut_decider,
        )
        slots.ACCOMPAGNEMENTS.remplir(accueil.demandes_de, cle="accueillir.demandes")
        slots.ACCOMPAGNEMENTS.remplir(accueil.diagnostics_de, cle="accueillir.diagnostics")
        slots.GESTES.remplir(accueil.noter, cle="accueillir.demandes")
        slots.GESTES.remplir(accueil.ouvrir, cle="accueillir.diagnostics")
        slots.GESTES_DE_LISTE.remplir(accueil.gestes_de_liste, cle="accueillir")
        slots.ACCOMPAGNEMENTS.remplir(fiche.parcours_de, cle="accueillir.parcours")
        slots.GESTES.remplir(fiche.ouvrir, cle="accueillir.parcours")
        slots.ACCOMPAGNEES.remplir(fiche.accompagnees, cle="accueillir.parcours")
        slots.DOCUMENTS.remplir(documents_de, cle="accueillir")
        slots.PIECES.remplir(autorisations.autorisations_de, cle="accueillir.autorisations")
        slots.ANNONCES_DE_REUNION.remplir(reunion.annoncer, cle="accueillir.autorisations")
        slots.REUNIONS.remplir(reunion.fermer_sans_reponse, cle="accueillir.autorisations")
        slots.SEPARATIONS.remplir(reunion.porter_les_exceptions, cle="accueillir.autorisations")
