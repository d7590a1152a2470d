"""Les deux livres : inconnu n'est pas zéro, environ reste environ, une part reste une part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engager.calculs.budget import (
    Apport,
    Budget,
    Depense,
    Etat,
    cout_des_jours,
    tenir,
    total_des_parts,
)
from maillage.socle.quantites import Precision, Quantite

RIEN = Quantite.inconnue("€")
SANS_PART = Quantite.inconnue("%")


def euros(valeur: str | int, precision: Precision = Precision.EXACT) -> Quantite:
    return Quantite(Decimal(valeur), precision, "€")


def pourcent(valeur: str | int, precision: Precision = Precision.EXACT) -> Quantite:
    return Quantite(Decimal(valeur), precision, "%")


def depense(cout: Quantite = RIEN, nature: str = "conseil", libelle: str = "Conseil") -> Depense:
    return Depense(nature, libelle, cout)


def apport(
    montant: Quantite = RIEN, part: Quantite = SANS_PART, etat: str = "accorde", nom: str = "Région"
) -> Apport:
    return Apport(nom, etat, montant, part)


def dire(budget: Budget) -> str:
    """La phrase, ses espaces insécables ramenées à l'espace ordinaire."""
    return budget.phrase.replace("\u00a0", " ").replace("\u202f", " ")


def test_rien_de_chiffre_se_dit() -> None:
    budget = tenir([], [])
    assert (budget.etat, dire(budget)) == (Etat.VIDE, "Rien n’est encore chiffré.")


def test_tout_accorde_et_egal_s_equilibre() -> None:
    budget = tenir([depense(euros(9500))], [apport(euros(9500))])
    assert budget.equilibre
    assert dire(budget) == "Dépenses et financements s’équilibrent à 9 500 €."


def test_sans_reponse_l_equilibre_est_sous_condition_et_nomme_qui() -> None:
    budget = tenir(
        [depense(euros(9500))],
        [apport(euros(7500)), apport(euros(2000), etat="demande", nom="Ville de Besançon")],
    )
    assert budget.etat is Etat.SOUS_CONDITION
    assert dire(budget) == (
        "Dépenses et financements se répondraient à 9 500 €. "
        "Pas encore de réponse : Ville de Besançon (2 000 €)."
    )


def test_un_refus_ne_compte_pas() -> None:
    budget = tenir([depense(euros(1000))], [apport(euros(600)), apport(euros(400), etat="refuse")])
    assert (budget.etat, budget.ecart.valeur) == (Etat.MANQUE, 400)
    assert dire(budget) == "Il manque 400 €."


def test_une_depense_inconnue_n_est_pas_zero() -> None:
    budget = tenir([depense(euros(4000)), depense(libelle="Salle")], [apport(euros(4000))])
    assert (budget.etat, budget.ecart.connue) == (Etat.INCONNU, False)
    assert dire(budget) == (
        "1 dépense est sans montant : l’équilibre ne peut pas se dire. Le reste fait 4 000 €."
    )
    assert str(budget.depenses).endswith("(et 1 inconnue)")


def test_un_apport_sans_montant_ne_comble_rien_et_se_dit() -> None:
    budget = tenir([depense(euros(1000))], [apport(euros(600)), apport(nom="Fondation")])
    assert dire(budget) == "Il manque au plus 400 €. Apport encore sans montant : Fondation."


def test_environ_reste_environ() -> None:
    budget = tenir([depense(euros(1000, Precision.ENVIRON))], [apport(euros(700))])
    assert dire(budget) == "Il manque environ 300 €."


def test_les_financements_qui_depassent_se_disent() -> None:
    budget = tenir([depense(euros(1000))], [apport(euros(1200))])
    assert (budget.etat, dire(budget)) == (
        Etat.EXCEDENT,
        "Les financements dépassent les dépenses de 200 €.",
    )


def test_une_part_d_un_total_connu_vaut_son_montant() -> None:
    budget = tenir(
        [depense(euros(10_000))], [apport(part=pourcent(40)), apport(euros(6000), nom="DLA")]
    )
    assert budget.valeurs[0] == euros(4000)
    assert budget.equilibre


