"""L'accès régulier aux listes, celui des formulaires et des pages."""

import dataclasses
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import maillage
from maillage import methode


def test_les_choix_d_une_liste_sont_ses_codes_et_ses_libelles() -> None:
    assert methode.choix("objectifs.strategiques")[1] == (
        "utilite_sociale",
        "Consolider les activités d’utilité sociale",
    )


def test_chaque_liste_a_des_choix_distincts_et_lisibles() -> None:
    for nom in methode.noms_des_listes():
        codes, libelles = zip(*methode.choix(nom), strict=True)
        assert len(set(codes)) == len(codes), nom
        assert all(libelle and len(libelle) <= 90 for libelle in libelles), nom


def test_deux_choix_d_une_meme_liste_ne_se_lisent_pas_pareil() -> None:
    a_part = {"vocabulaire.regions", "cycle.questions"}
    for nom in set(methode.noms_des_listes()) - a_part:
        libelles = [libelle for _, libelle in methode.choix(nom)]
        assert len(set(libelles)) == len(libelles), nom


def test_le_code_d_un_element_emboite_contient_celui_de_son_parent() -> None:
    point = methode.point("engager.valider.budget")
    assert point.libelle == "Bâtir le budget d’intervention"
    assert point.fait == "budget_equilibre"
    assert point.questions[0].code == "engager.valider.budget.pertinence"


def test_une_liste_emboitee_se_lit_bout_a_bout() -> None:
    familles = methode.partenaires().familles
    attentes = [attente for famille in familles for attente in famille.attentes]
    assert list(methode.liste("partenaires.attentes")) == attentes
    assert methode.libelle("partenaires.attentes", "financeurs.obligation") == (
        "Faire appliquer une obligation"
    )


def test_chaque_sujet_a_sa_fonction() -> None:
    for sujet in dataclasses.fields(methode.Methode):
        fonction = "matrice" if sujet.name == "resultats" else sujet.name
        assert getattr(methode, fonction)() is getattr(methode.toute(), sujet.name)


def test_la_source_d_un_element_est_celle_qui_l_entoure_sauf_mention() -> None:
    assert methode.point("engager.valider.budget").questions[0].source == "S3, fiche 2/4"
    assert methode.element("groupes.vigilances", "attentes").source == "S3, fiche 4"
    assert methode.element("groupes.methodes", "ciblage").source.startswith("S1")


def test_un_code_disparu_reste_affichable() -> None:
    assert methode.libelle("signaux.sources", "rumeur") == "rumeur"
    assert methode.libelle("signaux.sources", "documents") == "Étude, rapport ou texte de droit"


@pytest.mark.parametrize("nom", ["", "signaux", "signaux.version", "inconnu.liste"])
def test_une_liste_inconnue_est_une_erreur(nom: str) -> None:
    with pytest.raises(KeyError):
        methode.choix(nom)


def test_un_point_inconnu_est_une_erreur() -> None:
    with pytest.raises(KeyError):
        methode.point("engager.valider.magie")


def test_la_methode_ne_se_modifie_pas() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        methode.cycle().etapes[0].libelle = "Autre"  # type: ignore[misc]


def test_la_methode_est_lue_une_seule_fois() -> None:
    assert methode.cycle() is methode.cycle()


def test_chaque_fait_est_constate_par_une_piece_qui_existe() -> None:
    racine = Path(maillage.__file__).parent
    for fait in methode.faits().faits:
        assert (racine / fait.piece / "__init__.py").is_file(), fait.code


def test_la_methode_se_lit_sans_django() -> None:
    code = "import sys; from maillage import methode; methode.toute(); print(*sys.modules)"
    commande = [sys.executable, "-c", code]
    modules = subprocess.run(commande, capture_output=True, text=True, check=True).stdout.split()
    assert "maillage.methode" in modules
    assert "django" not in modules


def test_la_methode_se_lit_dans_une_archive(tmp_path: Path) -> None:
    """Comme dans une roue que l'on n'aurait pas dépliée : tout passe par importlib.resources."""
    racine = Path(maillage.__file__).parent
    archive = tmp_path / "maillage.zip"
    with zipfile.ZipFile(archive, "w") as contenu:
        for chemin in [racine / "__init__.py", *(racine / "methode").rglob("*.*")]:
            contenu.write(chemin, Path("maillage") / chemin.relative_to(racine))
    code = "from maillage import methode; print(methode.__file__, len(methode.cycle().points))"
    commande = [sys.executable, "-c", code]
    lieu = {**os.environ, "PYTHONPATH": str(archive)}
    sortie = subprocess.run(commande, capture_output=True, text=True, check=True, env=lieu).stdout
    assert sortie.startswith(str(archive))
    assert sortie.endswith(" 45\n")
