"""Compter le registre d'une recherche, en travail de fond."""

from __future__ import annotations

from maillage.identifier.ciblage.compte import compter_le_registre
from maillage.identifier.ciblage.vivier import Vivier
from maillage.identifier.models import RechercheDeCiblage
from maillage.socle.models import Utilisateur
from maillage.socle.mots import citer
from maillage.socle.travaux.models import Travail
from maillage.socle.travaux.operations import rejoindre_ou_lancer
from maillage.socle.travaux.registre import Progression, TravailRefuse, tache

COMPTER = "identifier.compter_le_registre"


@tache(COMPTER)
def compter(progression: Progression, *, recherche: str, par: str) -> str:
    """Juge toutes les entrées du registre où l'on cherche ; recommencer remplace le compte."""
    qui = Utilisateur.objects.filter(pk=par, is_active=True).first()
    objet = qui and RechercheDeCiblage.objects.visibles_par(qui).filter(pk=recherche).first()
    if not (qui and objet):
        raise TravailRefuse("Ce ciblage n’est plus à vous : il n’a pas été compté.")
    compte = compter_le_registre(Vivier(objet, qui), progression.avancer)
    return f"{compte.dit} au registre."


def demander(recherche: RechercheDeCiblage, *, par: Utilisateur) -> Travail:
    """Demande ce compte, ou rend celui qui se fait déjà."""
    return rejoindre_ou_lancer(
        libelle=f"Compter le registre pour {citer(recherche)}",
        tache=COMPTER,
        parametres={"recherche": str(recherche.pk), "par": str(par.pk)},
        par=par,
        suite=recherche.get_absolute_url(),
    )
