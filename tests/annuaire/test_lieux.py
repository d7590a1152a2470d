"""`lieux`, que PostgreSQL tient, dit toujours comme le calcul direct, quoi que l'on fasse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maillage.annuaire.models import Organisation
from maillage.annuaire.operations import modifier_organisation
from maillage.annuaire.visibilite import est_dans
from maillage.socle.models import Utilisateur
from maillage.territoires.chargement import charger
from maillage.territoires.models import Territoire
from tests.annuaire.conftest import Lieux
from tests.fabriques import organisation
from tests.simultane import l_un_attend_l_autre

Geste = Callable[[Organisation, Lieux], object]


def ne_rien_changer(une: Organisation, lieux: Lieux) -> None:
    """Créée puis reprise d'une lecture ancienne : ce qui s'écrit de `lieux` ne compte pas."""
    une.lieux = [9_999]
    une.save()


def oter_la_commune(une: Organisation, lieux: Lieux) -> None:
    une.commune = None
    une.save()


def oter_la_commune_en_lot(une: Organisation, lieux: Lieux) -> None:
    Organisation.objects.update(commune=None)


def changer_de_commune(une: Organisation, lieux: Lieux) -> None:
    une.commune = lieux["33063"]
    une.save()


def ajouter_un_territoire(une: Organisation, lieux: Lieux) -> None:
    une.territoires.add(lieux["d33"], lieux["39300"])


def ajouter_de_l_autre_cote(une: Organisation, lieux: Lieux) -> None:
    lieux["d33"].intervenantes.add(une)


def retirer_un_territoire(une: Organisation, lieux: Lieux) -> None:
    une.territoires.remove(lieux["d25"])


def vider_l_aire(une: Organisation, lieux: Lieux) -> None:
    une.territoires.clear()


def dire_une_autre_aire_en_lot(une: Organisation, lieux: Lieux) -> None:
    liens = Organisation.territoires.through
    liens.objects.all().delete()
    liens.objects.bulk_create(
        [
            liens(organisation=o, territoire=lieux[code])
            for o in Organisation.objects.all()
            for code in ("d33", "r27")
        ]
    )


def deplacer_un_departement(une: Organisation, lieux: Lieux) -> None:
    """Un découpage rechargé : le Doubs et ses communes passent dans une autre région."""
    for territoire in Territoire.objects.dans([lieux["d25"].pk]):
        territoire.chemin = [*territoire.chemin, lieux["r75"].pk]
        territoire.save()


def recharger_le_decoupage(une: Organisation, lieux: Lieux) -> None:
    Territoire.objects.update(chemin=[])
    Territoire.objects.filter(niveau="commune").update(nom="sans chemin")


GESTES: list[Geste] = [
    ne_rien_changer,
    oter_la_commune,
    oter_la_commune_en_lot,
    changer_de_commune,
    ajouter_un_territoire,
    ajouter_de_l_autre_cote,
    retirer_un_territoire,
    vider_l_aire,
    dire_une_autre_aire_en_lot,
    deplacer_un_departement,
    recharger_le_decoupage,
]


@pytest.fixture
def monde(lieux: Lieux) -> list[Organisation]:
    """Avec une commune, avec une aire, avec les deux, sans rien ; posées une à une et en lot."""
    places = [
        {"commune": lieux["25056"]},
        {"territoires": [lieux["d25"], lieux["39300"]]},
        {"commune": lieux["39300"], "territoires": [lieux["d25"]]},
        {},
    ]
    une_a_une = [organisation(**place) for place in places]
    en_lot = [
        Organisation(nom="En lot", natures=["structure"], commune=place.get("commune"))
        for place in places
    ]
    return [*une_a_une, *Organisation.objects.bulk_create(en_lot)]


def verifier() -> None:
    """Chaque colonne contre les territoires eux-mêmes, puis les deux faces de la règle."""
    toutes = list(Organisation.objects.select_related("commune").prefetch_related("territoires"))
    for une in toutes:
        territoires = [une.commune] if une.commune else une.territoires.all()
        assert set(une.lieux) == {pk for t in territoires for pk in t.chemin}
        assert len(une.lieux) == len(set(une.lieux))
    for pk in Territoire.objects.values_list("pk", flat=True):
        assert set(Organisation.objects.dans([pk])) == {o for o in toutes if est_dans({pk}, o)}


@pytest.mark.parametrize("rang", range(4))
@pytest.mark.parametrize("geste", GESTES, ids=lambda geste: geste.__name__)
def test_les_lieux_suivent_chaque_geste(
    geste: Geste, rang: int, monde: list[Organisation], lieux: Lieux
) -> None:
    verifier()

    geste(monde[rang], lieux)

    verifier()


def test_les_gestes_s_enchainent(monde: list[Organisation], lieux: Lieux) -> None:
    for geste in GESTES:
        for une in Organisation.objects.all()[:3]:
            geste(une, lieux)
        verifier()


def test_la_fiche_modifiee_change_de_lieux(
    monde: list[Organisation], lieux: Lieux, charge: Utilisateur
) -> None:
    une = monde[0]
    une.commune = None

    modifier_organisation(une, version=une.version, territoires=[lieux["d33"]], par=charge)

    assert une in Organisation.objects.dans([lieux["d33"].pk])
    assert une not in Organisation.objects.dans([lieux["d25"].pk])


def test_un_decoupage_recharge_n_est_la_modification_de_personne(
    monde: list[Organisation], lieux: Lieux
) -> None:
    """Ni version ni état de plus à l'historique : personne n'a touché à la fiche."""
    etats = Organisation._meta.apps.get_model("annuaire", "OrganisationEvent").objects
    avant = etats.count(), set(Organisation.objects.values_list("pk", "version", "modifie_le"))

    deplacer_un_departement(monde[0], lieux)

    verifier()
    versions = set(Organisation.objects.values_list("pk", "version", "modifie_le"))
    assert (etats.count(), versions) == avant


def test_un_decoupage_recharge_refait_les_lieux(
    monde: list[Organisation], lieux: Lieux, tmp_path: Path
) -> None:
    avant = set(Organisation.objects.values_list("pk", "lieux__len"))
    Territoire.objects.update(chemin=[])
    assert not Organisation.objects.exclude(lieux=[]).exists()

    charger(dossier=tmp_path)

    verifier()
    assert set(Organisation.objects.values_list("pk", "lieux__len")) == avant


def _ajouter() -> None:
    organisation(commune=Territoire.objects.de("commune", "25056"))


def _deplacer() -> None:
    Territoire.objects.filter(niveau="commune", code="25056").update(chemin=[7])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("gestes", [(_ajouter, _deplacer), (_deplacer, _ajouter)])
def test_qui_s_ajoute_pendant_un_rechargement_a_les_nouveaux_lieux(
    gestes: tuple[Callable[[], None], Callable[[], None]], lieux: Lieux
) -> None:
    """L'un des deux écrit sans avoir fini, l'autre l'attend : dans les deux ordres."""
    l_un_attend_l_autre(*gestes)
    assert Organisation.objects.get().lieux == [7]
