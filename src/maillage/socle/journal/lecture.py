"""Relire le journal d'un sujet : ses actes, et les valeurs d'avant et d'après de chacun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import reverse
from django.utils import formats, timezone
from pghistory.models import Events

from maillage.socle.differences import Changement, Difference, decrire, nommer
from maillage.socle.journal.models import Acte, ActeQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Field

    from maillage.socle.sujets import Sujet

PERSONNE = "Maillage"
OBJETS_MAX = 30
GESTES = {"insert": "ajouté", "update": "modifié", "delete": "retiré"}


@dataclass(frozen=True, slots=True)
class Entree:
    """Une ligne du journal, comme le composant `c-journal` l'attend."""

    quoi: str
    quand: str
    url: str
    detail: str


@dataclass(frozen=True, slots=True)
class ObjetChange:
    """Un objet touché par un acte : de quoi il s'agit, et ses champs changés."""

    titre: str
    differences: list[Difference]


def actes_de(sujet: Sujet) -> ActeQuerySet:
    """Les actes du sujet que lit cette personne, du plus récent au plus ancien."""
    actes = Acte.objects.sur(sujet.objet).select_related("qui")
    return actes if sujet.interne else actes.partageables()


def entrees(sujet: Sujet, actes: Iterable[Acte]) -> list[Entree]:
    """Les actes prêts à lire ; le détail des valeurs n'est offert qu'à qui lit l'interne."""
    return [
        Entree(
            quoi=dire(acte),
            quand=dater(acte),
            url=reverse("socle:acte", args=[acte.pk]) if acte.contexte and sujet.interne else "",
            detail="Interne au DLA" if acte.interne else "",
        )
        for acte in actes
    ]


def dire(acte: Acte) -> str:
    """« Nadia Bensalem a déposé le document… » ; sans personne, Maillage l'a fait."""
    return f"{acte.qui or PERSONNE} {acte.phrase}"


def dater(acte: Acte) -> str:
    return formats.date_format(timezone.localtime(acte.quand), "j F Y à H:i")


def objets_changes(acte: Acte) -> tuple[list[ObjetChange], int]:
    """Ce que l'opération de cet acte a changé, lu dans l'historique, et combien d'autres objets.

    Deux requêtes pour les événements, une par modèle que citent leurs clés étrangères.
    """
    tous = Events.objects.filter(pgh_context_id=acte.contexte)
    evenements = tous.order_by("pgh_created_at", "pgh_model", "pgh_id")[:OBJETS_MAX]
    lus = [(_titre(evenement), _changements(evenement)) for evenement in evenements]
    noms = nommer(changement for _, changements in lus for changement in changements)
    objets = [ObjetChange(titre, decrire(changements, noms)) for titre, changements in lus]
    autres = max(tous.count() - OBJETS_MAX, 0)
    return [objet for objet in objets if objet.differences], autres


def _titre(evenement: Any) -> str:
    nom = str(apps.get_model(evenement.pgh_obj_model)._meta.verbose_name)
    geste = GESTES.get(evenement.pgh_label, evenement.pgh_label)
    return f"{nom[:1].upper()}{nom[1:]} : {geste}"


def _changements(evenement: Any) -> list[Changement]:
    valeurs = _valeurs(evenement)
    return [
        Changement(champ, _python(champ, avant), _python(champ, apres))
        for champ in apps.get_model(evenement.pgh_obj_model)._meta.concrete_fields
        if _se_lit(champ) and champ.column in valeurs
        for avant, apres in [valeurs[champ.column]]
    ]


def _valeurs(evenement: Any) -> dict[str, tuple[Any, Any]]:
    """Colonne -> (avant, après) ; un ajout part de rien, un retrait n'y laisse rien."""
    if evenement.pgh_label == "insert":
        return {colonne: (None, valeur) for colonne, valeur in evenement.pgh_data.items()}
    if evenement.pgh_label == "delete":
        return {colonne: (valeur, None) for colonne, valeur in evenement.pgh_data.items()}
    return {colonne: tuple(paire) for colonne, paire in (evenement.pgh_diff or {}).items()}


def _se_lit(champ: Field[Any, Any]) -> bool:
    """Un champ que quelqu'un saisit, ou un état ; le reste est tenu par la machine."""
    return champ.editable or bool(champ.choices)


def _python(champ: Field[Any, Any], valeur: Any) -> Any:
    return None if valeur is None else champ.to_python(valeur)
