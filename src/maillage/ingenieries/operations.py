"""Ce que l'on fait d'un dossier : une transaction par fonction, une phrase au journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from maillage.ingenieries.cycle import regles
from maillage.ingenieries.models import (
    Avancement,
    ElementDeDossier,
    EtatAvancement,
    Ingenierie,
)
from maillage.ingenieries.transitions import ETATS
from maillage.socle.etats import choisir
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

E = TypeVar("E", bound=ElementDeDossier)
Liens = Mapping[str, Iterable[Any]]


@operation
def ouvrir_ingenierie(ingenierie: Ingenierie, *, liens: Liens, par: Utilisateur) -> Ingenierie:
    """Ouvre un dossier ; sans territoire donné, il prend ceux du DLA pilote."""
    ingenierie.save(force_insert=True)
    _relier(ingenierie, liens)
    if not ingenierie.territoires.exists():
        ingenierie.territoires.set(ingenierie.operateur.territoires.all())
    journaliser(ingenierie, f"a ouvert la mission {citer(ingenierie.titre)}", par=par)
    return ingenierie


@operation
def modifier_ingenierie(
    ingenierie: Ingenierie, *, version: int, liens: Liens, par: Utilisateur
) -> Ingenierie:
    """Enregistre l'en-tête du dossier. Lève `ConflitDeVersion`."""
    enregistrer(ingenierie, version=version)
    _relier(ingenierie, liens)
    journaliser(ingenierie, "a modifié l’en-tête de la mission", par=par)
    return ingenierie


@operation
def changer_etat(
    ingenierie: Ingenierie, verbe: str, *, version: int, motif: str = "", par: Utilisateur
) -> Ingenierie:
    """Joue un verbe de la table `ETATS`. Lève `TransitionRefusee` ou `ConflitDeVersion`."""
    choisir(ingenierie, ETATS, verbe, version=version, motif=motif, champ="motif_de_fin", par=par)
    return ingenierie


@operation
def marquer(
    ingenierie: Ingenierie,
    code: str,
    etat: EtatAvancement,
    *,
    motif: str = "",
    echeance: date | None = None,
    par: Utilisateur,
) -> Avancement:
    """Dit où en est une démarche ou un point du cycle ; on peut toujours revenir."""
    avancement, cree = Avancement.objects.select_for_update().get_or_create(
        ingenierie=ingenierie,
        code=code,
        defaults={"etat": etat, "motif": motif, "echeance": echeance},
    )
    if not cree:
        avancement.etat, avancement.motif, avancement.echeance = etat, motif, echeance
        avancement.version += 1
        avancement.save()
    libelle = regles()[code].libelle
    raison = f" ({motif})" if motif else ""
    journaliser(ingenierie, f"a marqué {citer(libelle)} {etat.label}{raison}", par=par)
    return avancement


@operation
def ajouter_element(element: E, *, nom: str, liens: Liens | None = None, par: Utilisateur) -> E:
    """Range un nouvel élément dans le dossier."""
    element.save(force_insert=True)
    _relier(element, liens or {})
    journaliser(element.ingenierie, f"a ajouté {nom} : {element}", par=par, interne=element.interne)
    return element


@operation
def modifier_element(
    element: E, *, nom: str, version: int, liens: Liens | None = None, par: Utilisateur
) -> E:
    """Enregistre un élément. Lève `ConflitDeVersion` si quelqu'un l'a changé entre-temps."""
    enregistrer(element, version=version)
    _relier(element, liens or {})
    journaliser(
        element.ingenierie, f"a modifié {nom} : {element}", par=par, interne=element.interne
    )
    return element


@operation
def retirer_element(element: ElementDeDossier, *, nom: str, par: Utilisateur) -> None:
    """Retire un élément ; son historique reste. Retirer deux fois n'est dit qu'une fois."""
    phrase = f"a retiré {nom} : {element}"
    supprimes, _ = type(element)._default_manager.filter(pk=element.pk).delete()
    if supprimes:
        journaliser(element.ingenierie, phrase, par=par, interne=element.interne)


def _relier(objet: Any, liens: Liens) -> None:
    for champ, valeurs in liens.items():
        getattr(objet, champ).set(valeurs)
