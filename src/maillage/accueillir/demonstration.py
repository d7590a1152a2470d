"""Trois demandes et deux diagnostics pour l'instance d'essai : noms et faits inventés."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from maillage.accueillir.demandes import operations as demandes
from maillage.accueillir.diagnostics import operations as diagnostics
from maillage.accueillir.diagnostics import validation
from maillage.accueillir.models import Besoin, Demande, Diagnostic, EtatVolet
from maillage.annuaire.models import Organisation, Personne

DONNEES = Path(__file__).parent / "demonstration.yaml"
TEXTES = ("situation", "forces", "fragilites", "preuves", "note_interne", "motif")


@transaction.atomic
def creer_accueils() -> None:
    """Crée ce qui manque ; ne change rien à ce qui existe.

    Les jours du fichier se comptent depuis aujourd'hui : la démonstration ne vieillit pas.
    """
    lues = yaml.safe_load(DONNEES.read_text(encoding="utf-8"))
    for lue in lues["demandes"]:
        structure = _structure(lue)
        if structure.operateur and not structure.demandes.exists():
            _demander(structure, lue)
    for lu in lues["diagnostics"]:
        structure = _structure(lu)
        if structure.operateur and not structure.diagnostics.exists():
            _diagnostiquer(structure, lu)


def _demander(structure: Organisation, lue: dict[str, Any]) -> None:
    charge = _personne(lue["charge"])
    demande = Demande(
        structure=structure,
        operateur=structure.operateur,
        charge=charge,
        recue_le=_jour(lue["recue"]),
        canal=lue["canal"],
        demandeur=lue["demandeur"],
        contact=Personne.objects.filter(
            rattachements__organisation=structure, nom=lue["demandeur"].split()[-1]
        ).first(),
        paroles=lue["paroles"],
    )
    demandes.noter_demande(demande, par=charge.compte)
    if constats := lue.get("constats"):
        constatations = [
            demandes.Constatation(point, c["constat"], c.get("precision", ""))
            for point, c in constats.items()
        ]
        demandes.constater(demande, constatations, version=demande.version, par=charge.compte)
    if verbe := lue.get("reponse"):
        demandes.repondre(demande, verbe, version=demande.version, par=charge.compte)


def _diagnostiquer(structure: Organisation, lu: dict[str, Any]) -> None:
    par = _personne(lu["charge"]).compte
    diagnostic = Diagnostic(
        structure=structure,
        operateur=structure.operateur,
        charge=_personne(lu["charge"]),
        demande=structure.demandes.filter(etat="accueillie").first(),
        date=_jour(lu["date"]),
        synthese=lu["synthese"],
    )
    diagnostics.ouvrir(diagnostic, par=par)
    for domaine, ecrit in lu["domaines"].items():
        volet = diagnostic.volets.get(domaine=domaine)
        for champ in TEXTES:
            setattr(volet, champ, ecrit.get(champ, ""))
        volet.etat = EtatVolet(ecrit["etat"])
        diagnostics.ecrire_volet(volet, version=volet.version, par=par)
        for besoin in ecrit.get("besoins", ()):
            dit = Besoin(diagnostic=diagnostic, domaine=domaine, **besoin)
            diagnostics.ajouter_besoin(dit, par=par)
    _faire_relire(diagnostic, lu, par)


def _faire_relire(diagnostic: Diagnostic, lu: dict[str, Any], par: Any) -> None:
    """Le soumet, le valide, et met ces gestes à leur jour."""
    validation.soumettre(diagnostic, version=diagnostic.version, par=par)
    if "soumis" in lu:
        diagnostic.soumis_le = _moment(lu["soumis"]["il_y_a"])
    if valide := lu.get("valide"):
        validation.valider(
            diagnostic, version=diagnostic.version, par=None, au_nom_de=valide["par"]
        )
        diagnostic.soumis_le = diagnostic.valide_le = _moment(valide["il_y_a"])
    diagnostic.save(update_fields=["soumis_le", "valide_le"])


def _structure(lue: dict[str, Any]) -> Organisation:
    return Organisation.objects.select_related("operateur").get(nom=lue["structure"])


def _personne(courriel: str) -> Personne:
    return Personne.objects.select_related("compte").get(courriel=courriel)


def _jour(ecart: int) -> date:
    return timezone.localdate() + timedelta(days=ecart)


def _moment(ecart: int) -> datetime:
    return timezone.now() + timedelta(days=ecart)
