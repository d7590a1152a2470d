"""Les comptes de l'instance d'essai : un par rôle, noms inventés, adresses @exemple.fr."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from maillage.annuaire import operations
from maillage.annuaire.models import ChiffresAnnuels, Organisation, Personne, Rattachement, Role
from maillage.socle.formulaires import lire_quantite
from maillage.socle.models import Utilisateur
from maillage.territoires.models import Territoire

MOT_DE_PASSE = "maillage-essai-2026"
DONNEES = Path(__file__).parent / "donnees/demonstration.yaml"


@dataclass(frozen=True, slots=True)
class Compte:
    """Ce que la ligne de commande imprime pour chaque compte."""

    role: str
    courriel: str
    mot_de_passe: str
    phrase: str


@transaction.atomic
def creer_comptes() -> list[Compte]:
    """Crée ce qui manque et rend les comptes ; ne change rien à ce qui existe."""
    lues = yaml.safe_load(DONNEES.read_text(encoding="utf-8"))
    organisations = {o["cle"]: _organisation(o) for o in lues["organisations"]}
    for lue in lues["organisations"]:
        if "suivie_par" in lue:
            _confier(organisations[lue["cle"]], organisations[lue["suivie_par"]])
    return [_compte(p, organisations[p["chez"]]) for p in lues["personnes"]]


def _organisation(lue: dict[str, Any]) -> Organisation:
    existante = Organisation.objects.filter(nom=lue["nom"]).first()
    if existante:
        return existante
    commune = lue.get("commune")
    creee = operations.creer_organisation(
        Organisation(
            nom=lue["nom"],
            natures=lue["natures"],
            secteur=lue.get("secteur", ""),
            categorie_juridique=str(lue.get("categorie_juridique", "")),
            objet=lue.get("objet", ""),
            commune=_territoire("commune", commune) if commune else None,
        ),
        territoires=_territoires(lue.get("territoires", ())),
        par=None,
    )
    for annee, dits in lue.get("chiffres", {}).items():
        _chiffrer(creee, annee, dits)
    return creee


def _chiffrer(organisation: Organisation, annee: int, dits: dict[str, Any]) -> None:
    """Les chiffres d'une année, écrits comme on les tape : « environ 9 000 »."""
    chiffres = ChiffresAnnuels(organisation=organisation, annee=annee, source=dits["source"])
    for nom in ChiffresAnnuels.QUANTITES:
        texte, unite = str(dits.get(nom, "")), getattr(ChiffresAnnuels, nom).unite
        setattr(chiffres, nom, lire_quantite(texte, unite))
    operations.enregistrer_chiffres(chiffres, par=None)


def _confier(structure: Organisation, operateur: Organisation) -> None:
    if structure.operateur is None:
        structure.operateur = operateur
        structure.save()


def _compte(lue: dict[str, Any], organisation: Organisation) -> Compte:
    role = Role(lue["role"])
    personne = operations.inviter(
        Personne(
            prenom=lue["prenom"],
            nom=lue["nom"],
            courriel=lue["courriel"],
            fonction=lue.get("fonction", ""),
        ),
        par=None,
    )
    if not Rattachement.objects.filter(
        personne=personne, organisation=organisation, role=role
    ).exists():
        operations.rattacher(personne, organisation, role, par=None)
    _donner_mot_de_passe(personne)
    return Compte(role.label, lue["courriel"], MOT_DE_PASSE, lue["phrase"])


def _donner_mot_de_passe(personne: Personne) -> None:
    compte: Utilisateur | None = personne.compte
    if compte and not compte.has_usable_password():
        compte.set_password(MOT_DE_PASSE)
        compte.save()


def _territoires(codes: Iterable[str]) -> list[Territoire]:
    """« departement:25 » → le Doubs."""
    return [_territoire(*code.split(":")) for code in codes]


def _territoire(niveau: str, code: str) -> Territoire:
    return Territoire.objects.de(niveau, code)
