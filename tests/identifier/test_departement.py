"""Le département d'un besoin, que PostgreSQL tient, dit toujours comme le calcul direct."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from maillage.annuaire.models import Organisation
from maillage.identifier.models import Signal
from maillage.territoires.models import Niveau, Territoire
from tests.fabriques import commune, departement, operateur, organisation
from tests.identifier.gestes import GESTES, Geste, oter_les_sieges_en_lot, peupler
from tests.identifier.monde import signal
from tests.simultane import l_un_attend_l_autre

pytestmark = pytest.mark.django_db


def _departement(signal: Signal) -> Territoire | None:
    """Celui du territoire dit, sinon celui du siège."""
    dit = signal.territoire
    if dit and (trouve := dit if dit.niveau == Niveau.DEPARTEMENT else dit.departement):
        return trouve
    siege = signal.structure.commune if signal.structure else None
    return siege.departement if siege else None


def verifier() -> None:
    for un in Signal.objects.all():
        assert un.departement == _departement(un)


@pytest.mark.parametrize("geste", GESTES, ids=lambda geste: geste.__name__)
def test_le_departement_suit_chaque_geste(geste: Geste) -> None:
    pays = peupler()
    verifier()
    assert {s.departement for s in Signal.objects.all()} == {pays.doubs, pays.jura, None}
    geste(pays)
    verifier()


def test_un_siege_deplace_n_est_la_modification_d_aucun_besoin() -> None:
    pays = peupler()
    etats = Signal._meta.apps.get_model("identifier", "SignalEvent").objects
    avant = etats.count(), set(Signal.objects.values_list("pk", "version", "modifie_le"))
    oter_les_sieges_en_lot(pays)
    verifier()
    apres = set(Signal.objects.values_list("pk", "version", "modifie_le"))
    assert (etats.count(), apres) == avant


def _deplacer() -> None:
    dole = Territoire.objects.get(code="39198")
    Organisation.objects.filter(nom="Partie").update(commune=dole)


def _recharger() -> None:
    jura = Territoire.objects.get(code="39")
    Territoire.objects.filter(code="25056").update(departement=jura)


def _noter() -> None:
    signal(Organisation.objects.get(nom="DLA"), structure=Organisation.objects.get(nom="Partie"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("d_abord", [True, False])
@pytest.mark.parametrize("deplacer", [_deplacer, _recharger])
def test_noter_pendant_que_le_siege_change(deplacer: Callable[[], None], d_abord: bool) -> None:
    """L'un des deux écrit sans avoir fini, l'autre l'attend : dans les deux ordres."""
    commune("39198", "Dole", dans=departement("39", "Jura"))
    organisation(nom="Partie", commune=commune(dans=departement()))
    operateur("DLA")
    l_un_attend_l_autre(*((_noter, deplacer) if d_abord else (deplacer, _noter)))
    assert Signal.objects.get().departement == Territoire.objects.get(code="39")
