"""Quarante structures de l'instance d'essai disent ce qui leur manque : noms et mots inventés."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from maillage.annuaire.models import Nature, Organisation, Personne
from maillage.annuaire.operations import creer_organisation
from maillage.identifier.models import Signal
from maillage.identifier.operations import noter_signal
from maillage.territoires.models import Territoire

DONNEES = Path(__file__).parent / "demonstration.yaml"


@transaction.atomic
def creer_besoins() -> None:
    """Crée ce qui manque ; ne change rien à ce qui existe."""
    lus = yaml.safe_load(DONNEES.read_text(encoding="utf-8"))["dla"]
    for nom, notes in lus.items():
        dla = Organisation.objects.get(nom=nom)
        par = Personne.objects.get(courriel=notes["par"]).compte
        for ligne in notes["signaux"]:
            _noter(dla, par, *ligne)


def _noter(
    dla: Organisation,
    par: Any,
    nom: str,
    commune: str,
    secteur: str,
    jour: int,
    source: str,
    theme: str,
    qui: str,
    mots: str,
) -> None:
    structure = Organisation.objects.filter(nom=nom).first()
    if structure is None:
        lieu = Territoire.objects.de("commune", commune)
        structure = creer_organisation(
            Organisation(nom=nom, natures=[Nature.STRUCTURE], secteur=secteur, commune=lieu),
            territoires=[],
            par=None,
        )
    if structure.signaux.exists():
        return
    signal = Signal(
        operateur=dla,
        structure=structure,
        territoire=structure.commune,
        secteur=structure.secteur,
        date=timezone.localdate() + timedelta(days=jour),
        source=source if theme else "",
        themes=[theme] if theme else [],
        auteur_libelle=qui,
        texte=mots,
    )
    noter_signal(signal, par=par)
