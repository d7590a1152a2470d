"""Ce que chaque critère lit d'une fiche ou du registre : oui, non, ou l'on ne sait pas."""

from __future__ import annotations

from typing import Any

import pytest

from maillage.accueillir.models import Diagnostic, EtatDiagnostic
from maillage.annuaire.models import (
    AssociationRNA,
    ChiffresAnnuels,
    Organisation,
    Role,
    UniteLegale,
)
from maillage.identifier.ciblage.sortes import SORTES, lire
from maillage.identifier.ciblage.vivier import Vivier
from maillage.socle.models import Utilisateur
from maillage.socle.quantites import Precision, Quantite
from maillage.territoires.models import Territoire
from tests.fabriques import departement, operateur
from tests.identifier.ciblage.monde import critere, entree, recherche, structure
from tests.identifier.monde import signal

THEME = "economie.mecenat"


def verdicts(dla: Organisation, agente: Utilisateur, code: str, valeur: Any) -> dict[str, str]:
    """Le verdict de chaque structure, fiches et registre, par son nom."""
    posee = recherche(dla, registre=True, criteres={code: critere(valeur)})
    vivier = Vivier(posee, agente)
    return {
        nom: profil
        for source in (vivier.fiches(), vivier.registre())
        for nom, profil in source.values_list("nom", "profil")
    }


def test_territoires(dla, agente, besancon, pontarlier) -> None:
    structure(dla, "À Besançon", commune=besancon)
    structure(dla, "À Pontarlier", commune=pontarlier)
    structure(dla, "Sans lieu")
    entree("W1", "Au registre", besancon)
    assert verdicts(dla, agente, "lieux", [[besancon.pk, "Besançon"]]) == {
        "À Besançon": "o",
        "À Pontarlier": "n",
        "Sans lieu": "i",
        "Au registre": "o",
    }


def test_autour_d_un_lieu(dla, agente, besancon, pontarlier) -> None:
    """Quarante-cinq kilomètres à vol d'oiseau séparent Besançon et Pontarlier."""
    structure(dla, "À Pontarlier", commune=pontarlier)
    structure(dla, "Sans lieu")
    entree("W1", "Au registre", pontarlier)
    centre = [besancon.pk, "Besançon", besancon.longitude, besancon.latitude]
    for km, dit in ((46, "o"), (43, "n")):
        assert verdicts(dla, agente, "autour", {"centre": centre, "km": km}) == {
            "À Pontarlier": dit,
            "Sans lieu": "i",
            "Au registre": dit,
        }


@pytest.mark.parametrize(
    ("code", "champ", "voulu", "autre"),
    [
        ("secteur", "secteur", "culture", "sport"),
        ("branche", "branche", "livre", "patrimoine"),
        ("forme", "categorie_juridique", "9220", "9230"),
    ],
)
def test_codes(dla, agente, besancon, code: str, champ: str, voulu: str, autre: str) -> None:
    for nom, dit in (("Oui", voulu), ("Non", autre), ("Tue", "")):
        structure(dla, nom, commune=besancon, **{champ: dit})
        entree(f"W{nom}", f"Registre {nom}", besancon, **{champ: dit})
    lus = verdicts(dla, agente, code, [voulu])
    assert lus == {
        f"{source}{nom}": dit
        for source in ("", "Registre ")
        for nom, dit in (("Oui", "o"), ("Non", "n"), ("Tue", "i"))
    }


def test_codes_officiels(dla, agente, besancon) -> None:
    UniteLegale.objects.create(siren="552100554", nom="Théâtre", naf="90.01Z")
    AssociationRNA.objects.create(numero="W251000001", nom="Théâtre", objet_social1="006020")
    structure(dla, "Reliée", siren="552100554", rna="W251000001")
    structure(dla, "Sans numéro")
    entree("W251000002", "Autre", besancon, siren="552100555")
    assert verdicts(dla, agente, "naf", ["90"]) == {"Reliée": "o", "Sans numéro": "i", "Autre": "i"}
    assert verdicts(dla, agente, "naf", ["88"])["Reliée"] == "n"
    assert verdicts(dla, agente, "objets", ["006000"])["Reliée"] == "o"
    assert verdicts(dla, agente, "objets", ["011000"])["Reliée"] == "n"


