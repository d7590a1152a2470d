"""Importer SIRENE : des personnes morales diffusibles et leurs établissements, rien d'autre."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from maillage.annuaire.models import Etablissement, Registre, UniteLegale
from maillage.territoires.models import Territoire
from tests.annuaire.registre.importer.conftest import Import
from tests.annuaire.registre.importer.fichiers import (
    ETABLISSEMENT,
    ETABLISSEMENTS,
    UNITE,
    UNITES,
    deposer,
    tableau,
    zipper,
)

VRAIES = Path(__file__).parents[5] / "shared" / "data" / "sirene"
POSTE = "356000000"


def unites(*lignes: dict[str, str]) -> bytes:
    return tableau(lignes, UNITES, separateur=",", encodage="utf-8", tout_cite=False)


def etablissements(*lignes: dict[str, str]) -> bytes:
    return tableau(lignes, ETABLISSEMENTS, separateur=",", encodage="utf-8", tout_cite=False)


def test_une_unite_et_son_siege(importe: Import, tmp_path: Path, besancon: Territoire) -> None:
    entrees = {
        "StockEtablissement_utf8.csv": etablissements(ETABLISSEMENT),
        "StockUniteLegale_utf8.csv": unites(UNITE),
    }
    compte = importe(zipper(tmp_path, entrees), Registre.SIRENE)
    assert (compte.ajoutees, compte.ecartees) == (2, 0)
    unite = UniteLegale.objects.get()
    assert (unite.siren, unite.siege, unite.rna) == (POSTE, "35600000000048", "W251000001")
    assert (unite.naf, unite.nomenclature_naf) == ("91.03Z", "NAFRev2")
    assert (unite.annee_effectifs, unite.ess, unite.employeuse) == (2022, "O", "O")
    assert unite.creee_le == date(1991, 1, 1)
    siege = Etablissement.objects.get()
    assert (siege.siren, siege.siege, siege.commune) == (POSTE, True, besancon)
    assert siege.adresse == "12 RUE DU RONDEAU"


@pytest.mark.parametrize(
    "champs",
    [
        {"categorieJuridiqueUniteLegale": "1000", "denominationUniteLegale": "ATELIER"},
        {
            "denominationUniteLegale": "",
            "nomUniteLegale": "MARTIN",
            "prenom1UniteLegale": "Camille",
        },
        {"denominationUniteLegale": "[ND]"},
        {"statutDiffusionUniteLegale": "P"},
        {"statutDiffusionUniteLegale": "N"},
        {"statutDiffusionUniteLegale": ""},
    ],
)
def test_une_personne_physique_ou_non_diffusible_est_ecartee(
    champs: dict[str, str], importe: Import, tmp_path: Path
) -> None:
    entrees = {"u.csv": unites({**UNITE, **champs}), "e.csv": etablissements(ETABLISSEMENT)}
    compte = importe(zipper(tmp_path, entrees), Registre.SIRENE)
    assert (compte.ajoutees, compte.ecartees, compte.rejetees) == (0, 2, 0)
    assert not UniteLegale.objects.exists()
    assert not Etablissement.objects.exists()


def test_un_parquet_vaut_un_csv(importe: Import, tmp_path: Path) -> None:
    chemin = tmp_path / "StockUniteLegale.parquet"
    lignes = [{c: UNITE.get(c) for c in UNITES}]
    pl.DataFrame(lignes, schema=dict.fromkeys(UNITES, pl.String)).write_parquet(chemin)
    importe(chemin, Registre.SIRENE)
    du_parquet = UniteLegale.objects.values().get()
    UniteLegale.objects.all().delete()
    importe(deposer(tmp_path, unites(UNITE)), Registre.SIRENE)
    assert UniteLegale.objects.values().get() == du_parquet


def test_un_siren_faux_est_rejete(importe: Import, tmp_path: Path) -> None:
    autre = {**UNITE, "siren": "123456789"}
    compte = importe(deposer(tmp_path, unites(UNITE, autre, UNITE)), Registre.SIRENE)
    assert (compte.ajoutees, compte.rejetees) == (1, 1)
    assert compte.constats.get().numero == "123456789"


def test_une_unite_fermee_se_marque(importe: Import, tmp_path: Path) -> None:
    importe(deposer(tmp_path, unites(UNITE)), Registre.SIRENE)
    fermee = {
        **UNITE,
        "etatAdministratifUniteLegale": "C",
        "dateDernierTraitementUniteLegale": "2025-01-01T00:00:00",
    }
    compte = importe(deposer(tmp_path, unites(fermee)), Registre.SIRENE)
    assert (compte.changees, compte.dissoutes) == (1, 1)
    assert UniteLegale.objects.get().etat == "ferme"


@pytest.mark.skipif(not VRAIES.exists(), reason="les lignes réelles de shared/data sont absentes")
def test_les_lignes_reelles_entrent(importe: Import) -> None:
    compte = importe(VRAIES / "StockUniteLegale_utf8.csv", Registre.SIRENE)
    assert compte.lues == compte.ajoutees + compte.ecartees
    assert compte.ajoutees > 0
