"""Entrer un collectif : sa mobilisation, ses fiches reprises du registre, ses structures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from maillage.annuaire.models import EntreeDuRegistre, Organisation
from maillage.annuaire.recherche import reprise
from maillage.confirmer.models import Mobilisation, Participation
from maillage.confirmer.operations.mobilisation import inviter
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur

VOIE = "collectif_constitue"


class EntreeRefusee(Exception):
    """Une entrée du registre qui ne peut faire une fiche : laquelle, et pourquoi."""

    def __init__(self, entree: EntreeDuRegistre, raison: str) -> None:
        super().__init__(raison)
        self.entree = entree


@operation
def entrer_le_collectif(
    ingenierie: Ingenierie,
    nom: str,
    membres: Sequence[Organisation | EntreeDuRegistre],
    *,
    palier: str,
    par: Utilisateur,
) -> list[Participation]:
    """Choisit la voie du collectif constitué et y met ses membres, tous ou aucun.

    Rend les structures nouvelles ; celles qui y étaient gardent leur palier. Lève `EntreeRefusee`
    sans rien écrire si une entrée du registre ne peut devenir une fiche.
    """
    _choisir_la_voie(ingenierie, nom, par=par)
    entrees = [membre for membre in membres if isinstance(membre, EntreeDuRegistre)]
    reprises = {e.pk: _reprendre(e, par=par) for e in sorted(entrees, key=reprise.rang)}
    fiches = [m if isinstance(m, Organisation) else reprises[m.pk] for m in membres]
    return inviter(ingenierie, dict.fromkeys(fiches), palier=palier, par=par)


def _choisir_la_voie(ingenierie: Ingenierie, nom: str, *, par: Utilisateur) -> None:
    type(ingenierie).objects.select_for_update().get(pk=ingenierie.pk)
    campagne = Mobilisation.objects.filter(ingenierie=ingenierie).first()
    if campagne is None:
        Mobilisation.objects.create(ingenierie=ingenierie, voie=VOIE, collectif=nom)
    else:
        campagne.voie, campagne.collectif = VOIE, nom or campagne.collectif
        enregistrer(campagne, version=campagne.version)
    dit = f" : {citer(nom)}" if nom else ""
    journaliser(ingenierie, f"a entré un collectif déjà constitué{dit}", par=par, interne=True)


def _reprendre(entree: EntreeDuRegistre, *, par: Utilisateur) -> Organisation:
    try:
        return reprise.reprendre(reprise.fiche_de(entree, par), entree, par=par)
    except reprise.DejaPrise as deja:
        raise EntreeRefusee(entree, str(deja)) from None
    except ValidationError as erreur:
        raise EntreeRefusee(entree, " ".join(erreur.messages)) from None
