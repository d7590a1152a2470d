"""La matrice : interrogé, répondu, mis de côté ; accord et divergence, jamais de moyenne."""

from __future__ import annotations

from typing import Any

from maillage import methode
from maillage.finaliser.calculs.matrice import (
    Accord,
    Ajout,
    Decompte,
    Ecart,
    EtatCellule,
    Ligne,
    tracer,
)

OUI = frozenset({"plutot_oui", "tout_a_fait"})
MATRICE = methode.matrice()
GESTION = "utilite_sociale.gestion"
LIENS = "partenariats.liens"


def lignes(ajouts: Any = (), ecarts: Any = (), decomptes: Any = ()) -> dict[str, Ligne]:
    groupes = tracer(MATRICE, ajouts, ecarts, decomptes, OUI)
    return {ligne.code: ligne for g in groupes for ligne in g.lignes}


def etat(ligne: Ligne, public: str) -> EtatCellule:
    return next(c.etat for c in ligne.cellules if c.public == public)


def test_vide_elle_a_trente_questions_et_81_cellules_attendues() -> None:
    groupes = tracer(MATRICE, (), (), (), OUI)
    assert [len(g.lignes) for g in groupes] == [10, 2, 4, 3, 4, 3, 2, 2]
    assert sum(g.attendues for g in groupes) == 81
    assert sum(g.repondues for g in groupes) == 0


def test_une_cellule_vide_dit_pourquoi() -> None:
    ligne = lignes()[GESTION]
    assert etat(ligne, "structures") is EtatCellule.PAS_REPONDU
    assert etat(ligne, "prestataires") is EtatCellule.PAS_INTERROGE


def test_une_question_s_ajoute_a_son_groupe() -> None:
    ajout = Ajout("a1", "innovation", "Et le jury ?", ("structures",))
    ligne = lignes(ajouts=[ajout])["a1"]
    assert ligne.ajoutee
    assert etat(ligne, "structures") is EtatCellule.PAS_REPONDU
    assert etat(ligne, "autoevaluation") is EtatCellule.PAS_INTERROGE


def test_on_ecarte_une_question_un_public_ou_une_cellule() -> None:
    ecarts = [
        Ecart(GESTION, (), "hors sujet"),
        Ecart("", ("centre_ressources",), "pas de centre"),
        Ecart(LIENS, ("prestataires",), "il est juge et partie"),
    ]
    lues = lignes(ecarts=ecarts)
    assert etat(lues[GESTION], "structures") is EtatCellule.ECARTEE
    assert lues[GESTION].cellules[0].raison == "hors sujet"
    assert etat(lues[LIENS], "centre_ressources") is EtatCellule.ECARTEE
    assert etat(lues[LIENS], "prestataires") is EtatCellule.ECARTEE
    assert etat(lues[LIENS], "structures") is EtatCellule.PAS_REPONDU


def test_une_reponse_recue_se_montre_meme_mise_de_cote_ou_non_demandee() -> None:
    ecarts = [Ecart(GESTION, (), "hors sujet")]
    decomptes = [Decompte(GESTION, p, "", 1) for p in ("structures", "prestataires")]
    ligne = lignes(ecarts=ecarts, decomptes=decomptes)[GESTION]
    assert etat(ligne, "structures") is EtatCellule.REPONDU
    assert etat(ligne, "prestataires") is EtatCellule.REPONDU


def test_accord_divergence_et_rien_a_en_dire() -> None:
    def accord(*niveaux: tuple[str, str, int]) -> Accord:
        return lignes(decomptes=[Decompte(LIENS, p, n, k) for p, n, k in niveaux])[LIENS].accord

    assert accord(("structures", "plutot_oui", 1)) is Accord.INDECIS
    assert accord(("structures", "", 4), ("prestataires", "plutot_oui", 1)) is Accord.INDECIS
    assert accord(("structures", "plutot_oui", 2)) is Accord.ACCORD
    un_oui, un_non = ("structures", "tout_a_fait", 1), ("prestataires", "plutot_non", 1)
    assert accord(un_oui, ("dla_regional", "plutot_oui", 1)) is Accord.ACCORD
    assert accord(un_oui, un_non) is Accord.DIVERGENCE
    assert accord(("structures", "plutot_oui", 9), ("structures", "pas_du_tout", 1)) is (
        Accord.DIVERGENCE
    )


def test_une_cellule_n_est_unanime_qu_avec_un_seul_niveau() -> None:
    deux = [Decompte(LIENS, "structures", n, 1) for n in ("plutot_oui", "pas_du_tout")]
    cellule = lignes(decomptes=deux)[LIENS].cellules[0]
    assert (cellule.nombre, cellule.unanime) == (2, "")
    cellule = lignes(decomptes=[Decompte(LIENS, "structures", "plutot_oui", 3)])[LIENS].cellules[0]
    assert (cellule.nombre, cellule.unanime) == (3, "plutot_oui")
