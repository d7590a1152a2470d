"""La fiche d'une structure dit ses missions, et rien de celles qu'on ne voit pas."""

from __future__ import annotations

import pytest

from maillage.annuaire.models import Organisation
from maillage.confirmer.accompagnements import accompagnees, missions_de
from maillage.confirmer.models import Participation
from tests.fabriques import agent, mission, operateur, organisation

pytestmark = pytest.mark.django_db


def test_seules_les_missions_visibles_se_lisent(django_assert_num_queries) -> None:
    doubs = operateur()
    structure = organisation()
    ici, ailleurs = mission(doubs, titre="Ici", annee=2010), mission(operateur("DLA du Jura"))
    for dossier in (ici, ailleurs):
        Participation.objects.create(
            ingenierie=dossier, structure=structure, palier="retenue", atteint="retenue"
        )
    utilisateur = agent(doubs)
    with django_assert_num_queries(2):  # le périmètre, puis les missions
        lues = missions_de(structure, utilisateur)
    assert [(a.titre, a.annee, a.phrase) for a in lues] == [("Ici", 2010, "Structure retenue")]


def test_accompagnee_se_dit_d_apres_les_missions_visibles() -> None:
    doubs = operateur()
    retenue, contactee, ailleurs = organisation(), organisation(), organisation()
    ici = mission(doubs)
    for structure, palier, dossier in (
        (retenue, "retenue", ici),
        (contactee, "contactee", ici),
        (ailleurs, "retenue", mission(operateur("DLA du Jura"))),
    ):
        Participation.objects.create(
            ingenierie=dossier, structure=structure, palier=palier, atteint=palier
        )

    assert list(Organisation.objects.filter(accompagnees(agent(doubs)))) == [retenue]
