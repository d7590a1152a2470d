"""Exporter un cas : ce que la base en dit aujourd'hui, dans le format qui l'a fait entrer.

Un chiffre corrigé à l'écran paraît dans l'export. Rien d'interne n'en sort : les champs que porte
un fichier sont déclarés par `schema`, et seuls les dossiers venus d'une source s'exportent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from maillage.annuaire.models import Organisation
from maillage.capitaliser.cas.champs import champs
from maillage.capitaliser.cas.chargement import (
    SANS_OBJET,
    identifiant_de_problematique,
    missions_de,
)
from maillage.capitaliser.cas.ecriture import ecrire
from maillage.capitaliser.cas.schema import (
    MISSION,
    ORGANISATION,
    PROBLEMATIQUE,
    RUBRIQUES,
    SIGNAL,
    Rubrique,
)
from maillage.identifier.models import Problematique, Signal
from maillage.ingenieries.cycle import regles
from maillage.ingenieries.models import EtatAvancement, Ingenierie


class CasAbsent(Exception):
    """Aucun cas de ce code n'est en base."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} : ce cas n’est pas en base (« maillage cas importer »).")


def exporter(code: str) -> str:
    """Le fichier de ce cas. Lève `CasAbsent`."""
    missions = missions_de(code)
    if not missions:
        raise CasAbsent(code)
    return ecrire(_Export(code, missions).rendre())


class _Export:
    """Un cas que l'on écrit ; les organisations paraissent dans l'ordre où on les nomme."""

    def __init__(self, code: str, missions: Iterable[Ingenierie]) -> None:
        self.code = code
        self.missions = list(missions)
        self.organisations: dict[str, dict[str, Any]] = {}

    def rendre(self) -> dict[str, Any]:
        problematique = self._problematique()
        missions = [self._mission(mission) for mission in self.missions]
        cas = {
            "cas": self.code,
            "source": self.missions[0].source,
            "organisations": list(self.organisations.values()),
            "problematique": problematique,
            "missions": missions,
        }
        return {cle: dit for cle, dit in cas.items() if dit}

    def _problematique(self) -> dict[str, Any]:
        objet = Problematique.objects.filter(pk=identifiant_de_problematique(self.code)).first()
        if objet is None:
            return {}
        self._nommer(self.missions[0].operateur)
        dit = self._objet(objet, PROBLEMATIQUE)
        if set(objet.territoires.all()) == set(self.missions[0].territoires.all()):
            dit.pop("territoires", None)
        notes = objet.signaux.filter(besoin=None).order_by("cree_le")
        signaux = [self._signal(signal) for signal in notes]
        return dit | ({"signaux": signaux} if signaux else {})

    def _signal(self, signal: Signal) -> dict[str, Any]:
        dit = self._objet(signal, SIGNAL)
        if signal.date == date(self.missions[0].annee, 1, 1):
            del dit["date"]
        return dit

    def _mission(self, mission: Ingenierie) -> dict[str, Any]:
        dit = self._objet(mission, MISSION)
        dit["etat"] = mission.etat
        dit |= {"motif_de_fin": mission.motif_de_fin} if mission.motif_de_fin else {}
        rubriques = {r.cle: self._rubrique(r, mission) for r in RUBRIQUES}
        avancement = self._avancement(mission)
        return dit | {cle: ligne for cle, ligne in rubriques.items() if ligne} | avancement

    def _rubrique(self, rubrique: Rubrique, mission: Ingenierie) -> Any:
        tous = rubrique.modele._default_manager.filter(ingenierie=mission).order_by("cree_le")
        lignes = [self._objet(element, rubrique.seulement) for element in tous]
        return lignes[0] if lignes and rubrique.unique else lignes

    def _avancement(self, mission: Ingenierie) -> dict[str, Any]:
        poses = {a.code: a for a in mission.avancements.all()}
        dits = {code: self._pas(poses[code]) for code in regles() if code in poses}
        dits = {code: dit for code, dit in dits.items() if dit}
        return {"avancement": dits} if dits else {}

    def _pas(self, avancement: Any) -> str:
        if avancement.etat == EtatAvancement.FAIT:
            return EtatAvancement.FAIT.label
        sans_objet = avancement.etat == EtatAvancement.SANS_OBJET
        return f"{SANS_OBJET}{avancement.motif}" if sans_objet else ""

    def _objet(self, objet: models.Model, seulement: tuple[str, ...] = ()) -> dict[str, Any]:
        """Chaque champ qui dit quelque chose ; ce qu'il désigne est décrit plus haut."""
        dit: dict[str, Any] = {}
        for nom, champ in champs(type(objet), seulement).items():
            if champ.lie is Organisation:
                self._nommer(*_lies(objet, nom, multiple=champ.multiple))
            valeur = champ.ecrire(objet)
            if valeur is not None:
                dit[nom] = valeur
        return dit

    def _nommer(self, *organisations: Organisation) -> None:
        for organisation in organisations:
            if organisation.nom not in self.organisations:
                dit = self._objet(organisation, ORGANISATION)
                self.organisations[organisation.nom] = dit


def _lies(objet: Any, nom: str, *, multiple: bool) -> list[Organisation]:
    valeur = getattr(objet, nom)
    return sorted(valeur.all(), key=str) if multiple else [valeur] if valeur else []