def test_une_part_d_un_total_inconnu_reste_une_part() -> None:
    budget = tenir([depense()], [apport(part=pourcent(40), etat="demande", nom="Ville")])
    assert budget.valeurs == (RIEN,)
    assert budget.etat is Etat.INCONNU
    assert dire(budget).endswith("Pas encore de réponse : Ville (40 %).")


@pytest.mark.parametrize(
    ("etats", "attendu"),
    [
        (("accorde", "verse"), Etat.EQUILIBRE),
        (("accorde", "demande"), Etat.SOUS_CONDITION),
    ],
)
def test_des_parts_de_cent_equilibrent_un_cout_inconnu(
    etats: tuple[str, str], attendu: Etat
) -> None:
    parts = [apport(part=pourcent(40), etat=etats[0]), apport(part=pourcent(60), etat=etats[1])]
    budget = tenir([depense()], parts)
    assert budget.etat is attendu
    assert "quel que soit le coût" in budget.phrase


def test_un_montant_a_cote_de_parts_ne_dit_rien_d_un_cout_inconnu() -> None:
    budget = tenir([depense()], [apport(part=pourcent(100)), apport(euros(500))])
    assert budget.etat is Etat.INCONNU


def test_des_financements_sans_depense_ne_s_equilibrent_pas() -> None:
    budget = tenir([], [apport(euros(500))])
    assert dire(budget).startswith("Aucune dépense n’est écrite")


def test_le_temps_valorise_est_dit_a_part() -> None:
    budget = tenir(
        [depense(euros(1000)), depense(euros(300), nature="valorisation")], [apport(euros(1000))]
    )
    assert budget.equilibre
    assert budget.valorisation.valeur == 300


def test_des_parts_arrondies_s_equilibrent_a_l_euro_pres() -> None:
    tiers = [apport(part=pourcent("33.33")) for _ in range(3)]
    assert tenir([depense(euros(1000))], tiers).equilibre


def test_les_refus_ne_comptent_pas_dans_les_parts() -> None:
    assert total_des_parts(
        [apport(part=pourcent(40)), apport(part=pourcent(80), etat="refuse")]
    ) == Decimal(40)


@pytest.mark.parametrize(
    ("jours", "prix", "attendue"),
    [
        (Precision.EXACT, Precision.EXACT, Precision.EXACT),
        (Precision.ENVIRON, Precision.EXACT, Precision.ENVIRON),
        (Precision.AU_MOINS, Precision.EXACT, Precision.AU_MOINS),
        (Precision.AU_MOINS, Precision.PRESQUE, Precision.ENVIRON),
    ],
)
def test_le_prix_des_jours_garde_la_precision(
    jours: Precision, prix: Precision, attendue: Precision
) -> None:
    cout = cout_des_jours(Quantite(Decimal(5), jours, "jour"), euros(900, prix))
    assert (cout.valeur, cout.precision) == (4500, attendue)


def test_le_prix_de_jours_inconnus_est_inconnu() -> None:
    assert not cout_des_jours(Quantite.inconnue("jour"), euros(900)).connue


montants = st.decimals(0, 10**9, places=2).map(euros) | st.just(RIEN)
apports = st.builds(
    apport,
    montant=montants,
    etat=st.sampled_from(["pressenti", "demande", "accorde", "refuse", "verse"]),
) | st.builds(apport, part=st.decimals(0, 100, places=2).map(pourcent))


@given(st.lists(montants.map(depense), max_size=6), st.lists(apports, max_size=6))
def test_un_budget_se_dit_toujours_et_l_inconnu_n_equilibre_pas(
    depenses: list[Depense], recus: list[Apport]
) -> None:
    budget = tenir(depenses, recus)
    assert budget.phrase
    assert len(budget.valeurs) == len(recus)
    if budget.ecart.connue:
        assert budget.depenses.complet
    if budget.equilibre and budget.ecart.connue:
        assert budget.ecart.valeur == 0
        assert all(a.acquis for a in recus if a.compte)
