"""L'entonnoir dessiné, et comparé à ceux des missions passées."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from maillage.confirmer.calculs.entonnoir import Marche
from maillage.confirmer.calculs.passages import Passage, comparer
from maillage.confirmer.lecture import entonnoir
from maillage.confirmer.models import EffectifDeclare, Participation
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.socle.graphiques import barres
from maillage.socle.listes import ColonneDeListe
from maillage.socle.mots import compter
from maillage.socle.quantites import INSECABLE

if TYPE_CHECKING:
    from uuid import UUID

    from maillage.socle.comptes import Utilisateur

COLONNES = [
    ColonneDeListe("Palier"),
    ColonneDeListe("Structures", nombre=True),
    ColonneDeListe("Part du palier précédent", nombre=True),
    ColonneDeListe("Missions passées (médiane)", nombre=True),
]
PERSONNE_AVANT = "aucune au palier précédent"
COMPAREES = 300
"""Les missions closes les plus récentes que cette personne voit."""


def dessiner(dossier: Ingenierie, utilisateur: Utilisateur) -> dict[str, Any]:
    """Le dessin, son tableau et la comparaison (trois requêtes)."""
    voulues = list(
        Ingenierie.objects.visibles_par(utilisateur)
        .filter(etat=EtatIngenierie.CLOSE)
        .exclude(pk=dossier.pk)
        .order_by("-annee", "pk")
        .values_list("pk", flat=True)[:COMPAREES]
    )
    tous = _entonnoirs([dossier.pk, *voulues])
    ici = tous.pop(dossier.pk)
    passages = {p.code: p for p in comparer(ici, tous.values())}
    comparable = any(p.missions for p in passages.values())
    return {
        "svg": _svg(ici),
        "comparable": comparable,
        "colonnes": COLONNES if comparable else COLONNES[:-1],
        "lignes": [(marche, _ecrire(passages.get(marche.code))) for marche in ici],
    }


def _entonnoirs(cles: list[UUID]) -> dict[UUID, tuple[Marche, ...]]:
    atteints: dict[UUID, list[str]] = defaultdict(list)
    comptes = Participation.objects.filter(ingenierie__in=cles).order_by()
    for cle, atteint, nombre in comptes.values_list("ingenierie", "atteint").annotate(Count("pk")):
        atteints[cle] += [atteint] * nombre
    effectifs: dict[UUID, list[EffectifDeclare]] = defaultdict(list)
    for effectif in EffectifDeclare.objects.filter(ingenierie__in=cles):
        effectifs[effectif.ingenierie_id].append(effectif)
    return {cle: entonnoir(atteints[cle], effectifs[cle]) for cle in cles}


def _svg(marches: Sequence[Marche]) -> str:
    """Les paliers connus, en barres ; rien tant qu'aucun n'est compté."""
    connues = [m for m in marches if m.compte.valeur is not None]
    if not any(m.compte.valeur for m in connues):
        return ""
    libelles = [m.libelle.capitalize() for m in connues]
    valeurs = [float(m.compte.valeur or 0) for m in connues]
    description = ", ".join(m.en_clair for m in connues)
    return barres("entonnoir", "L’entonnoir", description, libelles, ("Structures", valeurs))


def _ecrire(passage: Passage | None) -> dict[str, str]:
    """« 67 % », « 50 % sur 6 missions » ; ce que l'on ignore se dit."""
    if passage is None:
        return {"ici": "", "ailleurs": ""}
    inconnu = PERSONNE_AVANT if passage.personne_avant else "inconnu"
    ici = inconnu if passage.ici is None else _pour_cent(passage.ici)
    if passage.mediane is None:
        return {"ici": ici, "ailleurs": "inconnu"}
    missions = compter(passage.missions, "mission")
    return {"ici": ici, "ailleurs": f"{_pour_cent(passage.mediane)} sur {missions}"}


def _pour_cent(part: float) -> str:
    return f"{round(part * 100)}{INSECABLE}%"
