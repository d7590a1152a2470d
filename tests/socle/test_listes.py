"""Listes : l'adresse garde tout l'état, et rien d'illisible ne casse la page."""

import pytest
from django import forms
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from maillage.socle import listes
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Filtres, Liste, PaginateurBorne
from maillage.socle.models import Travail
from maillage.socle.mots import compter, enumerer, minuscule

COLONNES = [
    ColonneDeListe("Nom", "nom", ["libelle"]),
    ColonneDeListe("Date", "date", ["-cree_le"]),
    ColonneDeListe("Gestes"),
]


class FiltresDEssai(Filtres):
    egaux = ("etat",)
    etat = forms.ChoiceField(required=False, choices=[("", "tous"), ("fini", "finis")])
    fait = forms.IntegerField(required=False)


@pytest.fixture
def travaux(db: None) -> None:
    for nom, etat in [("b", "fini"), ("a", "fini"), ("c", "echoue")]:
        Travail.objects.create(libelle=nom, tache="", etat=etat)


def liste(adresse: str, par_page: int = 25) -> Liste:
    requete = RequestFactory().get(adresse)
    return Liste(
        requete,
        Travail.objects.all(),
        colonnes=COLONNES,
        tri="nom",
        filtres=FiltresDEssai(requete.GET),
        par_page=par_page,
    )


@pytest.mark.parametrize(
    ("adresse", "attendus"),
    [
        ("/", "abc"),
        ("/?tri=-nom", "cba"),
        ("/?tri=date", "cab"),
        ("/?tri=inconnu", "abc"),
        ("/?tri=--nom", "abc"),
        ("/?tri=", "abc"),
        ("/?etat=fini", "ab"),
        ("/?etat=fini&tri=-nom", "ba"),
        ("/?etat=inconnu", "abc"),
        ("/?etat=fini&fait=abc", "ab"),
        ("/?page=zzz", "abc"),
        ("/?page=99", "abc"),
    ],
)
def test_l_adresse_dit_la_liste(travaux: None, adresse: str, attendus: str) -> None:
    assert "".join(t.libelle for t in liste(adresse).page) == attendus


def test_l_adresse_dit_les_filtres_poses(travaux: None) -> None:
    page = liste("/?etat=fini&tri=nom&page=2", par_page=1)
    assert page.total == 2
    assert page.filtres is not None
    assert page.filtres.actifs == {"etat": "fini"}


def test_l_export_suit_les_filtres_et_le_tri(travaux: None) -> None:
    export: Export[Travail] = Export("travaux", [Colonne("nom", "Nom", lambda t: t.libelle)])
    fichier = liste("/?etat=fini&tri=-nom&export=csv").exporter(export)
    assert fichier is not None
    assert fichier.getvalue().decode("utf-8-sig").split() == ["Nom", "b", "a"]
    assert liste("/?export=pdf").exporter(export) is None


@pytest.mark.parametrize("tri", ["nom", "-nom"])
def test_peu_de_lignes_se_trouvent_puis_se_trient(
    travaux: None, monkeypatch: pytest.MonkeyPatch, tri: str
) -> None:
    """Sans quoi PostgreSQL parcourt tout un index d'ordre pour trois lignes qui s'y trouvent."""
    triees = liste(f"/?tri={tri}")
    monkeypatch.setattr(listes, "COMPTEES", 1)
    suivies = liste(f"/?tri={tri}")

    assert "(ARRAY[" in str(triees.page.object_list.query)
    assert "(ARRAY[" not in str(suivies.page.object_list.query)
    assert list(triees.page)[:1] == list(suivies.page)


def test_une_liste_coute_deux_requetes(
    travaux: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        list(liste("/").page)


@pytest.mark.parametrize(("plafond", "deborde"), [(3, False), (2, True)])
def test_au_dela_du_plafond_la_liste_ne_compte_plus(
    travaux: None, monkeypatch: pytest.MonkeyPatch, plafond: int, deborde: bool
) -> None:
    monkeypatch.setattr("maillage.socle.listes.COMPTEES", plafond)
    derniere = liste("/?page=99", par_page=1).page
    assert (derniere.paginator.count, derniere.number) == (plafond, plafond)
    assert isinstance(derniere.paginator, PaginateurBorne)
    assert derniere.paginator.deborde is deborde


@pytest.mark.parametrize(
    ("mots", "attendu"),
    [([], ""), (["Doubs"], "Doubs"), (["Doubs", "Jura"], "Doubs et Jura")],
)
def test_une_enumeration(mots: list[str], attendu: str) -> None:
    assert enumerer(mots) == attendu


def test_un_sigle_reste_ce_qu_il_est_au_fil_d_une_phrase() -> None:
    assert [minuscule(m) for m in ("Le public", "DLA pilote", "")] == [
        "le public",
        "DLA pilote",
        "",
    ]


def test_compter_accorde() -> None:
    assert [compter(n, "signal", "signaux") for n in (0, 1, 2)] == [
        "0\u00a0signal",
        "1\u00a0signal",
        "2\u00a0signaux",
    ]
