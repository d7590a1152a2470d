"""Listes : l'adresse garde tout l'état, et rien d'illisible ne casse la page."""

from typing import Any

import pytest
from django import forms
from django.db.models import QuerySet
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from maillage.socle.listes import ColonneDeListe, Filtres, Liste
from maillage.socle.models import Travail
from maillage.socle.mots import compter, enumerer

COLONNES = [
    ColonneDeListe("Nom", "nom", ["libelle"]),
    ColonneDeListe("Date", "date", ["-cree_le"]),
    ColonneDeListe("Gestes"),
]


class FiltresDEssai(Filtres):
    etat = forms.ChoiceField(required=False, choices=[("", "tous"), ("fini", "finis")])
    fait = forms.IntegerField(required=False)

    def appliquer(self, objets: QuerySet[Any]) -> QuerySet[Any]:
        etat = self.cleaned_data.get("etat")
        return objets.filter(etat=etat) if etat else objets


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


def test_les_liens_gardent_l_etat_de_l_adresse(travaux: None) -> None:
    page = liste("/?etat=fini&tri=nom&page=2", par_page=1)
    assert page.total == 2
    assert page.lien(tri="-nom") == "?etat=fini&tri=-nom&page=2"
    assert page.filtres is not None
    assert page.filtres.actifs == {"etat": "fini"}


def test_une_liste_coute_deux_requetes(
    travaux: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        list(liste("/").page)


@pytest.mark.parametrize(
    ("mots", "attendu"),
    [([], ""), (["Doubs"], "Doubs"), (["Doubs", "Jura"], "Doubs et Jura")],
)
def test_une_enumeration(mots: list[str], attendu: str) -> None:
    assert enumerer(mots) == attendu


def test_compter_accorde() -> None:
    assert [compter(n, "signal", "signaux") for n in (0, 1, 2)] == [
        "0\u00a0signal",
        "1\u00a0signal",
        "2\u00a0signaux",
    ]
