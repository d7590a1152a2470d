"""Les cumuls du pays disent toujours comme la lecture directe des résumés."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from maillage.engager.models import Financement
from maillage.ingenieries.models import Ingenierie
from maillage.piloter.bilan import lecture
from maillage.piloter.bilan.lecture import DERNIERE, SANS_ANNEE, TOUTES, de_a
from maillage.piloter.calculs.bilan import Bilan
from tests.fabriques import mission, operateur, organisation
from tests.piloter.fabriques import apport, depense, q, retenir
from tests.piloter.test_resume import GESTES

pytestmark = pytest.mark.django_db


def comparable(bilan: Bilan) -> Any:
    lignes = sorted(bilan.lignes, key=lambda cellule: cellule.cle)
    return bilan.ensemble, lignes, bilan.apports, bilan.annees


def verifier() -> None:
    """Pour chaque période, et des ventilations que les cumuls disent ou ne disent pas."""
    for periode in (DERNIERE, TOUTES, SANS_ANNEE, de_a(2020, 2025)):
        for axe in ("", "annee", "operateur"):
            cumulee = lecture.lire(None, periode, axe)
            directe = lecture.lire([Ingenierie.objects.all()], periode, axe)
            assert comparable(cumulee) == comparable(directe), (periode, axe)


@pytest.mark.parametrize("geste", GESTES)
def test_apres_chaque_geste(geste: str) -> None:
    m = mission(operateur("DLA de l’Ain"), annee=2025)
    mission(m.operateur)
    retenir(m)
    GESTES[geste](m)
    verifier()


ARGENT: dict[str, Callable[[Ingenierie], Any]] = {
    "une part convertie": lambda m: (
        apport(m, famille="opco", part=q(40)),
        depense(m, montant=q(1000, "environ")),
    ),
    "une part d'un coût inconnu": lambda m: apport(m, famille="opco", part=q(40)),
    "un apport refusé ensuite": lambda m: (
        apport(m, credits_dla=True, montant=q(500)),
        Financement.objects.update(etat="refuse"),
    ),
    "un apport retiré": lambda m: apport(m, montant=q(500)).delete(),
    "puis la mission abandonnée": lambda m: (
        apport(m, montant=q(500)),
        GESTES["abandon"](m),
    ),
    "une année corrigée": lambda m: (
        apport(m, montant=q(500)),
        Ingenierie.objects.filter(pk=m.pk).update(annee=2021),
    ),
    "une structure de plusieurs années": lambda m: [
        retenir(autre, structure)
        for structure in [organisation()]
        for autre in (m, mission(m.operateur, annee=2022), mission(m.operateur, annee=2022))
    ],
    "une mission effacée": lambda m: (apport(m, montant=q(500)), retenir(m), m.delete()),
}


@pytest.mark.parametrize("geste", ARGENT)
def test_apres_un_mouvement_d_argent_ou_d_annee(geste: str) -> None:
    m = mission(annee=2024)
    retenir(m)
    ARGENT[geste](m)
    verifier()


def test_vider_les_resumes_vide_les_cumuls() -> None:
    """Ce que fait Django entre deux parcours, et qu'aucune ligne ne dit aux déclencheurs."""
    mission()
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM piloter_cumul")
        assert curseur.fetchone() == (1,)
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        curseur.execute("TRUNCATE piloter_resumedemission")
        curseur.execute("SELECT count(*) FROM piloter_cumul")
        assert curseur.fetchone() == (0,)
