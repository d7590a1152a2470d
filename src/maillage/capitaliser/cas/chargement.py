"""Charger un cas par les opérations du domaine : tout ou rien, et une seule fois.

Chaque objet reçoit un identifiant tiré du code du cas et de sa place dans le fichier : recharger
un cas déjà présent ne change rien. L'auteur est un compte « système », sans mot de passe ni rôle :
les droits d'une personne n'ont pas cours ici, et le journal le dit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from maillage.annuaire.models import Organisation
from maillage.annuaire.operations import creer_organisation
from maillage.capitaliser.cas.lecture import CasRefuse, Table, lire
from maillage.capitaliser.cas.remplissage import Remplissage
from maillage.capitaliser.cas.schema import AUTRES, RUBRIQUES, Rubrique
from maillage.capitaliser.models import Fiche
from maillage.capitaliser.operations import changer_etat_de_fiche
from maillage.identifier.models import Problematique, Signal
from maillage.identifier.operations import formuler, noter_signal
from maillage.ingenieries.cycle import regles
from maillage.ingenieries.models import EtatAvancement, Ingenierie
from maillage.ingenieries.operations import changer_etat, marquer, ouvrir_ingenierie
from maillage.socle.models import Utilisateur

ESPACE = UUID("6f1d0c52-8e0a-4a53-9d2e-5a3f3a7b1c10")
"""Espace de noms des identifiants de cas ; le changer dédoublerait les cas déjà chargés."""
SYSTEME = "cas-publies@maillage.invalid"
FINS = {"close": "clore", "abandonnee": "abandonner"}
SANS_OBJET = "sans objet : "


@dataclass(frozen=True, slots=True)
class Charge:
    """Ce qu'un fichier a donné ; `nouveau` est faux s'il était déjà là."""

    mission: Ingenierie
    nouveau: bool


def auteur_systeme() -> Utilisateur:
    """Le compte au nom duquel les cas publiés entrent ; personne ne s'y connecte."""
    compte = Utilisateur.objects.filter(courriel=SYSTEME).first()
    return compte or Utilisateur.objects.create_user(
        SYSTEME, nom_affiche="Une source publiée", is_active=False
    )


def identifiant(code: str) -> UUID:
    """L'identifiant de la mission d'un cas."""
    return uuid5(ESPACE, code)


@transaction.atomic
def charger(chemin: Path) -> Charge:
    """Charge un fichier de cas. Lève `CasRefuse` sans rien écrire si quelque chose ne va pas."""
    cas = lire(chemin)
    _verifier_les_rubriques(cas, chemin.name)
    presente = Ingenierie.objects.filter(pk=identifiant(cas["cas"])).first()
    if presente:
        return Charge(presente, nouveau=False)
    return Charge(_Chargement(cas, chemin.name).faire(), nouveau=True)


def _verifier_les_rubriques(cas: Table, fichier: str) -> None:
    connues = {*AUTRES, *(r.cle for r in RUBRIQUES)}
    for cle in cas:
        if cle not in connues:
            raise CasRefuse(fichier, cas.ou(cle), cle, "cette rubrique n’existe pas.")
    for cle in ("cas", "source", "mission"):
        if not cas.get(cle):
            raise CasRefuse(fichier, 1, cle, "cette rubrique est obligatoire.")