def test_annee_de_creation(dla, agente, besancon) -> None:
    structure(dla, "Ancienne", creee_en=1975)
    structure(dla, "Tue")
    entree("W1", "Récente", besancon, creee_en=2015)
    assert verdicts(dla, agente, "creation", {"de": 2000, "a": None}) == {
        "Ancienne": "n",
        "Tue": "i",
        "Récente": "o",
    }


def test_mots_de_l_activite(dla, agente, besancon) -> None:
    structure(dla, "Scène", objet="Création de théâtres de rue")
    structure(dla, "Stade", objet="Pratique du football")
    structure(dla, "Tue")
    entree("W1", "Registre", besancon, objet="'theatr':1")
    entree("W2", "Registre muet", besancon)
    assert verdicts(dla, agente, "objet", ["danse", "theatre"]) == {
        "Scène": "o",
        "Stade": "n",
        "Tue": "i",
        "Registre": "o",
        "Registre muet": "i",
    }


def _chiffres(organisation: Organisation, annee: int, **quantites: Quantite) -> None:
    ligne = ChiffresAnnuels(organisation=organisation, annee=annee)
    for nom, quantite in quantites.items():
        setattr(ligne, nom, quantite)
    ligne.save()


def test_budget_de_la_derniere_annee_connue(dla, agente) -> None:
    oui, non = structure(dla, "Oui"), structure(dla, "Non")
    structure(dla, "Tue")
    _chiffres(oui, 2020, budget=Quantite(500))
    _chiffres(oui, 2023, budget=Quantite(50_000))
    _chiffres(oui, 2024, etp=Quantite(2))
    _chiffres(non, 2023, budget=Quantite(500))
    lus = verdicts(dla, agente, "budget", {"de": 10_000, "a": 100_000})
    assert lus == {"Oui": "o", "Non": "n", "Tue": "i"}


@pytest.mark.parametrize(
    ("bornes", "dit"),
    [((10, None), "o"), ((100, None), "i"), ((None, 100), "i"), ((None, 10), "n")],
)
def test_au_moins_ne_plafonne_pas(dla, agente, bornes: tuple[Any, Any], dit: str) -> None:
    une = structure(dla, "Une")
    _chiffres(une, 2023, adherents=Quantite(50, Precision.AU_MOINS))
    de, a = bornes
    assert verdicts(dla, agente, "adherents", {"de": de, "a": a}) == {"Une": dit}


def test_un_dossier_que_l_on_ne_lit_pas_est_inconnu(dla, agente) -> None:
    """L'annuaire partagé montre le nom, pas les chiffres."""
    partagee = structure(operateur("DLA de la Gironde", departement("33", "Gironde")), "Réseau")
    partagee.natures = ["structure", "reseau"]
    partagee.save()
    _chiffres(partagee, 2023, budget=Quantite(50_000))
    assert verdicts(dla, agente, "budget", {"de": 1, "a": None}) == {"Réseau": "i"}


def test_postes(dla, agente, besancon) -> None:
    """L'ETP, à défaut l'emploi ; au registre, une tranche à cheval ne répond pas."""
    _chiffres(structure(dla, "ETP"), 2023, etp=Quantite(4), emplois=Quantite(40))
    _chiffres(structure(dla, "Emplois"), 2023, emplois=Quantite(40))
    for tranche in ("02", "03", "12", "NN", ""):
        entree(f"W{tranche}", f"Tranche {tranche}", besancon, tranche_effectifs=tranche)
    assert verdicts(dla, agente, "effectif", {"de": 3, "a": 8}) == {
        "ETP": "o",
        "Emplois": "n",
        "Tranche 02": "o",
        "Tranche 03": "i",
        "Tranche 12": "n",
        "Tranche NN": "i",
        "Tranche ": "i",
    }


