"""Un registre trop grand pour une page se compte en travail de fond, et dit la même chose."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from maillage.annuaire.models import Organisation
from maillage.identifier.ciblage.compte import compter_le_registre
from maillage.identifier.ciblage.lecture import Exploration
from maillage.identifier.ciblage.operations import garder
from maillage.identifier.ciblage.travail import COMPTER, compter
from maillage.identifier.models import CompteDuRegistre, RechercheDeCiblage
from maillage.socle.models import Travail, Utilisateur
from maillage.socle.travaux.registre import TravailRefuse
from maillage.territoires.models import Niveau, Territoire
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, operateur
from tests.identifier.ciblage.monde import critere, entree, recherche, structure
from tests.requetes import requetes

pytestmark = pytest.mark.django_db

CULTURE = {"secteur": critere(["culture"], inconnues=False)}


class Dite:
    """Une progression qui retient ce qu'elle a dit."""

    def __init__(self) -> None:
        self.pas: list[tuple[int, int, str]] = []

    def avancer(self, fait: int, total: int, message: str = "") -> None:
        self.pas.append((fait, total, message))


@pytest.fixture
def jura() -> Territoire:
    return commune("39300", "Lons-le-Saunier", dans=departement("39", "Jura"))


@pytest.fixture
def posee(dla: Organisation, besancon: Territoire, jura: Territoire) -> RechercheDeCiblage:
    """Cinq entrées dans deux départements, une fiche ; trois de culture au registre."""
    structure(dla, "Une fiche", commune=besancon, secteur="culture")
    for numero, nom, ou, secteur in (
        ("W1", "Zèbre", besancon, "culture"),
        ("W2", "Ânes", jura, "culture"),
        ("W3", "Mules", jura, "culture"),
        ("W4", "Sport", jura, "sport"),
        ("W5", "Rien dit", besancon, ""),
    ):
        entree(numero, nom, ou, secteur=secteur)
    lieux = [departement(), departement("39", "Jura")]
    return recherche(dla, lieux=lieux, registre=True, criteres=CULTURE)


@pytest.fixture
def court(monkeypatch: pytest.MonkeyPatch) -> None:
    """Une page ne juge plus que deux entrées."""
    monkeypatch.setattr("maillage.identifier.ciblage.lecture.AU_REGISTRE", 2)


def _compter(objet: RechercheDeCiblage, par: Utilisateur) -> str:
    return compter(Dite(), recherche=str(objet.pk), par=str(par.pk))  # type: ignore[arg-type]


def _dit(vue: Exploration) -> tuple[Any, ...]:
    places = [(p.nom, p.nombre) for p in vue.places]
    return vue.cascade, places, [a.nom for a in vue.apercu]


def test_compte_par_tranches_il_dit_ce_que_dirait_la_page(
    posee: RechercheDeCiblage, agente: Utilisateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    attendu = {par: _dit(Exploration(posee, agente, par)) for par in ("departement", "epci")}
    monkeypatch.setattr("maillage.identifier.ciblage.lecture.AU_REGISTRE", 2)
    assert _compter(posee, agente) == "5\u00a0entrées jugées au registre."
    for par, dit in attendu.items():
        assert _dit(Exploration(posee, agente, par)) == dit


def test_la_progression_nomme_les_departements(
    posee: RechercheDeCiblage, agente: Utilisateur
) -> None:
    dite = Dite()
    compter_le_registre(Exploration(posee, agente).vivier, dite.avancer)
    assert [(fait, total) for fait, total, _ in dite.pas] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [message for *_, message in dite.pas] == ["Doubs", "Jura", "ailleurs", "entrées jugées"]


def test_une_commune_sans_departement_se_compte_aussi(
    dla: Organisation, agente: Utilisateur
) -> None:
    seule = Territoire.objects.create(niveau=Niveau.COMMUNE, code="97701", nom="Saint-Barthélemy")
    seule.chemin = [seule.pk]
    seule.save()
    entree("W9", "Au loin", seule, secteur="culture")
    objet = recherche(dla, lieux=[seule], registre=True, criteres=CULTURE)
    compte = compter_le_registre(Exploration(objet, agente).vivier, Dite().avancer)
    assert compte.premieres == ["W9"]
    assert compte.lieux["departement"] == {"": 1}


@pytest.mark.usefixtures("court")
def test_la_page_propose_de_compter_puis_dit_ce_qui_a_ete_compte(
    posee: RechercheDeCiblage, agente: Utilisateur
) -> None:
    client = connecte(agente)
    adresse = posee.get_absolute_url()
    avant = client.get(adresse).content.decode()
    assert "Compter le registre" in avant
    assert "Zèbre" not in avant
    suite = client.post(reverse("identifier:ciblage_compter", args=[posee.pk]))
    travail = Travail.objects.get(tache=COMPTER)
    assert suite["Location"] == travail.get_absolute_url()
    assert travail.suite == adresse
    assert client.post(reverse("identifier:ciblage_compter", args=[posee.pk]))["Location"] == (
        travail.get_absolute_url()
    )
    compter(Dite(), **travail.parametres)  # type: ignore[arg-type]
    apres = client.get(adresse).content.decode()
    assert "5\u00a0entrées jugées" in apres
    assert "Compter de nouveau" in apres
    assert "Zèbre" in apres
    assert requetes(client, adresse) <= 12


@pytest.mark.usefixtures("court")
def test_d_autres_criteres_demandent_un_autre_compte(
    posee: RechercheDeCiblage, agente: Utilisateur
) -> None:
    _compter(posee, agente)
    assert Exploration(posee, agente).registre_compte
    posee.criteres = {"secteur": critere(["sport"])}
    posee.save()
    assert not Exploration(posee, agente).registre_compte
    _compter(posee, agente)
    assert CompteDuRegistre.objects.get().profils.keys() == {"o", "n", "i"}


@pytest.mark.usefixtures("court")
def test_d_autres_lieux_aussi(posee: RechercheDeCiblage, agente: Utilisateur) -> None:
    _compter(posee, agente)
    posee.territoires.set([departement("39", "Jura")])
    assert not Exploration(posee, agente).registre_compte


@pytest.mark.usefixtures("court")
def test_le_resultat_garde_comprend_le_registre_compte(
    posee: RechercheDeCiblage, agente: Utilisateur
) -> None:
    sans = garder(posee, par=agente)
    assert (sans.retenues, sans.criteres["registre"]) == (1, False)
    _compter(posee, agente)
    avec = garder(RechercheDeCiblage.objects.get(pk=posee.pk), par=agente)
    assert (avec.retenues, avec.criteres["registre"]) == (4, True)
    assert {s.nom for s in avec.structures.all()} == {"Une fiche", "Zèbre", "Ânes", "Mules"}


def test_on_ne_compte_pas_le_ciblage_d_un_autre_dla(posee: RechercheDeCiblage) -> None:
    ailleurs = agent(operateur("DLA de la Gironde", departement("33", "Gironde")))
    with pytest.raises(TravailRefuse, match="plus à vous"):
        _compter(posee, ailleurs)
    adresse = reverse("identifier:ciblage_compter", args=[posee.pk])
    assert connecte(ailleurs).post(adresse).status_code == 404
    assert not CompteDuRegistre.objects.exists()


def test_les_fiches_connues_se_lisent_une_fois_et_non_pour_chaque_entree(
    posee: RechercheDeCiblage, agente: Utilisateur
) -> None:
    """Relues à chaque entrée, elles prenaient dix secondes pour un département."""
    plan = Exploration(posee, agente).vivier.registre().explain()
    assert plan.count("hashed SubPlan") == 2
    assert "Anti Join" not in plan
