"""Importer le RNA : ce que l'on en garde, ce que l'on n'en lit jamais, ce qui l'emporte."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from maillage.annuaire.models import AssociationRNA, ConstatDImport
from maillage.territoires.models import Territoire
from tests.annuaire.registre.importer.conftest import Import
from tests.annuaire.registre.importer.fichiers import (
    ANCIENNE,
    ASSOCIATION,
    IMPORT,
    WALDEC,
    WALDEC_2018,
    associations,
    deposer,
    tableau,
    zipper,
)

VRAIES = Path(__file__).parents[5] / "shared" / "data" / "rna"


def la_ligne() -> AssociationRNA:
    return AssociationRNA.objects.get()


def test_une_association_entre_avec_son_identite(
    importe: Import, tmp_path: Path, besancon: Territoire
) -> None:
    compte = importe(deposer(tmp_path, tableau([ASSOCIATION])))
    assert (compte.lues, compte.ajoutees, compte.rejetees) == (1, 1, 0)
    ligne = la_ligne()
    assert (ligne.nom, ligne.sigle) == ("L’ŒUVRE DES CHÂTEAUX", "ODC")
    assert ligne.nom_normalise == "l oeuvre des chateaux odc"
    assert ligne.objet == "organiser des visites, faire connaître les lieux"
    assert (ligne.objet_social1, ligne.objet_social2) == ("006030", "")
    assert ligne.adresse == "12 RUE du Rondeau"
    assert ligne.commune == besancon
    assert (ligne.creee_le, ligne.publiee_le) == (date(1998, 3, 2), None)
    assert ligne.maj_le is not None
    assert ligne.maj_le.isoformat() == "2020-06-01T08:00:00+00:00"


def test_rien_de_personnel_n_entre(importe: Import, tmp_path: Path) -> None:
    personnel = {
        **ASSOCIATION,
        "dir_civilite": "PP",
        "telephone": "0600000000",
        "email": "camille@exemple.fr",
        "siteweb": "camille@exemple.fr",
    }
    importe(deposer(tmp_path, tableau([personnel], WALDEC_2018)))
    with connection.cursor() as curseur:
        curseur.execute("SELECT to_jsonb(a)::text FROM annuaire_associationrna a")
        (texte,) = curseur.fetchone()
    for prive in ("MARTIN", "chez elle", "0600000000", "camille"):
        assert prive not in texte


@pytest.mark.parametrize(
    "forme",
    [
        {"encodage": "utf-8-sig"},
        {"encodage": "utf-8", "tout_cite": False},
        {"encodage": "cp1252", "tout_cite": False},
        {"separateur": ","},
        {"separateur": "\t"},
    ],
)
def test_l_encodage_et_le_separateur_se_reconnaissent(
    forme: dict[str, Any], importe: Import, tmp_path: Path
) -> None:
    importe(deposer(tmp_path, tableau([ASSOCIATION], **forme)))
    assert la_ligne().nom == ASSOCIATION["titre"]


def test_les_colonnes_se_lisent_par_leur_nom(importe: Import, tmp_path: Path) -> None:
    importe(deposer(tmp_path, tableau([ASSOCIATION], sorted(WALDEC, reverse=True))))
    assert la_ligne().adresse == "12 RUE du Rondeau"


def test_le_titre_court_abrege_n_est_pas_un_sigle(importe: Import, tmp_path: Path) -> None:
    importe(deposer(tmp_path, tableau([{**ASSOCIATION, "titre_court": "L’ŒUVRE DES CHÂ..."}])))
    assert la_ligne().sigle == ""


def test_un_arrondissement_est_de_sa_ville(
    importe: Import, tmp_path: Path, paris: Territoire
) -> None:
    importe(deposer(tmp_path, tableau([{**ASSOCIATION, "adrs_codeinsee": "75114"}])))
    assert (la_ligne().code_commune, la_ligne().commune) == ("75114", paris)


def test_sans_code_la_commune_se_retrouve_par_son_nom(
    importe: Import, tmp_path: Path, besancon: Territoire
) -> None:
    Territoire.objects.filter(pk=besancon.pk).update(nom_normalise="besancon")
    importe(deposer(tmp_path, tableau([{**ASSOCIATION, "adrs_codeinsee": ""}])))
    assert la_ligne().commune == besancon


def test_mayotte_a_une_lettre_dans_son_numero(importe: Import, tmp_path: Path) -> None:
    importe(deposer(tmp_path, tableau([{**ASSOCIATION, "id": "w9t1002867"}])))
    assert la_ligne().numero == "W9T1002867"


def test_le_fichier_d_avant_waldec(importe: Import, tmp_path: Path) -> None:
    reprise = {**ANCIENNE, "id": "251S9", "position": "R", "observation": "W251000009"}
    importe(deposer(tmp_path, tableau([ANCIENNE, reprise], IMPORT, encodage="cp1252")))
    numeros = set(AssociationRNA.objects.values_list("numero", "origine", "adresse"))
    assert numeros == {
        ("251S0000000001", "import", "4 RUE Haute"),
        ("W251000009", "import", "4 RUE Haute"),
    }


def test_waldec_l_emporte_sur_ce_qui_le_precedait(importe: Import, tmp_path: Path) -> None:
    reprise = {**ANCIENNE, "position": "R", "observation": "W251000001"}
    for contenu in (
        tableau([ASSOCIATION]),
        tableau([reprise | {"maj_time": "2025-01-01"}], IMPORT),
    ):
        importe(deposer(tmp_path, contenu))
    assert la_ligne().nom == ASSOCIATION["titre"]


@pytest.mark.parametrize("ensemble", [True, False])
def test_d_un_numero_ecrit_deux_fois_le_plus_recent_l_emporte(
    ensemble: bool, importe: Import, tmp_path: Path
) -> None:
    recente = {**ASSOCIATION, "titre": "LE NEUF", "maj_time": "2024-01-01 00:00:00"}
    entrees = (
        {"a.csv": tableau([recente, ASSOCIATION])}
        if ensemble
        else {"a.csv": tableau([recente]), "b.csv": tableau([ASSOCIATION])}
    )
    importe(zipper(tmp_path, entrees))
    assert la_ligne().nom == "LE NEUF"


def test_un_numero_deja_la_ne_change_rien_au_compte_des_autres(
    importe: Import, tmp_path: Path
) -> None:
    """Le premier lot va droit dans la table vide ; le second y trouve un numéro, et se croise."""
    deja, neuve, autre = associations(3)
    dissoute = {"position": "D", "date_disso": "2023-05-04"}
    entrees = {
        "a.csv": tableau([deja, neuve | dissoute]),
        "b.csv": tableau([deja, autre | dissoute]),
    }
    compte = importe(zipper(tmp_path, entrees))
    assert (compte.ajoutees, compte.changees, compte.inchangees, compte.dissoutes) == (3, 0, 1, 2)
    assert AssociationRNA.objects.count() == 3


def test_reimporter_ne_recrit_rien(importe: Import, tmp_path: Path) -> None:
    chemin = deposer(tmp_path, tableau(associations(50)))
    importe(chemin)
    avant = _versions()
    compte = importe(chemin)
    assert (compte.ajoutees, compte.changees, compte.inchangees) == (0, 0, 50)
    assert _versions() == avant


def _versions() -> list[tuple[str, str]]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT numero, xmin::text || ctid::text FROM annuaire_associationrna")
        return sorted(curseur.fetchall())


def test_un_fichier_plus_recent_met_a_jour_et_marque_la_dissolution(
    importe: Import, tmp_path: Path
) -> None:
    importe(deposer(tmp_path, tableau([ASSOCIATION])))
    dissoute = {
        **ASSOCIATION,
        "position": "D",
        "date_disso": "2024-05-06",
        "maj_time": "2024-06-01 00:00:00",
    }
    compte = importe(deposer(tmp_path, tableau([dissoute])))
    assert (compte.changees, compte.dissoutes) == (1, 1)
    assert (la_ligne().etat, la_ligne().dissoute_le) == ("dissoute", date(2024, 5, 6))
    importe(deposer(tmp_path, tableau([ASSOCIATION])))
    assert la_ligne().etat == "dissoute"


def test_une_ligne_rejetee_dit_sa_ligne_et_sa_raison(importe: Import, tmp_path: Path) -> None:
    lignes = associations(3)
    lignes[1]["id"] = "=2+2"
    contenu = tableau(lignes) + b'"W251000009";"court"\n'
    compte = importe(deposer(tmp_path, contenu))
    assert (compte.ajoutees, compte.rejetees) == (2, 2)
    rejets = ConstatDImport.objects.filter(importation=compte).values_list(
        "ligne", "numero", "raison"
    )
    assert set(rejets) == {
        (4, "=2+2", "le numéro n’est pas un numéro du RNA"),
        (8, "", "2 champs au lieu de 39"),
    }


def test_un_champ_illisible_est_laisse_vide_et_dit(importe: Import, tmp_path: Path) -> None:
    faux = {**ASSOCIATION, "siret": "12345678900011", "date_creat": "2015-13-45"}
    compte = importe(deposer(tmp_path, tableau([faux])))
    assert (la_ligne().siret, la_ligne().creee_le) == ("", None)
    constat = ConstatDImport.objects.get()
    assert not constat.rejetee
    assert "SIRET" in constat.raison
    assert "date_creat" in constat.raison
    assert compte.rejetees == 0


@pytest.mark.skipif(not VRAIES.exists(), reason="les lignes réelles de shared/data sont absentes")
@pytest.mark.parametrize(
    ("fichier", "attendues"),
    [
        ("rna_waldec_2026style_quoted_bom.csv", 4),
        ("rna_waldec_real_rows_2008_2024.csv", 4),
        ("rna_sample_waldec.csv", 3),
        ("rna_sample_import.csv", 3),
    ],
)
def test_les_lignes_reelles_entrent_toutes(fichier: str, attendues: int, importe: Import) -> None:
    compte = importe(VRAIES / fichier)
    assert (compte.ajoutees, compte.rejetees) == (attendues, 0)