def test_sortes_d_emploi(dla, agente) -> None:
    _chiffres(structure(dla, "Alternance"), 2023, alternance=Quantite(1))
    _chiffres(structure(dla, "Rien"), 2023, alternance=Quantite(0), insertion=Quantite(0))
    _chiffres(structure(dla, "À moitié dite"), 2023, alternance=Quantite(0))
    lus = verdicts(dla, agente, "emploie", ["alternance", "insertion"])
    assert lus == {"Alternance": "o", "Rien": "n", "À moitié dite": "i"}


def test_besoins_des_signaux(dla, agente) -> None:
    signal(dla, structure=structure(dla, "Dit"), themes=[THEME])
    signal(dla, structure=structure(dla, "Dit autre chose"), themes=["emploi.employeur"])
    signal(dla, structure=structure(dla, "Non codé"))
    structure(dla, "Tue")
    assert verdicts(dla, agente, "besoins", [THEME]) == {
        "Dit": "o",
        "Dit autre chose": "n",
        "Non codé": "i",
        "Tue": "i",
    }


def _diagnostic(chez: Organisation, dla: Organisation) -> None:
    fait = Diagnostic.objects.create(
        structure=chez,
        operateur=dla,
        etat=EtatDiagnostic.VALIDE,
        valide_le="2026-01-05T00:00:00Z",
    )
    fait.besoins.create(domaine="economie", dit="Un mécène", theme=THEME)


def test_le_diagnostic_d_un_autre_dla_reste_inconnu(dla, agente) -> None:
    """Règle 3 : la structure se compte, et le critère ne dit rien de ses réponses."""
    _diagnostic(structure(dla, "Chez nous"), dla)
    ailleurs = operateur("DLA du Jura", departement("39", "Jura"))
    _diagnostic(structure(dla, "Chez eux"), ailleurs)
    lus = verdicts(dla, agente, "besoins", [THEME])
    assert lus == {"Chez nous": "o", "Chez eux": "i"}
    assert verdicts(dla, agente, "besoins", ["emploi.employeur"])["Chez eux"] == "i"


def test_une_personne_de_deux_dla_ne_mele_pas_leurs_diagnostics(dla, agente) -> None:
    ailleurs = operateur("DLA du Jura", departement("39", "Jura"))
    agent_des_deux = agente
    agent_des_deux.personne.rattachements.create(
        organisation=ailleurs, role=Role.CHARGE_ACCOMPAGNEMENT
    )
    _diagnostic(structure(dla, "Chez eux"), ailleurs)
    assert verdicts(dla, agent_des_deux, "besoins", [THEME]) == {"Chez eux": "i"}
    assert verdicts(ailleurs, agent_des_deux, "besoins", [THEME]) == {"Chez eux": "o"}


def test_tous_les_criteres_ensemble(dla, agente, besancon: Territoire) -> None:
    """Aucun ne s'oppose à un autre dans la même requête, et chacun rend une lettre."""
    centre = [besancon.pk, "Besançon", besancon.longitude, besancon.latitude]
    valeurs = {
        "lieux": [[besancon.pk, "Besançon"]],
        "autour": {"centre": centre, "km": 10},
        "accompagnee": "non",
        **{c: ["x"] for c in ("secteur", "branche", "naf", "objets", "forme", "objet")},
        **{c: {"de": 1, "a": 9} for c in ("creation", "adherents", "budget", "effectif")},
        "besoins": [THEME],
        "emploie": ["cdi"],
    }
    assert set(valeurs) == set(SORTES)
    posee = recherche(dla, registre=True, criteres={c: critere(v) for c, v in valeurs.items()})
    structure(dla, "Une", commune=besancon)
    entree("W1", "Deux", besancon)
    vivier = Vivier(posee, agente)
    assert [c.sorte.code for c in lire(posee.criteres)] == list(SORTES)
    assert vivier.fiches().get().profil == "ooiiiiioiiiiiii"
    assert vivier.registre().get().profil == "ooiiiiiiiiiiiii"
    assert vivier.retenues(vivier.fiches()).count() == 1
    assert vivier.ecartees(vivier.fiches()).count() == 0
