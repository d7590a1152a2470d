"""Les comptes des sources, tels que methode.md les énonce, et ce que les listes contiennent."""

import pytest

from maillage import methode

CELLULES = {
    "structures": 19,
    "dla_regional": 12,
    "centre_ressources": 9,
    "prestataires": 15,
    "autres_partenaires": 10,
    "autoevaluation": 16,
}


def test_le_cycle_a_4_etapes_12_demarches_45_points_137_questions() -> None:
    cycle = methode.cycle()
    assert [len(e.demarches) for e in cycle.etapes] == [3, 3, 3, 3]
    assert [len(d.points) for d in cycle.demarches] == [6, 5, 3, 4, 3, 3, 3, 3, 3, 3, 4, 5]
    assert len(cycle.points) == 45
    assert len(cycle.questions) == 137


def test_la_matrice_a_30_questions_en_8_groupes_et_81_cellules() -> None:
    matrice = methode.matrice()
    assert [len(g.questions) for g in matrice.groupes] == [10, 2, 4, 3, 4, 3, 2, 2]
    assert {p.code: len(matrice.pour(p.code)) for p in matrice.publics} == CELLULES
    assert sum(len(q.publics) for q in matrice.questions) == 81


def test_l_autoevaluation_dit_sa_maniere() -> None:
    manieres = [q.autoevaluation for q in methode.matrice().pour("autoevaluation")]
    assert manieres.count("descriptif") == 10
    assert manieres.count("appreciation") == 1
    assert manieres.count("appreciation_prospective") == 5


def test_chaque_groupe_de_la_matrice_repond_a_son_objectif() -> None:
    objectifs = methode.objectifs()
    attendus = [*objectifs.strategiques[1:], *objectifs.communs]
    assert [g.objectif for g in methode.matrice().groupes] == [o.code for o in attendus]


def test_l_objectif_du_territoire_n_est_pas_dans_la_liste_courte() -> None:
    objectifs = methode.objectifs()
    assert {o.code for o in objectifs.operationnels} - {o.code for o in objectifs.communs} == {
        "territoire"
    }


def test_les_six_sources_sont_les_six_points_de_cerner() -> None:
    cerner = methode.cycle().demarches[0]
    sources = methode.signaux().sources
    assert [s.point for s in sources] == [p.code for p in cerner.points]


def test_les_cinq_criteres_sont_les_cinq_points_de_cibler() -> None:
    cibler = methode.cycle().demarches[1]
    criteres = methode.ciblage().criteres
    assert [c.point for c in criteres] == [p.code for p in cibler.points]
    for critere, point in zip(criteres, cibler.points, strict=True):
        assert len(critere.elements) == len(point.questions)


def test_les_quatre_postures_couvrent_les_quatre_croisements() -> None:
    postures = methode.postures().postures
    assert len({(p.pouvoirs_publics, p.projet) for p in postures}) == 4
    assert [p.code for p in postures if p.risque is None] == ["revelateur"]


def test_leviers_freins_et_pistes() -> None:
    comptes = {
        b.code: (len(b.leviers), len(b.freins), len(b.pistes))
        for b in methode.accompagnements().bilans
    }
    assert comptes == {"thematique": (7, 4, 3), "constitue": (8, 8, 3)}


def test_tout_fait_remplit_un_point_et_un_seul() -> None:
    constates = [p.fait for p in methode.cycle().points if p.fait]
    assert sorted(constates) == sorted(fait.code for fait in methode.faits().faits)


def test_l_aide_au_choix_couvre_les_objectifs_communs_et_dit_d_ou_elle_vient() -> None:
    conseils = methode.ingenieries().conseils
    assert [c.objectif for c in conseils] == [o.code for o in methode.objectifs().communs]
    assert {c.source for c in conseils} == {"Maillage"}


def test_un_seul_cas_de_cofinancement_est_au_prorata() -> None:
    cas = [c.code for c in methode.financement().cas if c.prorata]
    assert cas == ["trois_departements"]


@pytest.mark.parametrize(
    ("terme", "annee", "nom"),
    [
        ("dla_regional", 2006, "C2RA"),
        ("dla_regional", 2026, "DLA régional"),
        ("dreets", 2006, "DRTEFP"),
        ("dreets", 2012, "DIRECCTE"),
        ("dreets", 2021, "DREETS"),
    ],
)
def test_un_terme_porte_le_nom_de_son_epoque(terme: str, annee: int, nom: str) -> None:
    termes = {t.code: t for t in methode.vocabulaire().termes}
    assert termes[terme].nom_en(annee) == nom


def test_les_noms_anciens_vont_du_plus_ancien_au_plus_recent() -> None:
    vocabulaire = methode.vocabulaire()
    for terme in (*vocabulaire.termes, *vocabulaire.regions):
        annees = [ancien.jusqu_en for ancien in terme.anciens]
        assert annees == sorted(annees), terme.code
