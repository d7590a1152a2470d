"""La mission de l'instance d'essai : créée une fois, prête à grouper."""

from __future__ import annotations

from typing import Any

import pytest

from maillage.confirmer.demonstration import creer_groupes_a_composer
from maillage.confirmer.groupes.calculs.impossible import obstacles
from maillage.confirmer.groupes.calculs.reglages import par_defaut
from maillage.confirmer.groupes.lecture import ouvrir_l_atelier
from maillage.confirmer.mobilisation import lecture
from maillage.ingenieries.models import Ingenierie
from tests.parcours.monde import peupler

pytestmark = pytest.mark.django_db


def test_la_mission_se_cree_une_fois_et_se_groupe() -> None:
    peupler()
    creer_groupes_a_composer()
    creer_groupes_a_composer()
    mission = Ingenierie.objects.get(titre__startswith="Convaincre")
    atelier = ouvrir_l_atelier(mission)
    assert len(atelier.entrees) == 40
    assert obstacles(atelier.poser(par_defaut(40))) == []
    muette = next(e for e in atelier.entrees if e.nom == "Table Ouverte")
    assert muette.creneaux is None
    assert muette.attentes == ()


def test_quelques_structures_ont_un_contact_a_inviter() -> None:
    peupler()
    creer_groupes_a_composer()
    mission = Ingenierie.objects.get(titre__startswith="Convaincre")
    assert mission.charge
    par: Any = mission.charge.compte
    noms = [str(contact.personne) for contact in lecture.contacts(mission, par)]
    assert len(noms) == 6
    assert "Edgar Lomond" in noms
