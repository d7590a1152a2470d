"""Les cumuls du pays disent toujours comme la lecture directe des besoins."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accueillir.models import Besoin, Diagnostic, EtatDiagnostic
from maillage.annuaire.models import Nature, Organisation, Role
from maillage.identifier.models import Signal
from maillage.identifier.partages import lecture, page
from maillage.identifier.partages.calculs import Compte
from maillage.identifier.partages.filtres import DEPUIS, FiltresDePartages
from maillage.socle.models import Utilisateur
from maillage.territoires.models import Territoire
from tests.comptes import connecte
from tests.fabriques import agent, operateur, organisation
from tests.identifier.gestes import BANQUE, ENERGIE, GESTES, Geste, Pays, peupler
from tests.identifier.monde import signal
from tests.identifier.regroupement.monde import besoin_de_diagnostic
from tests.simultane import l_un_attend_l_autre

pytestmark = pytest.mark.django_db

AUJOURDHUI = date(2026, 11, 21)


def coordinatrice(*territoires: Territoire) -> Utilisateur:
    chez = organisation(Nature.DLA_REGIONAL, territoires=list(territoires))
    return agent(chez, Role.DLA_REGIONAL)


def tout(utilisateur: Utilisateur, theme: str = "") -> lecture.Lus | None:
    return lecture.compter_tout(utilisateur, date(2023, 11, 1), theme, "lieu", AUJOURDHUI)


def comparables(lus: lecture.Lus, theme: str) -> Any:
    themes = [compte for compte in lus.themes if theme in ("", compte.theme)]
    cases = {dit: ligne for dit, ligne in lus.cases.items() if theme in ("", dit)}
    noms = {cle: lus.noms[cle] for ligne in cases.values() for cle in ligne}
    return themes, cases, noms, lus.semestres


def verifier(utilisateur: Utilisateur) -> None:
    """Pour chaque période, chaque axe, et un thème ou tous."""
    for depuis in DEPUIS:
        for axe in ("lieu", "secteur"):
            for theme in ("", BANQUE):
                filtres = FiltresDePartages({"depuis": depuis, "theme": theme})
                assert filtres.is_valid()
                signaux = page.signaux_comptes(utilisateur, filtres, AUJOURDHUI)
                directs = lecture.compter(signaux, axe, AUJOURDHUI)
                debut = filtres.depuis_le(AUJOURDHUI)
                cumules = lecture.compter_tout(utilisateur, debut, theme, axe, AUJOURDHUI)
                assert cumules is not None
                assert comparables(cumules, theme) == comparables(directs, theme), (depuis, axe)


@pytest.fixture
def pays() -> Pays:
    return peupler()


@pytest.fixture
def nationale(pays: Pays) -> Utilisateur:
    return coordinatrice(pays.doubs, pays.jura)


def test_ce_que_disent_les_cumuls(pays: Pays, nationale: Utilisateur) -> None:
    """Les nombres eux-mêmes, comptés à la main sur le petit pays."""
    lus = tout(nationale)
    assert lus is not None
    assert lus.themes == [
        Compte(ENERGIE, structures=2, besoins=3, recentes=1, avant=1),
        Compte(BANQUE, structures=1, besoins=5, recentes=1, avant=1),
    ]
    doubs, jura = str(pays.doubs.pk), str(pays.jura.pk)
    assert lus.cases == {BANQUE: {doubs: 1, jura: 1}, ENERGIE: {doubs: 1, jura: 1}}
    assert lus.noms == {doubs: "Doubs", jura: "Jura"}
    assert lus.semestres == [
        ("S2 2024", 1),
        ("S2 2025", 1),
        ("S1 2026", 3),
        ("S2 2026", 1),
        ("S1 2027", 0),
    ]


@pytest.mark.parametrize("geste", GESTES, ids=lambda geste: geste.__name__)
def test_apres_chaque_geste(geste: Geste, pays: Pays, nationale: Utilisateur) -> None:
    geste(pays)
    verifier(nationale)


def lus_par_mois() -> list[Any]:
    """Ce que chaque cumul dit, mois par mois ; une suite plus longue peut dire la même chose."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT sujet, theme, cle, mois, identifier_au(mois, debut, valeurs)"
            " FROM identifier_cumul, generate_series(24200, 24350) AS mois"
            " WHERE identifier_au(mois, debut, valeurs) <> 0 ORDER BY 1, 2, 3, 4"
        )
        lignes: list[Any] = curseur.fetchall()
    return lignes


