"""Une mission dont quarante structures attendent leur groupe, pour l'instance d'essai."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from maillage.annuaire import operations as annuaire
from maillage.annuaire.models import ChiffresAnnuels, Nature, Organisation, Personne, Role
from maillage.confirmer.models import (
    ConcurrencePresumee,
    ExigenceDeGroupe,
    Palier,
    Participation,
    SouhaitDeGroupe,
)
from maillage.confirmer.operations import inviter
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.operations import ajouter_element, modifier_element, ouvrir_ingenierie
from maillage.socle.formulaires import lire_quantite
from maillage.territoires.models import Territoire

DONNEES = Path(__file__).parent / "demonstration.yaml"


@transaction.atomic
def creer_groupes_a_composer() -> None:
    """Crée la mission et ses structures si elle n'existe pas ; n'y touche plus ensuite."""
    lues = yaml.safe_load(DONNEES.read_text(encoding="utf-8"))
    dite = lues["mission"]
    operateur = Organisation.objects.get(nom=dite["operateur"])
    if operateur.ingenieries.filter(titre=dite["titre"]).exists():
        return
    charge = Personne.objects.select_related("compte").get(courriel=dite["charge"])
    par: Any = charge.compte
    mission = Ingenierie(
        titre=dite["titre"],
        accroche=dite["accroche"],
        operateur=operateur,
        charge=charge,
        annee=dite["annee"],
    )
    ouvrir_ingenierie(mission, liens={}, par=par)
    structures = [_structure(ligne, operateur) for ligne in lues["structures"]]
    inviter(mission, structures, palier=Palier.INTERESSEE, par=par)
    par_nom = {p.structure.nom: p for p in mission.participations.select_related("structure")}
    for ligne in lues["structures"]:
        _repondre(par_nom[ligne[0]], ligne, par)
    for ligne in lues["contacts"]:
        _nommer(par_nom[ligne[0]].structure, ligne)
    _rapprocher(mission, par_nom, lues, par)


def _structure(ligne: list[Any], operateur: Organisation) -> Organisation:
    nom, commune, secteur, branche, etp, *_ = ligne
    creee = annuaire.creer_organisation(
        Organisation(
            nom=nom,
            natures=[Nature.STRUCTURE],
            secteur=secteur,
            branche=branche,
            commune=Territoire.objects.communes().filter(code=commune).first(),
            operateur=operateur,
        ),
        par=None,
    )
    if etp:
        chiffres = ChiffresAnnuels(
            organisation=creee, annee=timezone.localdate().year - 1, source="Entretien"
        )
        chiffres.etp = lire_quantite(str(etp), "ETP")
        annuaire.enregistrer_chiffres(chiffres, par=None)
    return creee


def _repondre(participation: Participation, ligne: list[Any], par: Any) -> None:
    *_, niveau, attentes, benevoles, salaries, disponibilites = ligne
    participation.niveau, participation.attentes = niveau, attentes
    participation.disponibilites = disponibilites
    participation.benevoles = lire_quantite(str(benevoles))
    participation.salaries = lire_quantite(str(salaries))
    modifier_element(
        participation, nom="la structure mobilisée", version=participation.version, par=par
    )


def _nommer(structure: Organisation, ligne: list[str]) -> None:
    """Le contact que l'on peut inviter à répondre."""
    _, prenom, nom, fonction, courriel = ligne
    contact = Personne(prenom=prenom, nom=nom, fonction=fonction, courriel=courriel)
    annuaire.inviter_et_rattacher(contact, structure, par=None, role=Role.STRUCTURE)


def _rapprocher(
    mission: Ingenierie, par_nom: dict[str, Participation], lues: dict[str, Any], par: Any
) -> None:
    for une, autre, raison in lues["concurrences"]:
        paire = {"une": par_nom[une], "autre": par_nom[autre], "raison": raison}
        ajouter_element(
            ConcurrencePresumee(ingenierie=mission, **paire), nom="la concurrence", par=par
        )
    for une, autre, sorte, raison in lues["exigences"]:
        exigence = ExigenceDeGroupe(
            ingenierie=mission, une=par_nom[une], autre=par_nom[autre], sorte=sorte, raison=raison
        )
        ajouter_element(exigence, nom="l’exigence", par=par)
    for nom, theme, sens in lues["souhaits"]:
        souhait = SouhaitDeGroupe(
            ingenierie=mission, participation=par_nom[nom], theme=theme, sens=sens
        )
        ajouter_element(souhait, nom="le souhait", par=par)
