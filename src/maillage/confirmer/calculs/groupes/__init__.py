"""Constituer des groupes : le moteur, sans Django (format du fichier : `lecture`)."""

from maillage.confirmer.calculs.groupes.lecture import ProblemeInvalide, lire
from maillage.confirmer.calculs.groupes.probleme import Probleme
from maillage.confirmer.calculs.groupes.resolution import Reponse, Statut, resoudre

__all__ = ["Probleme", "ProblemeInvalide", "Reponse", "Statut", "lire", "resoudre"]
