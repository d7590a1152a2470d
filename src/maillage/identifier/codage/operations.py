"""Coder un besoin et revenir sur son codage : chaque décision est gardée."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from maillage import methode
from maillage.identifier.models import Codage, Signal
from maillage.socle.droits import Refus, refuse
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import enumerer
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@operation
def coder(
    signal: Signal,
    *,
    themes: Sequence[str],
    source: str,
    proposes: Sequence[str],
    version: int,
    par: Utilisateur,
) -> Codage:
    """Dit les thèmes d'un besoin, et sa source s'il le faut. Lève `ConflitDeVersion`."""
    avant = signal.themes, signal.source
    signal.themes, signal.source = list(themes), source
    enregistrer(signal, version=version)
    codage = garder(signal, avant=avant, proposes=proposes, par=par)
    journaliser(signal, f"a codé ce besoin : {dire(codage.themes)}", par=par)
    return codage


def garder(
    signal: Signal, *, avant: tuple[list[str], str], proposes: Sequence[str], par: Utilisateur
) -> Codage:
    """Garde la décision ; dans la transaction de qui enregistre le signal."""
    return Codage.objects.create(
        signal=signal,
        themes=signal.themes,
        source=signal.source,
        themes_avant=avant[0],
        source_avant=avant[1],
        proposes=list(proposes),
        par=par,
    )


@operation
def annuler(codage: Codage, *, par: Utilisateur) -> None:
    """Rend au besoin ses thèmes d'avant. Lève `Refus` s'il a été recodé depuis."""
    signal = Signal.objects.select_for_update().get(pk=codage.signal_id)
    if codage.annule_le or (signal.themes, signal.source) != (codage.themes, codage.source):
        raise Refus(refuse("Ce besoin a été recodé depuis : ouvrez-le pour en changer les thèmes."))
    signal.themes, signal.source = codage.themes_avant, codage.source_avant
    enregistrer(signal, version=signal.version)
    codage.annule_le = timezone.now()
    codage.save(update_fields=["annule_le", "modifie_le"])
    journaliser(signal, "est revenu·e sur le codage de ce besoin", par=par)


def dire(themes: Sequence[str]) -> str:
    """« Trésorerie et Recrutement »."""
    return enumerer([methode.libelle("themes.themes", theme) for theme in themes])
