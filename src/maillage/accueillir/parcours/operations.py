"""Ce que l'on fait d'un parcours : une transaction par fonction, une phrase au journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from maillage.accueillir.models import Action, Evolution, Parcours
from maillage.accueillir.parcours.transitions import ACTIONS, PARCOURS, TERMINER
from maillage.socle.envois.operations import annoncer
from maillage.socle.etats import choisir
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import abreger, citer, de, paragraphes
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.annuaire.models import Personne
    from maillage.socle.comptes import Utilisateur

E = TypeVar("E", bound=Any)


@operation
def ouvrir_parcours(parcours: Parcours, *, par: Utilisateur | None) -> Parcours:
    """Ouvre le parcours d'une structure ; avec un diagnostic, ses besoins y sont repris."""
    parcours.save(force_insert=True)
    suite = " à partir du diagnostic" if parcours.diagnostic_id else ""
    journaliser(parcours, f"a ouvert le parcours{suite}", par=par)
    return parcours


@operation
def modifier_parcours(parcours: Parcours, *, version: int, par: Utilisateur) -> Parcours:
    """Enregistre l'en-tête du parcours. Lève `ConflitDeVersion`."""
    enregistrer(parcours, version=version)
    journaliser(parcours, "a modifié l’en-tête du parcours", par=par)
    return parcours


@operation
def changer_etat(
    parcours: Parcours, verbe: str, *, version: int, motif: str = "", par: Utilisateur | None
) -> Parcours:
    """Joue un verbe de `PARCOURS`. Lève `TransitionRefusee` ou `ConflitDeVersion`."""
    choisir(parcours, PARCOURS, verbe, version=version, motif=motif, par=par)
    return parcours


@operation
def ecrire_bilan(
    parcours: Parcours, evolutions: Iterable[Evolution], *, version: int, par: Utilisateur | None
) -> Parcours:
    """Enregistre ce qui a changé, et besoin par besoin. Lève `ConflitDeVersion`."""
    enregistrer(parcours, version=version)
    for evolution in evolutions:
        Evolution.objects.update_or_create(
            parcours=parcours,
            besoin=evolution.besoin,
            defaults={"constat": evolution.constat, "mots": evolution.mots},
        )
    journaliser(parcours, "a écrit le bilan du parcours", par=par)
    return parcours


@operation
def ajouter_element(element: E, *, nom: str, par: Utilisateur | None) -> E:
    """Range une action, un point de suivi ou une note dans le parcours."""
    element.save(force_insert=True)
    journaliser(
        element.parcours, f"a ajouté {nom} : {_dire(element)}", par=par, interne=element.interne
    )
    _confier(element, avant=None, par=par)
    return element


@operation
def modifier_element(element: E, *, nom: str, version: int, par: Utilisateur) -> E:
    """Enregistre un élément. Lève `ConflitDeVersion` si quelqu'un l'a changé entre-temps."""
    avant = (
        type(element)._default_manager.values_list("personne").get(pk=element.pk)
        if (isinstance(element, Action))
        else (None,)
    )
    enregistrer(element, version=version)
    journaliser(
        element.parcours, f"a modifié {nom} : {_dire(element)}", par=par, interne=element.interne
    )
    _confier(element, avant=avant[0], par=par)
    return element


@operation
def retirer_element(element: Any, *, nom: str, par: Utilisateur) -> None:
    """Retire un élément ; son historique reste. Retirer deux fois n'est dit qu'une fois."""
    phrase = f"a retiré {nom} : {_dire(element)}"
    supprimes, _ = type(element)._default_manager.filter(pk=element.pk).delete()
    if supprimes:
        journaliser(element.parcours, phrase, par=par, interne=element.interne)


@operation
def changer_etat_d_action(
    action: Action, verbe: str, *, version: int, motif: str = "", par: Utilisateur
) -> Action:
    """Joue un verbe de `ACTIONS`. Lève `TransitionRefusee` ou `ConflitDeVersion`.

    Ce qui est écrit avec « marquer faite » est son résultat ; avec les autres, une raison.
    """
    if verbe == TERMINER:
        action.resultat = paragraphes(action.resultat, motif)
    elif motif:
        action.motif = motif
    transition = ACTIONS.appliquer(verbe, action)
    enregistrer(action, version=version)
    raison = f" : {motif}" if motif else ""
    phrase = f"a choisi {de(transition.en_phrase)} {citer(action.intitule)}{raison}"
    journaliser(action.parcours, phrase, par=par)
    if verbe == TERMINER:
        _dire_a(
            action.parcours.charge,
            cle=f"action-faite:{action.pk}:{action.version}",
            phrase=f"{par} dit faite : {action.intitule} ({action.parcours.structure.nom}).",
            action=action,
            par=par,
        )
    return action


def _confier(element: Any, *, avant: Any, par: Utilisateur | None) -> None:
    """Dit à la personne à qui l'on remet une action qu'elle l'attend."""
    if isinstance(element, Action) and element.personne_id and element.personne_id != avant:
        _dire_a(
            element.personne,
            cle=f"action-confiee:{element.pk}:{element.version}",
            phrase=f"On vous confie : {element.intitule} ({element.parcours.structure.nom}).",
            action=element,
            par=par,
        )


def _dire_a(
    personne: Personne | None, *, cle: str, phrase: str, action: Action, par: Utilisateur | None
) -> None:
    """L'annonce à une personne qui a un compte, si ce n'est pas elle qui agit."""
    compte = personne.compte if personne else None
    if compte and compte != par:
        adresse = f"{action.parcours.get_absolute_url()}#action-{action.pk}"
        annoncer(cle=cle, phrase=phrase, url=adresse, destinataires=[compte])


def _dire(element: Any) -> str:
    return abreger(str(element), 120)
