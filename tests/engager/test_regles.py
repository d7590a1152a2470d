"""Les règles 4 et 5 du métier, dites dans la marge ; et le partage au prorata."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from maillage.engager.calculs.budget import Apport, Depense, tenir
from maillage.engager.calculs.partage import prorata
from maillage.engager.calculs.regles import Beneficiaires, Regle, regles
from maillage.socle.quantites import Precision, Quantite
from tests.engager.test_budget import RIEN, SANS_PART, depense, euros, pourcent

SEUL = Beneficiaires({"DLA du Doubs": 10})


def apport(
    montant: Quantite = RIEN, part: Quantite = SANS_PART, credits_dla: bool = False
) -> Apport:
    return Apport("Financeur", "accorde", montant, part, credits_dla)


def dire(depenses: list[Depense], apports: list[Apport], pour: Beneficiaires = SEUL) -> list[Regle]:
    return regles(depenses, apports, tenir(depenses, apports), pour)


def textes(dites: list[Regle]) -> str:
    return " ".join(r.texte for r in dites).replace("\u00a0", " ").replace("\u202f", " ")


def alertes(dites: list[Regle]) -> list[str]:
    return [r.texte for r in dites if r.alerte]


def test_les_credits_du_dla_ne_paient_que_des_jours() -> None:
    depenses = [depense(euros(4000)), depense(euros(500), "logistique", "Salle")]
    (texte,) = alertes(dire(depenses, [apport(euros(4500), credits_dla=True)]))
    assert "ne paient rien d’autre" in texte


def test_des_credits_a_hauteur_des_jours_ne_disent_rien() -> None:
    depenses = [depense(euros(4000)), depense(euros(500), "information")]
    assert not alertes(dire(depenses, [apport(euros(4500), credits_dla=True)]))


def test_des_jours_au_prix_inconnu_ne_condamnent_pas_les_credits() -> None:
    assert not alertes(dire([depense()], [apport(euros(4500), credits_dla=True)]))


def test_un_moment_donne_par_un_partenaire_n_est_pas_paye_par_le_dla() -> None:
    depenses = [depense(euros(4000)), depense(RIEN, "partenaire", "Accueil par le Medef")]
    dites = dire(depenses, [apport(euros(4000), credits_dla=True)])
    assert "« Accueil par le Medef » : un moment donné par un partenaire" in textes(dites)
    assert not alertes(dites)


def test_une_structure_non_eligible_demande_un_autre_payeur() -> None:
    mixte = Beneficiaires({"DLA du Finistère": 9}, non_eligibles=2)
    seul = dire([depense(euros(1000))], [apport(euros(1000), credits_dla=True)], mixte)
    assert alertes(seul)[0].startswith("2\u00a0structures ne sont pas éligibles")
    avec = [apport(euros(600), credits_dla=True), apport(part=pourcent(40))]
    assert not alertes(dire([depense(euros(1000))], avec, mixte))


def test_un_statut_inconnu_se_verifie_sans_alerter() -> None:
    dites = dire([depense(euros(1))], [apport(euros(1))], Beneficiaires({}, a_verifier=3))
    assert "Le statut de 3 structures est inconnu" in textes(dites)
    assert not alertes(dites)


def test_jamais_deux_fois_la_meme_action() -> None:
    assert "jamais deux fois" in alertes(dire([depense(euros(1000))], [apport(euros(1500))]))[0]


def test_des_parts_de_plus_de_cent_alertent() -> None:
    dites = dire([depense()], [apport(part=pourcent(60)), apport(part=pourcent(50))])
    assert alertes(dites) == ["Les parts promises font 110 % du coût."]


def test_plusieurs_dla_partagent_ce_qui_leur_reste() -> None:
    trois = Beneficiaires({"Doubs": 1, "Jura": 1, "Haute-Saône": 1})
    dites = dire([depense(euros(10_000))], [apport(euros(4000))], trois)
    assert (
        "Doubs 33,3 % (1 structure, 2 000 €), Jura 33,3 % (1 structure, 2 000 €) et "
        "Haute-Saône 33,3 % (1 structure, 2 000 €)"
    ) in textes(dites)


def test_un_cout_inconnu_se_partage_en_parts() -> None:
    deux = Beneficiaires({"Doubs": 3, "Jura": 1})
    assert "Doubs 75 % (3 structures) et Jura 25 % (1 structure)" in textes(
        dire([depense()], [], deux)
    )


def test_un_seul_dla_n_a_rien_a_partager() -> None:
    assert "prorata" not in textes(dire([depense(euros(1000))], []))


def test_la_valorisation_se_rappelle_tant_qu_elle_manque() -> None:
    assert "peut se valoriser" in textes(dire([depense(euros(1))], []))
    avec = [depense(euros(1)), depense(euros(300), "valorisation")]
    assert "peut se valoriser" not in textes(dire(avec, []))


def test_toute_regle_a_sa_source() -> None:
    mixte = Beneficiaires({"Doubs": 3, "Jura": 1}, non_eligibles=1, a_verifier=1)
    depenses = [depense(euros(1)), depense(RIEN, "partenaire")]
    assert all(r.source for r in dire(depenses, [apport(euros(9), credits_dla=True)], mixte))


@given(
    st.decimals(0, 10**9, places=2),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 50), min_size=1),
)
def test_les_parts_font_exactement_le_cout(total: Decimal, structures: dict[str, int]) -> None:
    parts = prorata(Quantite(total, Precision.EXACT, "€"), structures)
    if not sum(structures.values()):
        assert parts == []
        return
    montants = {p.nom: p.montant.valeur or Decimal(0) for p in parts}
    assert sum(montants.values()) == total
    for nom, nombre in structures.items():
        exacte = total * nombre / sum(structures.values())
        assert abs(montants[nom] - exacte) < Decimal("0.01")
