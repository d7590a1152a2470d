"""Importer un cas par les opérations du domaine : tout ou rien, et une seule fois.

Chaque objet reçoit un identifiant tiré du code du cas et de sa place dans le fichier : importer un
cas déjà présent ne change rien. L'auteur est un compte « système », sans mot de passe ni rôle :
les droits d'une personne n'ont pas cours ici, et le journal le dit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from maillage.annuaire.models import Organisation
from maillage.annuaire.operations import creer_organisation
from maillage.capitaliser.cas.lecture import CasRefuse, Table, lire
from maillage.capitaliser.cas.remplissage import Remplissage
from maillage.capitaliser.cas.schema import (
    CAS,
    CODE,
    FIN,
    MISSION,
    ORGANISATION,
    PROBLEMATIQUE,
    RUBRIQUES,
    SIGNAL,
    Rubrique,
)
from maillage.capitaliser.models import Fiche
from maillage.capitaliser.operations import changer_etat_de_fiche
from maillage.identifier.models import Problematique, Signal
from maillage.identifier.operations import formuler, noter_signal
from maillage.ingenieries.cycle import regles
from maillage.ingenieries.models import EtatAvancement, EtatIngenierie, Ingenierie
from maillage.ingenieries.operations import changer_etat, marquer, ouvrir_ingenierie
from maillage.socle.models import Utilisateur
from maillage.socle.transitions import TransitionRefusee

ESPACE = UUID("6f1d0c52-8e0a-4a53-9d2e-5a3f3a7b1c10")
"""Espace de noms des identifiants de cas ; le changer dédoublerait les cas déjà chargés."""
SYSTEME = "cas-publies@maillage.invalid"
FINS = {
    EtatIngenierie.CLOSE.value: "clore",
    EtatIngenierie.ABANDONNEE.value: "abandonner",
    EtatIngenierie.SUSPENDUE.value: "suspendre",
    EtatIngenierie.EN_COURS.value: "",
}
"""L'état où le fichier laisse la mission, et le verbe qui y mène."""
SANS_OBJET = f"{EtatAvancement.SANS_OBJET.label} : "


@dataclass(frozen=True, slots=True)
class Charge:
    """Ce qu'un fichier a donné ; `nouveau` est faux s'il était déjà là."""

    code: str
    missions: tuple[Ingenierie, ...]
    nouveau: bool

    @property
    def mission(self) -> Ingenierie:
        """La première, souvent la seule."""
        return self.missions[0]


def auteur_systeme() -> Utilisateur:
    """Le compte au nom duquel les cas publiés entrent ; personne ne s'y connecte."""
    compte = Utilisateur.objects.filter(courriel=SYSTEME).first()
    return compte or Utilisateur.objects.create_user(
        SYSTEME, nom_affiche="Une source publiée", is_active=False
    )


def identifiant(code: str, rang: int = 0) -> UUID:
    """L'identifiant d'une mission d'un cas, par son rang dans le fichier."""
    return uuid5(ESPACE, f"{code}/missions[{rang}]" if rang else code)


def identifiant_de_problematique(code: str) -> UUID:
    return uuid5(ESPACE, f"{code}/problematique")


def missions_de(code: str) -> tuple[Ingenierie, ...]:
    """Les missions d'un cas chargé, dans l'ordre du fichier ; vide s'il ne l'est pas."""
    trouvees: list[Ingenierie] = []
    for rang in count():
        mission = Ingenierie.objects.filter(pk=identifiant(code, rang)).first()
        if mission is None:
            return tuple(trouvees)
        trouvees.append(mission)
    raise AssertionError


@transaction.atomic
def importer(chemin: Path) -> Charge:
    """Importe un fichier de cas. Lève `CasRefuse` sans rien écrire si quelque chose ne va pas."""
    cas = lire(chemin)
    _verifier_les_cles(cas, chemin.name)
    code = str(cas["cas"])
    presentes = missions_de(code)
    if presentes:
        return Charge(code, presentes, nouveau=False)
    return Charge(code, _Import(cas, chemin.name).faire(), nouveau=True)


