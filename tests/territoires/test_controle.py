"""Le contrôle de la géographie et les commandes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from maillage.territoires import chargement, commandes, controle
from maillage.territoires.decoupage import DecoupageIllisible
from maillage.territoires.models import Niveau, Territoire


@pytest.fixture
def millesime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Les comptes attendus du pays de poche."""
    fichier = tmp_path / "millesime.yaml"
    fichier.write_text(
        "millesime: 2026\ncomptes: {pays: 1, regions: 5, collectivites_outremer: 0, "
        "departements: 6, epci: 2, communes: 10, anciens_codes: 3}\n"
    )
    monkeypatch.setattr(controle, "MILLESIME", fichier)
    return fichier


@pytest.mark.usefixtures("pays", "millesime")
def test_une_geographie_juste_n_a_pas_d_anomalie() -> None:
    assert controle.controler().anomalies == []


@pytest.mark.usefixtures("pays", "millesime")
def test_un_compte_qui_s_ecarte_se_dit() -> None:
    Territoire.objects.filter(niveau=Niveau.EPCI, code="242500361").update(actuel=False)

    assert controle.controler().anomalies == ["epci : 1 en base, 2 attendus."]


@pytest.mark.usefixtures("pays", "millesime")
def test_un_chemin_incomplet_se_dit() -> None:
    besancon = Territoire.objects.de(Niveau.COMMUNE, "25056")
    besancon.chemin = [besancon.pk]
    besancon.save()

    assert controle.controler().anomalies == [
        "Le chemin de commune 25056 oublie un de ses contenants."
    ]


@pytest.mark.usefixtures("pays", "millesime")
def test_une_commune_sans_departement_se_dit() -> None:
    Territoire.objects.filter(code="25056").update(departement=None)

    assert controle.controler().anomalies == [
        "La commune 25056 n'a pas de département ou de région."
    ]


@pytest.mark.usefixtures("pays", "millesime")
def test_verifier_rend_les_comptes_en_json_et_sort_avec_0() -> None:
    rendu = CliRunner().invoke(commandes.groupe, ["verifier", "--json"])

    assert rendu.exit_code == 0
    assert json.loads(rendu.stdout)["comptes"]["communes"] == 10


@pytest.mark.usefixtures("pays")
def test_verifier_sort_avec_1_et_dit_les_ecarts() -> None:
    rendu = CliRunner().invoke(commandes.groupe, ["verifier"])

    assert rendu.exit_code == 1
    assert "communes : 10 en base, 34969 attendus." in rendu.stderr


@pytest.mark.django_db
def test_charger_dit_ce_qui_a_change(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    charger = chargement.charger
    monkeypatch.setattr(
        chargement, "charger", lambda progression: charger(progression, dossier=dossier)
    )

    rendu = CliRunner().invoke(commandes.groupe, ["charger"])

    assert rendu.exit_code == 0
    assert "24 créés, 0 changés, 0 disparus" in rendu.stdout


def test_charger_sort_avec_1_quand_le_decoupage_manque(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_progression: object) -> None:
        raise DecoupageIllisible("communes.json.gz manque.")

    monkeypatch.setattr(chargement, "charger", absent)

    rendu = CliRunner().invoke(commandes.groupe, ["charger"])

    assert rendu.exit_code == 1
    assert "communes.json.gz manque." in rendu.stderr
