"""Un fichier faux est refusé avec son nom, le code en cause et la raison, jamais autrement."""

import copy
import pickle
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import maillage.methode
from maillage.methode import MethodeInvalide, charger

DONNEES = Path(maillage.methode.__file__).parent / "donnees"
FICHIERS = sorted(chemin.name for chemin in DONNEES.glob("*.yaml"))


@pytest.fixture
def refuser(tmp_path: Path) -> Callable[[str, Callable[[str], str]], MethodeInvalide]:
    """Change un fichier d'une copie de la méthode et rend le refus obtenu."""
    dossier = tmp_path / "donnees"
    shutil.copytree(DONNEES, dossier)

    def changer(nom: str, changement: Callable[[str], str]) -> MethodeInvalide:
        chemin = dossier / nom
        avant = chemin.read_text(encoding="utf-8")
        apres = changement(avant)
        assert apres != avant, "le changement n'a rien changé"
        chemin.write_text(apres, encoding="utf-8")
        with pytest.raises(MethodeInvalide) as refus:
            charger(dossier)
        return refus.value

    return changer


Refuser = Callable[[str, Callable[[str], str]], MethodeInvalide]

CHANGEMENTS = [
    # fichier, texte cherché, remplacement, code, morceau de la raison
    ("cycle.yaml", "etapes:", "etapes: [", "cycle", "YAML mal formé, ligne"),
    ("cycle.yaml", "etapes:", "stades:", "cycle", "champ inconnu : stades"),
    ("cycle.yaml", "fait: budget_equilibre", "fait: magie", "engager.valider.budget", "« magie »"),
    ("cycle.yaml", "fait: budget_equilibre", "fait: 3", "engager.valider.budget", "fait : un t"),
    ("cycle.yaml", "[pratique_7]", "pratique_7", "engager.valider.budget", "fiches : une liste"),
    ("cycle.yaml", "[pratique_7]", "[pratique_9]", "engager.valider.budget", "pratique_9"),
    ("cycle.yaml", "[pratique_7]", "[pratique_7, pratique_7]", "pratique_7", "deux fois"),
    ("cycle.yaml", "code: avis", "code: budget", "engager.valider.budget", "deux fois"),
    ("cycle.yaml", "code: avis", "code: Avis du comité", "engager.valider", "code mal formé"),
    ("cycle.yaml", "code: avis", "code: 12", "engager.valider", "code mal formé : 12"),
    ("cycle.yaml", "code: avis\n", "code: avis\n            code: bis\n", "cycle", "deux fois"),
    ("cycle.yaml", "code: avis\n", "code: avis\n            poids: 3\n",
     "engager.valider.avis", "champ inconnu : poids"),
    ("cycle.yaml", "libelle: Recueillir l’avis du comité d’appui", "libelle: ''",
     "engager.valider.avis", "libelle : texte vide"),
    ("cycle.yaml", "            libelle: Recueillir l’avis du comité d’appui\n", "",
     "engager.valider.avis", "champ absent : libelle"),
    ("cycle.yaml", "source: S3, schéma du cycle\n", "", "cycle", "source"),
    ("cycle.yaml", "source: S3, schéma du cycle\n", "source: 2006\n", "cycle", "source : un texte"),
    ("signaux.yaml", "identifier.cerner.documents", "identifier.cerner.rien", "documents", "point"),
    ("objectifs.yaml", "commun: true", "commun: oui", "innovation", "true ou false"),
    ("prestations.yaml", "version: 1", "version: 1.5", "prestations", "version : un nombre"),
    ("prestations.yaml", "version: 1", "version: true", "prestations", "version : un nombre"),
    ("themes.yaml", "[projet]", "[magie]", "projet", "prestations : « magie »"),
    ("postures.yaml", "projet: projet.fort", "projet: projet.moyen", "facilitateur", "projet : "),
    ("resultats.yaml", "autoevaluation: descriptif", "autoevaluation: humeur",
     "innovation.echanges", "« humeur »"),
    ("resultats.yaml", "[dla_regional, prestataires]", "[prestataires]",
     "resultats.cellules.dla_regional", "12 attendus, 11 trouvés"),
    ("resultats.yaml", "        autoevaluation: appreciation\n", "",
     "resultats.cellules.autoevaluation", "16 attendus, 15 trouvés"),
    ("objectifs.yaml", "    commun: true\n", "", "objectifs.communs", "5 attendus, 4 trouvés"),
    ("capitalisation.yaml", "  - {code: contenu", "#", "capitalisation.natures", "3 attendus"),
]  # fmt: skip


