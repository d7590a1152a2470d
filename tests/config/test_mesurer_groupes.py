"""Les instances d'essai se refont telles quelles, et ce à quoi l'on se compare est juste."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from maillage.config.mesurer.groupes import ecarts, glouton, petits
from maillage.config.mesurer.groupes.instances import INSTANCES, Instance
from maillage.confirmer.calculs.groupes.resolution import resoudre

PETITES = [instance for instance in INSTANCES if instance.n == 30]


def references() -> dict[str, dict[str, float]]:
    return dict(json.loads(files(ecarts.__package__).joinpath("references.json").read_text()))


def test_chaque_instance_a_sa_meilleure_valeur_connue_avec_sa_graine_et_ses_secondes() -> None:
    assert set(references()) == {instance.nom for instance in INSTANCES}
    assert all(set(r) == {"valeur", "graine", "secondes"} for r in references().values())


@pytest.mark.parametrize("instance", PETITES, ids=lambda instance: instance.nom)
def test_quelques_milliers_d_iterations_approchent_la_meilleure_connue_au_millieme(
    instance: Instance,
) -> None:
    """Une référence qui ne serait pas de cette instance ne se retrouverait pas."""
    reponse = resoudre(instance.probleme(), iterations=8_000, graine=1)
    assert reponse.objectif is not None
    assert reponse.objectif == pytest.approx(references()[instance.nom]["valeur"], rel=1e-3)


@pytest.mark.parametrize("instance", PETITES, ids=lambda instance: instance.nom)
def test_le_temoin_est_une_repartition_et_la_recherche_fait_mieux(instance: Instance) -> None:
    temoin = glouton.resoudre(instance.probleme())
    reponse = resoudre(instance.probleme(), iterations=500, graine=1)
    assert reponse.objectif is not None
    assert 0 < temoin <= reponse.objectif


def test_douze_structures_sont_prouvees() -> None:
    chiffres = petits.mesurer()
    assert chiffres["prouvées"].valeur == 100
