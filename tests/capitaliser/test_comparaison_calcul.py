"""Deux fiches point par point : le constat, l'écart en mots, l'inconnu qui ne se compare pas."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from maillage.capitaliser.calculs.comparaison import PAS_GARDE, Constat, Point, comparer, rubrique
from maillage.capitaliser.calculs.ecarts import ecrire_ecart
from maillage.capitaliser.calculs.rubriques import GRILLE, Dit
from maillage.capitaliser.grille import Action, ContexteDeFiche, Identite, Mesure, Objectifs
from maillage.socle.documents.grilles import Ligne, exemple
from maillage.socle.quantites import Precision, Quantite

INSECABLE = "\u00a0"


def jours(nombre: int, precision: str = "exact") -> Quantite:
    return Quantite(Decimal(nombre), Precision(precision), "jour")


def mesure(nombre: str = "", precision: str = "exact", code: str = "jours") -> Mesure:
    return Mesure(code, "Journées", nombre, precision if nombre else "inconnu", "jour")


def fiche(*mesures: Mesure, **champs: object) -> ContexteDeFiche:
    return replace(ContexteDeFiche(mesures=mesures), **champs)  # type: ignore[arg-type]


def point(libelle: str, a: ContexteDeFiche, b: ContexteDeFiche) -> Point:
    trouves = [p for r in comparer(a, b).rubriques for p in r.points if p.libelle == libelle]
    return trouves[0]


# L'écart en mots


@pytest.mark.parametrize(
    ("a", "b", "dit"),
    [
        (jours(5), jours(10), "5 jours de plus"),
        (jours(10), jours(9), "1 jour de moins"),
        (jours(5), jours(5), "autant"),
        (jours(5), jours(20, "environ"), "environ 15 jours de plus"),
        (jours(18, "presque"), jours(12), "environ 6 jours de moins"),
        (jours(20, "environ"), jours(20, "environ"), "à peu près autant"),
        (jours(5), jours(12, "au_moins"), "au moins 7 jours de plus"),
        (jours(12, "au_moins"), jours(5), "au moins 7 jours de moins"),
        (jours(5, "environ"), jours(12, "au_moins"), "au moins environ 7 jours de plus"),
        (jours(5), jours(5, "au_moins"), "autant ou plus"),
        (jours(5, "au_moins"), jours(5), "autant ou moins"),
    ],
)
def test_un_ecart_se_dit_avec_ce_que_l_on_en_sait(a: Quantite, b: Quantite, dit: str) -> None:
    assert ecrire_ecart(a, b).replace(INSECABLE, " ") == dit


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (jours(5, "au_moins"), jours(12)),
        (jours(12), jours(5, "au_moins")),
        (jours(5, "au_moins"), jours(12, "au_moins")),
    ],
)
def test_au_moins_qui_ne_borne_pas_du_bon_cote_ne_se_compare_pas(a: Quantite, b: Quantite) -> None:
    assert "on ne compare pas" in ecrire_ecart(a, b)


def test_un_inconnu_n_a_pas_d_ecart() -> None:
    with pytest.raises(ValueError, match="connues"):
        ecrire_ecart(Quantite.inconnue(), jours(5))


# Les chiffres


def test_un_cout_inconnu_d_un_cote_ne_se_compare_pas_et_le_dit() -> None:
    (chiffre,) = comparer(fiche(mesure("5")), fiche(mesure())).chiffres
    assert (chiffre.a.replace(INSECABLE, " "), chiffre.b) == ("5 jours", "inconnu")
    assert chiffre.ecart == "inconnu d’un côté : on ne compare pas"
    assert chiffre.constat == Constat.SEUL_A


def test_un_chiffre_que_l_autre_n_a_pas_lui_est_inconnu_pas_zero() -> None:
    a, b = fiche(mesure("5")), fiche(mesure("5"), mesure("3", code="seances.nombre"))
    autre = comparer(a, b).chiffres[1]
    assert (autre.a, autre.constat) == ("inconnu", Constat.SEUL_B)


def test_une_edition_ancienne_dit_qu_elle_n_a_pas_garde_ses_nombres() -> None:
    (chiffre,) = comparer(fiche(), fiche(mesure("5"))).chiffres
    assert chiffre.a == PAS_GARDE


def test_deux_inconnus_ne_distinguent_rien() -> None:
    comparaison = comparer(fiche(mesure()), fiche(mesure()))
    assert comparaison.chiffres[0].constat == Constat.RIEN
    assert comparaison.sans_le_pareil().chiffres == ()


# Les rubriques


@pytest.mark.parametrize(
    ("a", "b", "constat"),
    [
        ("Mensuel", "mensuel ", Constat.PAREIL),
        ("Mensuel", "Hebdomadaire", Constat.DIFFERE),
        ("Mensuel", "", Constat.SEUL_A),
        ("", "Mensuel", Constat.SEUL_B),
    ],
)
def test_le_constat_d_un_point(a: str, b: str, constat: Constat) -> None:
    une, autre = fiche(action=Action(rythme=a)), fiche(action=Action(rythme=b))
    assert point("Rythme", une, autre).constat == constat


def test_ce_que_personne_ne_dit_est_nomme_a_part() -> None:
    action = next(r for r in comparer(fiche(), fiche()).rubriques if r.libelle.startswith("Action"))
    assert action.points == ()
    assert "Rythme" in action.tus


def test_un_objectif_commun_se_voit_meme_dit_avec_d_autres_mots() -> None:
    def avec(*lignes: Ligne) -> ContexteDeFiche:
        return fiche(objectifs=Objectifs(operationnels=lignes))

    a = avec(Ligne("Innover", "par le numérique"), Ligne("Partager"))
    b = avec(Ligne("Coopérer"), Ligne("Innover", "par le bois"))
    lu = point("Opérationnels", a, b)
    assert lu.constat == Constat.DIFFERE
    assert [(d.texte, d.commun) for d in lu.b] == [("Innover", True), ("Coopérer", False)]


def test_l_ordre_et_la_casse_ne_distinguent_pas_deux_suites() -> None:
    dits = [Dit("Culture"), Dit("Sport")], [Dit("sport"), Dit("culture")]
    assert rubrique("Thèmes", [("Thèmes", *dits)]).points[0].constat == Constat.PAREIL


def test_seulement_ce_qui_differe_ote_le_pareil_et_le_non_dit() -> None:
    commun = Identite(annee="2010", secteur="Sport")
    a = fiche(identite=commun, action=Action(rythme="Mensuel"))
    b = fiche(identite=replace(commun, annee="2012"), action=Action(rythme="Mensuel"))
    reduite = comparer(a, b).sans_le_pareil()
    assert [p.libelle for r in reduite.rubriques for p in r.points] == ["Année"]
    assert not any(r.tus for r in reduite.rubriques)


def test_comparer_ne_depend_pas_du_sens() -> None:
    miroir = {Constat.SEUL_A: Constat.SEUL_B, Constat.SEUL_B: Constat.SEUL_A}
    a = replace(exemple(ContexteDeFiche), mesures=())
    b = fiche(action=Action(rythme="exemple", lieu="Ailleurs"))
    aller = [p.constat for r in comparer(a, b).rubriques for p in r.points]
    retour = [p.constat for r in comparer(b, a).rubriques for p in r.points]
    assert [miroir.get(c, c) for c in aller] == retour


def test_chaque_partie_de_la_fiche_a_un_point_qui_la_lit() -> None:
    """Une rubrique ajoutée à la grille sans être comparée se verrait ici."""
    pleine, lues = exemple(ContexteDeFiche), 0
    for partie in GRILLE:
        for lu in partie.points:
            assert lu.lire(pleine), f"{partie.libelle}, {lu.libelle}"
            lues += 1
    assert lues == sum(len(partie.points) for partie in GRILLE)
