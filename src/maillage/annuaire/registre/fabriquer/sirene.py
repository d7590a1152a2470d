"""SIRENE fabriqué, dont les SIREN sont ceux du RNA de même graine.

`StockUniteLegale_utf8.csv` : une ligne par association qui a un SIREN, une fois même si elle est
déclarée deux fois ; le numéro RNA y est 8 fois sur 10. Une ligne sur vingt est à ne jamais
charger : une personne physique (nom inventé) ou une unité non diffusible.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from maillage.annuaire.registre.fabriquer.associations import SANS_DATE, Association, Fabrique
from maillage.annuaire.registre.fabriquer.lieux import repartir
from maillage.annuaire.registre.fabriquer.numeros import numero_rna, siren, siret
from maillage.annuaire.registre.fabriquer.tirage import un

NOM = "StockUniteLegale_utf8.csv"
COLONNES = (
    "siren,statutDiffusionUniteLegale,unitePurgeeUniteLegale,dateCreationUniteLegale,"
    "sigleUniteLegale,sexeUniteLegale,prenom1UniteLegale,prenom2UniteLegale,prenom3UniteLegale,"
    "prenom4UniteLegale,prenomUsuelUniteLegale,pseudonymeUniteLegale,"
    "identifiantAssociationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,"
    "dateDernierTraitementUniteLegale,nombrePeriodesUniteLegale,categorieEntreprise,"
    "anneeCategorieEntreprise,dateDebut,etatAdministratifUniteLegale,nomUniteLegale,"
    "nomUsageUniteLegale,denominationUniteLegale,denominationUsuelle1UniteLegale,"
    "denominationUsuelle2UniteLegale,denominationUsuelle3UniteLegale,categorieJuridiqueUniteLegale,"
    "activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,nicSiegeUniteLegale,"
    "economieSocialeSolidaireUniteLegale,societeMissionUniteLegale,caractereEmployeurUniteLegale"
)
NAF = ("94.99Z", "93.12Z", "90.01Z", "88.99B", "85.52Z", "93.29Z", "88.10A", "94.91Z")
TRANCHES = ("", "", "", "NN", "NN", "00", "01", "02", "03", "11")
A_ECARTER = 0.05
_TRAITEE = "2025-12-01 08:30:00"
_HORS_RNA = 400_000
"""Rang des unités sans association : au-delà de celles du RNA dans un département."""


def fabriquer_sirene(
    lignes: int, graine: int, dossier: Path, avancer: Callable[[int], None] = lambda _: None
) -> Path:
    """Écrit les unités légales des `lignes` associations du RNA de cette graine."""
    dossier.mkdir(parents=True, exist_ok=True)
    chemin = dossier / NOM
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        fichier.write(f"{COLONNES}\n")
        for departement, nombre in repartir(lignes):
            alea = random.Random(f"{graine}/{departement.code}/sirene")  # noqa: S311
            fabrique = Fabrique(departement, graine)
            for association in fabrique.flux(nombre):
                for champs in _unites(association, departement.rang, alea):
                    fichier.write(",".join(champs) + "\n")
            avancer(nombre)
    return chemin


def _unites(a: Association, rang: int, alea: random.Random) -> Iterator[list[str]]:
    if a.siret and a.copie_de is None:
        yield _association(a, alea)
    if alea.random() < A_ECARTER * 0.3:
        yield _a_ecarter(siren(rang, _HORS_RNA + a.rang), alea)


def _association(a: Association, alea: random.Random) -> list[str]:
    tranche = un(alea, TRANCHES)
    return [
        *(a.siret[:9], "O", "", "" if a.creee == SANS_DATE else a.creee, a.sigle),
        *[""] * 7,
        numero_rna(a.lieu, a.rang) if alea.random() < 0.8 else "",
        *(tranche, "2023.0" if tranche else "", _TRAITEE, "1"),
        *("PME" if tranche > "00" else "", "2023.0" if tranche > "00" else ""),
        *(a.declaree, "A" if a.dissoute == SANS_DATE else "C", "", ""),
        _cite(a.nom.upper()),
        *("", "", "", "9220", un(alea, NAF), "NAFRev2", a.siret[9:]),
        *("O" if alea.random() < 0.7 else "", "", "O" if tranche > "00" else "N"),
    ]


def _a_ecarter(numero: str, alea: random.Random) -> list[str]:
    """Une personne physique, ou une unité qui a demandé à ne pas être diffusée."""
    nic = siret(numero, 1)[9:]
    physique = alea.random() < 0.5
    return [
        *(numero, "O" if physique else "P", "", "2019-04-01", ""),
        *(("M", "PRENOMINVENTE") if physique else ("", "[ND]")),
        *[""] * 6,
        *("", "", _TRAITEE, "1", "", "", "2019-04-01", "A"),
        *(("NOMINVENTE", "", "") if physique else ("", "", "[ND]")),
        *("", "", "", "1000" if physique else "9220", un(alea, NAF), "NAFRev2", nic, "", "", "N"),
    ]


def _cite(nom: str) -> str:
    return '"' + nom.replace('"', '""') + '"' if "," in nom or '"' in nom else nom