@pytest.mark.parametrize(("fichier", "cherche", "remplace", "code", "raison"), CHANGEMENTS)
def test_une_faute_est_refusee_avec_son_lieu(
    refuser: Refuser, fichier: str, cherche: str, remplace: str, code: str, raison: str
) -> None:
    refus = refuser(fichier, lambda texte: texte.replace(cherche, remplace, 1))
    assert (refus.fichier, refus.code) == (fichier, code)
    assert raison in refus.raison
    assert str(refus) == f"{refus.fichier}, {refus.code} : {refus.raison}"


def test_une_question_retiree_fausse_le_compte(refuser: Refuser) -> None:
    question = re.compile(r" +- code: cofinancements\n.*\n")
    refus = refuser("cycle.yaml", lambda texte: question.sub("", texte))
    assert (refus.fichier, refus.code) == ("cycle.yaml", "cycle.questions")
    assert refus.raison == "137 attendus, 136 trouvés"


@pytest.mark.parametrize("fichier", FICHIERS)
@pytest.mark.parametrize("contenu", ["", "[]", "bonjour", "? [a]\n: b", "\x00", "--- a\n--- b"])
def test_un_fichier_qui_n_est_pas_un_sujet_est_refuse(
    refuser: Refuser, fichier: str, contenu: str
) -> None:
    refus = refuser(fichier, lambda _: contenu)
    assert (refus.fichier, refus.code) == (fichier, fichier.removesuffix(".yaml"))


@pytest.mark.parametrize("fichier", FICHIERS)
def test_un_fichier_absent_est_refuse(tmp_path: Path, fichier: str) -> None:
    shutil.copytree(DONNEES, tmp_path, dirs_exist_ok=True)
    (tmp_path / fichier).unlink()
    with pytest.raises(MethodeInvalide, match=f"{fichier}, .*absent"):
        charger(tmp_path)


def test_un_fichier_qui_n_est_pas_en_utf_8_est_refuse(tmp_path: Path) -> None:
    shutil.copytree(DONNEES, tmp_path, dirs_exist_ok=True)
    (tmp_path / "cycle.yaml").write_bytes("étapes".encode("latin-1"))
    with pytest.raises(MethodeInvalide, match="UTF-8"):
        charger(tmp_path)


def test_un_refus_traverse_les_processus() -> None:
    refus = pickle.loads(pickle.dumps(MethodeInvalide("a.yaml", "b", "c")))  # noqa: S301
    assert vars(refus) == {"fichier": "a.yaml", "code": "b", "raison": "c"}


def _chemins(donnee: Any, chemin: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Le chemin de chaque valeur d'un YAML, racine exceptée."""
    cles = donnee.keys() if isinstance(donnee, dict) else range(len(donnee))
    for cle in cles:
        yield (*chemin, cle)
        if isinstance(donnee[cle], dict | list):
            yield from _chemins(donnee[cle], (*chemin, cle))


SUJETS = {nom: yaml.safe_load((DONNEES / nom).read_text(encoding="utf-8")) for nom in FICHIERS}
VALEURS = [(nom, chemin) for nom, sujet in SUJETS.items() for chemin in _chemins(sujet)]


class _Dossier:
    """Le dossier de la méthode, avec un fichier remplacé en mémoire."""

    def __init__(self, nom: str, donnee: Any) -> None:
        self.nom, self.texte = nom, yaml.safe_dump(donnee, allow_unicode=True)

    def joinpath(self, nom: str) -> Any:
        return self if nom == self.nom else DONNEES / nom

    def read_text(self, encoding: str) -> str:
        return self.texte


def _alterer(nom: str, chemin: tuple[Any, ...], valeur: object) -> _Dossier:
    sujet = copy.deepcopy(SUJETS[nom])
    parent = sujet
    for cle in chemin[:-1]:
        parent = parent[cle]
    parent[chemin[-1]] = valeur
    return _Dossier(nom, sujet)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(VALEURS), st.sampled_from([1.5, "", [[]], {"x": 1}]))
def test_aucune_valeur_d_un_autre_type_ne_passe(
    lieu: tuple[str, tuple[Any, ...]], valeur: object
) -> None:
    with pytest.raises(MethodeInvalide) as refus:
        charger(_alterer(*lieu, valeur))  # type: ignore[arg-type]
    assert refus.value.code
    assert refus.value.raison
