"""Du signal à la fiche : l'agente du Doubs conduit la mission de 2010, par les formulaires."""

import pytest

from tests.parcours.conftest import Entrer
from tests.parcours.doubs import identifier

pytestmark = pytest.mark.navigateur


def test_doubs(entrer: Entrer) -> None:
    lea = entrer("lea.morel")

    identifier.noter_le_signal(lea)
    identifier.formuler_la_problematique(lea)
    mission = identifier.ouvrir_la_mission(lea)
    identifier.cibler_les_structures(mission)
    identifier.choisir_la_posture(mission)