def _verifier_les_cles(cas: Table, fichier: str) -> None:
    for cle in cas:
        if cle not in CAS:
            raise CasRefuse(fichier, cas.ou(cle), cle, "cette rubrique n’existe pas.")
    for cle in ("cas", "source", "missions"):
        if not cas.get(cle):
            raise CasRefuse(fichier, 1, cle, "cette rubrique est obligatoire.")
    if not re.fullmatch(CODE, str(cas["cas"])):
        raison = "écrivez un code en minuscules, chiffres et tirets : il nomme un fichier."
        raise CasRefuse(fichier, cas.ou("cas"), "cas", raison)


class _Import:
    """Un fichier que l'on importe, rubrique après rubrique."""

    def __init__(self, cas: Table, fichier: str) -> None:
        self.cas = cas
        self.remplissage = Remplissage(fichier)
        self.par = auteur_systeme()

    def faire(self) -> tuple[Ingenierie, ...]:
        for place, table in self._lignes(self.cas, "organisations", "organisations"):
            self._organisation(place, table)
        tables = list(self._lignes(self.cas, "missions", "missions"))
        missions = [self._mission(rang, *lue) for rang, lue in enumerate(tables)]
        self._problematique(missions)
        for rang, (mission, (chemin, table)) in enumerate(zip(missions, tables, strict=True)):
            self._remplir(mission, table, chemin, f"missions[{rang}]/" if rang else "")
        return tuple(missions)

    def _organisation(self, chemin: str, table: Table) -> None:
        """Celle de l'annuaire, venue d'un cas ou déjà sous ce nom ; sinon une nouvelle.

        Un agent a pu la renommer depuis : le fichier continue de la désigner par son nom à lui.
        """
        nom = str(table.get("nom", ""))
        cle = uuid5(ESPACE, f"organisation/{nom}")
        connues = list(Organisation.objects.filter(Q(pk=cle) | Q(nom=nom)))
        if connues:
            self.remplissage.reperer(next((o for o in connues if o.pk == cle), connues[0]), nom)
            return
        nouvelle = Organisation(pk=cle)
        liens = self.remplissage.remplir(nouvelle, table, chemin, seulement=ORGANISATION)
        creer_organisation(nouvelle, territoires=liens.get("territoires", ()), par=self.par)

    def _mission(self, rang: int, chemin: str, table: Table) -> Ingenierie:
        mission = Ingenierie(
            pk=identifiant(self.cas["cas"], rang), source=str(self.cas["source"]).strip()
        )
        ailleurs = {*FIN, "avancement", *(r.cle for r in RUBRIQUES)}
        liens = self.remplissage.remplir(mission, table, chemin, seulement=MISSION, sauf=ailleurs)
        return ouvrir_ingenierie(mission, liens=liens, par=self.par)

    def _problematique(self, missions: list[Ingenierie]) -> None:
        """Celle qui a ouvert les missions ; sans territoires dits, elle a ceux de la première."""
        if "problematique" not in self.cas:
            return
        table = self._table(self.cas, "problematique", "problematique")
        mission = missions[0]
        signaux = [
            self._signal(mission, *lu)
            for lu in self._lignes(table, "signaux", "problematique.signaux")
        ]
        formulee = Problematique(
            pk=identifiant_de_problematique(self.cas["cas"]), operateur=mission.operateur
        )
        liens = self.remplissage.remplir(
            formulee, table, "problematique", seulement=PROBLEMATIQUE, sauf=["signaux"]
        )
        liens.setdefault("territoires", list(mission.territoires.all()))
        formuler(formulee, liens={**liens, "signaux": signaux}, par=self.par)
        formulee.structures.add(*liens.get("structures", ()))
        formulee.ingenieries.add(*missions)

    def _signal(self, mission: Ingenierie, chemin: str, table: Table) -> Signal:
        """Sans date dite, le premier jour de l'année de la mission."""
        signal = Signal(
            pk=uuid5(ESPACE, f"{self.cas['cas']}/{chemin}"),
            operateur=mission.operateur,
            date=date(mission.annee, 1, 1),
        )
        self.remplissage.remplir(signal, table, chemin, seulement=SIGNAL)
        return noter_signal(signal, par=self.par)

    def _remplir(self, mission: Ingenierie, table: Table, chemin: str, devant: str) -> None:
        for rubrique in RUBRIQUES:
            for place, ligne in self._rubrique(table, rubrique, chemin):
                cle = uuid5(ESPACE, f"{self.cas['cas']}/{devant}{place.removeprefix(chemin + '.')}")
                element: Any = rubrique.modele(pk=cle, ingenierie=mission)
                liens = self.remplissage.remplir(
                    element, ligne, place, seulement=rubrique.seulement
                )
                relies = {"liens": liens} if liens else {}
                rubrique.ajouter(element, nom=rubrique.nom, par=self.par, **relies)
        self._avancement(mission, self._table(table, "avancement", f"{chemin}.avancement"), chemin)
        self._finir(mission, table, chemin)

    def _avancement(self, mission: Ingenierie, table: Table, chemin: str) -> None:
        ou = f"{chemin}.avancement"
        for code, ecrit in table.items():
            dit = str(ecrit)
            if code not in regles():
                raison = "ce n’est ni une démarche ni un point du cycle."
                raise self.remplissage.refuser(table, ou, raison, code)
            if dit.startswith(SANS_OBJET):
                etat, motif = EtatAvancement.SANS_OBJET, dit.removeprefix(SANS_OBJET)
            elif dit == EtatAvancement.FAIT.label:
                etat, motif = EtatAvancement.FAIT, ""
            else:
                raison = f"écrivez « fait » ou « {SANS_OBJET}la raison »."
                raise self.remplissage.refuser(table, ou, raison, code)
            marquer(mission, code, etat, motif=motif, par=self.par)

    def _finir(self, mission: Ingenierie, table: Table, chemin: str) -> None:
        """Donne à la mission son état de fin, puis publie sa fiche, qui le dit."""
        etat = str(table.get("etat", EtatIngenierie.CLOSE.value))
        if etat not in FINS:
            raison = f"écrivez {' ou '.join(FINS)}."
            raise self.remplissage.refuser(table, chemin, raison, "etat")
        motif = str(table.get("motif_de_fin", "")).strip()
        try:
            if verbe := FINS[etat]:
                changer_etat(mission, verbe, version=mission.version, motif=motif, par=self.par)
        except TransitionRefusee as refus:
            raise self.remplissage.refuser(table, chemin, str(refus), "etat") from refus
        fiche = Fiche.objects.filter(ingenierie=mission).first()
        if fiche:
            changer_etat_de_fiche(fiche, "publier", version=fiche.version, par=self.par)

    # Lire le fichier

    def _rubrique(
        self, table: Table, rubrique: Rubrique, chemin: str
    ) -> Iterator[tuple[str, Table]]:
        place = f"{chemin}.{rubrique.cle}"
        if not rubrique.unique:
            yield from self._lignes(table, rubrique.cle, place)
        elif table.get(rubrique.cle) is not None:
            yield place, self._table(table, rubrique.cle, place)

    def _lignes(self, dans: Table, cle: str, chemin: str) -> Iterator[tuple[str, Table]]:
        """Les lignes d'une liste à tirets, chacune avec sa place."""
        ecrit = dans.get(cle) or []
        if not isinstance(ecrit, list):
            raise CasRefuse(
                self.remplissage.fichier, dans.ou(cle), chemin, "écrivez une liste à tirets."
            )
        for rang, ligne in enumerate(ecrit):
            yield f"{chemin}[{rang}]", self._est_table(ligne, dans, cle, f"{chemin}[{rang}]")

    def _table(self, dans: Table, cle: str, chemin: str) -> Table:
        return self._est_table(dans.get(cle) or Table(dans.ou(cle)), dans, cle, chemin)

    def _est_table(self, ecrit: Any, dans: Table, cle: str, chemin: str) -> Table:
        if not isinstance(ecrit, Table):
            raise CasRefuse(
                self.remplissage.fichier,
                dans.ou(cle),
                chemin,
                "écrivez des champs et leurs valeurs.",
            )
        return ecrit