class _Chargement:
    """Un fichier que l'on charge, rubrique après rubrique."""

    def __init__(self, cas: Table, fichier: str) -> None:
        self.cas = cas
        self.remplissage = Remplissage(fichier)
        self.par = auteur_systeme()

    def faire(self) -> Ingenierie:
        for cle, table in self._tables("organisations"):
            self.remplissage.organisations[cle] = self._organisation(cle, table)
        mission = self._mission()
        self._problematique(mission)
        for rubrique in RUBRIQUES:
            for place, table in self._lignes(rubrique):
                self._element(mission, rubrique, place, table)
        self._avancement(mission)
        self._finir(mission)
        return mission

    def _cle(self, place: str) -> UUID:
        return uuid5(ESPACE, f"{self.cas['cas']}/{place}")

    def _organisation(self, cle: str, table: Table) -> Organisation:
        """Celle de l'annuaire si elle y est déjà sous ce nom, sinon une nouvelle."""
        connue = Organisation.objects.filter(nom=table.get("nom", "")).first()
        if connue:
            return connue
        chemin = f"organisations.{cle}"
        nouvelle = Organisation(pk=uuid5(ESPACE, f"organisation/{table.get('nom')}"))
        self.remplissage.remplir(nouvelle, table, chemin, sauf=["territoires"])
        lieux = self.remplissage.territoires(table, chemin)
        return creer_organisation(nouvelle, territoires=lieux, par=self.par)

    def _mission(self) -> Ingenierie:
        table = self._table(self.cas, "mission")
        mission = Ingenierie(pk=identifiant(self.cas["cas"]), source=str(self.cas["source"]))
        ailleurs = ["territoires", "operateurs_associes", "etat", "motif_de_fin"]
        self.remplissage.remplir(mission, table, "mission", sauf=ailleurs)
        liens: dict[str, Iterable[Any]] = {
            "territoires": self.remplissage.territoires(table, "mission"),
            "operateurs_associes": self._associes(table),
        }
        return ouvrir_ingenierie(mission, liens=liens, par=self.par)

    def _associes(self, table: Table) -> list[Organisation]:
        connues = self.remplissage.organisations
        for cle in table.get("operateurs_associes", []):
            if cle not in connues:
                raison = f"« {cle} » n’est décrit nulle part dans ce fichier."
                raise self.remplissage.refuser(table, "mission", raison, "operateurs_associes")
        return [connues[cle] for cle in table.get("operateurs_associes", [])]

    def _problematique(self, mission: Ingenierie) -> None:
        if "problematique" not in self.cas:
            return
        table = self._table(self.cas, "problematique")
        signaux = [
            self._signal(mission, f"problematique.signaux[{rang}]", ligne)
            for rang, ligne in enumerate(table.get("signaux", []))
        ]
        formulee = Problematique(pk=self._cle("problematique"), operateur=mission.operateur)
        self.remplissage.remplir(formulee, table, "problematique", sauf=["signaux"])
        liens: dict[str, Iterable[Any]] = {
            "signaux": signaux,
            "territoires": mission.territoires.all(),
        }
        formuler(formulee, liens=liens, par=self.par)
        formulee.ingenieries.add(mission)

    def _signal(self, mission: Ingenierie, chemin: str, table: Any) -> Signal:
        signal = Signal(
            pk=self._cle(chemin), operateur=mission.operateur, date=date(mission.annee, 1, 1)
        )
        self.remplissage.remplir(signal, self._est_table(table, chemin), chemin)
        return noter_signal(signal, par=self.par)

    def _element(self, mission: Ingenierie, rubrique: Rubrique, place: str, table: Table) -> None:
        element: Any = rubrique.modele(pk=self._cle(place), ingenierie=mission)
        self.remplissage.remplir(element, table, place)
        rubrique.ajouter(element, nom=rubrique.nom, par=self.par)

    def _avancement(self, mission: Ingenierie) -> None:
        for code, ecrit in self._table(self.cas, "avancement").items():
            table, dit = self.cas["avancement"], str(ecrit)
            if code not in regles():
                raison = "ce n’est ni une démarche ni un point du cycle."
                raise self.remplissage.refuser(table, "avancement", raison, code)
            if dit.startswith(SANS_OBJET):
                etat, motif = EtatAvancement.SANS_OBJET, dit.removeprefix(SANS_OBJET)
            elif dit == EtatAvancement.FAIT.label:
                etat, motif = EtatAvancement.FAIT, ""
            else:
                raison = f"écrivez « fait » ou « {SANS_OBJET}la raison »."
                raise self.remplissage.refuser(table, "avancement", raison, code)
            marquer(mission, code, etat, motif=motif, par=self.par)

    def _finir(self, mission: Ingenierie) -> None:
        """Publie la fiche si le cas en donne une, puis donne à la mission son état de fin."""
        fiche = Fiche.objects.filter(ingenierie=mission).first()
        if fiche:
            changer_etat_de_fiche(fiche, "publier", version=fiche.version, par=self.par)
        table = self._table(self.cas, "mission")
        etat = table.get("etat", "close")
        if etat not in FINS:
            raison = f"écrivez {' ou '.join(FINS)}."
            raise self.remplissage.refuser(table, "mission", raison, "etat")
        motif = str(table.get("motif_de_fin", ""))
        changer_etat(mission, FINS[etat], version=mission.version, motif=motif, par=self.par)

    # Lire le fichier

    def _lignes(self, rubrique: Rubrique) -> Iterator[tuple[str, Table]]:
        ecrit = self.cas.get(rubrique.cle) or ([] if not rubrique.unique else None)
        if rubrique.unique:
            if ecrit is not None:
                yield rubrique.cle, self._est_table(ecrit, rubrique.cle)
            return
        if not isinstance(ecrit, list):
            raise self.remplissage.refuser(self.cas, rubrique.cle, "écrivez une liste à tirets.")
        for rang, ligne in enumerate(ecrit):
            place = f"{rubrique.cle}[{rang}]"
            yield place, self._est_table(ligne, place)

    def _tables(self, cle: str) -> Iterator[tuple[str, Table]]:
        for nom, table in self._table(self.cas, cle).items():
            yield nom, self._est_table(table, f"{cle}.{nom}")

    def _table(self, dans: Table, cle: str) -> Table:
        return self._est_table(dans.get(cle) or Table(dans.ou(cle)), cle)

    def _est_table(self, ecrit: Any, chemin: str) -> Table:
        if not isinstance(ecrit, Table):
            racine = chemin.partition(".")[0].partition("[")[0]
            raise CasRefuse(
                self.remplissage.fichier,
                self.cas.ou(racine),
                chemin,
                "écrivez des champs et leurs valeurs.",
            )
        return ecrit
