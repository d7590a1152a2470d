"""Un parcours vivant pour l'instance d'essai : noms et faits inventés, dates d'aujourd'hui."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from maillage.accueillir.models import (
    Action,
    NoteDeParcours,
    ObjectifConvenu,
    Parcours,
    PointDeSuivi,
)
from maillage.accueillir.parcours import operations
from maillage.annuaire.models import ChiffresAnnuels, Organisation, Personne
from maillage.socle.quantites import Precision

DONNEES = Path(__file__).parent / "demonstration.yaml"


@transaction.atomic
def creer_parcours() -> None:
    """Crée les parcours qui manquent ; ne change rien à ce qui existe.

    Les jours du fichier se comptent depuis aujourd'hui : la démonstration ne vieillit pas.
    """
    lues = yaml.safe_load(DONNEES.read_text(encoding="utf-8"))
    for lu in lues["objectifs"]:
        _convenir(lu)
    for lu in lues["parcours"]:
        structure = Organisation.objects.get(nom=lu["structure"])
        if not structure.parcours.exists() and structure.operateur:
            _creer(structure, lu)


def _convenir(lu: dict[str, Any]) -> None:
    """Un objectif de l'année en cours."""
    ObjectifConvenu.objects.get_or_create(
        operateur=Organisation.objects.get(nom=lu["operateur"]),
        annee=_jour(0).year,
        nature=lu["nature"],
        financeur=None,
        defaults={"nombre_valeur": lu["nombre"], "nombre_precision": Precision.EXACT},
    )


def _creer(structure: Organisation, lu: dict[str, Any]) -> None:
    operateur = structure.operateur
    diagnostic = structure.diagnostics.filter(operateur=operateur).first()
    objet = Parcours(
        structure=structure,
        operateur=operateur,
        charge=_personne(lu["charge"]),
        diagnostic=diagnostic,
        ouvert_le=_jour(lu["ouvert"]),
        visee=lu["visee"],
    )
    par = objet.charge.compte if objet.charge else None
    operations.ouvrir_parcours(objet, par=par)
    besoins = list(diagnostic.besoins.filter(interne=False)) if diagnostic else []
    for rang, action in enumerate(lu["actions"]):
        besoin = besoins[rang % len(besoins)] if besoins else None
        operations.ajouter_element(_action(objet, action, besoin), nom="l’action", par=par)
    for point in lu.get("points", ()):
        operations.ajouter_element(_point(objet, point), nom="le point de suivi", par=par)
    for texte in lu.get("notes", ()):
        note = NoteDeParcours(parcours=objet, texte=texte, auteur=par)
        operations.ajouter_element(note, nom="la note", par=par)
    for annee, chiffres in lu.get("chiffres", {}).items():
        _noter_chiffres(structure, _jour(0).year + annee, chiffres)


def _action(objet: Parcours, lue: dict[str, Any], besoin: Any) -> Action:
    return Action(
        parcours=objet,
        sorte=lue["sorte"],
        intitule=lue["intitule"],
        besoin=besoin,
        personne=_personne(lue.get("personne")),
        responsable=lue.get("responsable", ""),
        echeance=_jour(lue.get("echeance")),
        etat=lue.get("etat", "prevue"),
        faite_le=_jour(lue.get("faite")),
        resultat=lue.get("resultat", ""),
        motif=lue.get("motif", ""),
    )


def _point(objet: Parcours, lu: dict[str, Any]) -> PointDeSuivi:
    return PointDeSuivi(
        parcours=objet,
        date=_jour(lu["date"]),
        resume=lu["resume"],
        prochain_le=_jour(lu.get("prochain")),
        note_interne=lu.get("note", ""),
    )


def _noter_chiffres(structure: Organisation, annee: int, lus: dict[str, Any]) -> None:
    quantites = {f"{nom}_valeur": v for nom, v in lus.items()}
    precisions = dict.fromkeys((f"{nom}_precision" for nom in lus), Precision.EXACT)
    ChiffresAnnuels.objects.get_or_create(
        organisation=structure, annee=annee, defaults=quantites | precisions
    )


def _personne(courriel: str | None) -> Personne | None:
    return Personne.objects.filter(courriel=courriel).first() if courriel else None


def _jour(decalage: int | None) -> Any:
    aujourdhui: date = timezone.localdate()
    return None if decalage is None else aujourdhui + timedelta(days=decalage)