def test_les_gestes_s_enchainent_sans_rien_laisser_deriver(pays: Pays) -> None:
    """Après chacun, les cumuls tenus sont ceux que l'on referait depuis rien."""
    migration = import_module("maillage.identifier.migrations.0014_cumuls_des_besoins")
    for geste in GESTES:
        geste(pays)
        tenus = lus_par_mois()
        with connection.cursor() as curseur:
            curseur.execute("TRUNCATE identifier_cumul")
            curseur.execute(migration.REFAIRE)
        assert tenus == lus_par_mois(), geste.__name__
        assert bool(tenus) == Signal.objects.exists()


def test_qui_n_en_lit_qu_une_part_lit_les_besoins(pays: Pays, nationale: Utilisateur) -> None:
    assert tout(coordinatrice(pays.doubs)) is None
    assert tout(agent(pays.dla[0])) is None
    assert tout(nationale) is not None
    ailleurs = operateur("DLA d’ailleurs", pays.region)
    signal(ailleurs, themes=[BANQUE])
    assert tout(nationale) is None


def test_qui_lit_plus_que_les_besoins_libres_lit_les_besoins(pays: Pays) -> None:
    """Une coordinatrice qui mène aussi des diagnostics en lit les besoins, que nul cumul ne dit."""
    personne = coordinatrice(pays.doubs, pays.jura)
    chez = Organisation.objects.de_nature(Nature.DLA_REGIONAL).get()
    besoin = besoin_de_diagnostic(chez, dit="Un refus", theme=BANQUE)
    assert tout(personne) is None
    Diagnostic.objects.update(etat=EtatDiagnostic.EN_COURS)
    assert tout(personne) is None
    Besoin.objects.filter(pk=besoin.pk).update(interne=True)
    verifier(personne)


@pytest.mark.parametrize("toute", [True, False])
def test_la_page_de_qui_coordonne_tient_en_douze_requetes(pays: Pays, toute: bool) -> None:
    client = connecte(coordinatrice(pays.doubs, *[pays.jura] * toute))
    adresse = reverse("identifier:partages")
    for suite in ("", "?colonnes=secteur", f"?theme={BANQUE}", "?secteur=culture"):
        client.get(adresse + suite)
        with CaptureQueriesContext(connection) as captees:
            assert client.get(adresse + suite).status_code == 200
        assert len(captees) <= 12


def test_vider_les_besoins_vide_les_cumuls(pays: Pays) -> None:
    """Ce que fait Django entre deux parcours, et qu'aucune ligne ne dit aux déclencheurs."""
    assert lus_par_mois()
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        curseur.execute("TRUNCATE identifier_signal CASCADE")
    assert lus_par_mois() == []


def _noter() -> None:
    structure = Organisation.objects.get(nom="Qui le dit")
    signal(Organisation.objects.get(nom="DLA"), structure=structure, themes=[BANQUE])


@pytest.mark.django_db(transaction=True)
def test_deux_dla_qui_notent_ensemble_comptent_une_structure() -> None:
    """Le second attend le premier, et voit que la structure l'a déjà dit."""
    organisation(nom="Qui le dit")
    operateur("DLA")
    l_un_attend_l_autre(_noter, _noter)
    with connection.cursor() as curseur:
        curseur.execute("SELECT sujet, valeurs[1] FROM identifier_cumul WHERE theme = %s", [BANQUE])
        lus = dict(curseur.fetchall())
    assert lus == {
        "structures": 1,
        "besoins": 2,
        "annee": 0,
        "semestre": 0,
        "lieu": 1,
        "secteur": 1,
    }
