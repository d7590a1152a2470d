"""Des parts et leur tout, une année et une autre : ce que l'on dit, et ce que l'on tait."""

from __future__ import annotations

from decimal import Decimal

import pytest

from maillage.annuaire.calculs.chiffres import Part, comparer, ecart, variation
from maillage.annuaire.fiche.chiffres import comparaison, lire
from maillage.annuaire.models import ChiffresAnnuels
from maillage.socle.quantites import Precision, Quantite

ENVIRON = Precision.ENVIRON


def q(valeur: int | None, precision: Precision = Precision.EXACT, unite: str = "€") -> Quantite:
    return (
        Quantite.inconnue(unite) if valeur is None else Quantite(Decimal(valeur), precision, unite)
    )


def simple(texte: str) -> str:
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def parts(marchandes: Quantite, non_marchandes: Quantite, non_monetaires: Quantite) -> list[Part]:
    return [
        Part("marchandes", marchandes),
        Part("non marchandes", non_marchandes),
        Part("non monétaires", non_monetaires, hors=True),
    ]


@pytest.mark.parametrize(
    ("budget", "dites", "phrase"),
    [
        (q(100), (q(40), q(60), q(0)), ""),
        (q(100), (q(40), q(60), q(30)), ""),
        (q(130), (q(40), q(60), q(30)), ""),
        (q(110), (q(40), q(60), q(30)), ""),
        (q(None), (q(40), q(60), q(30)), ""),
        (q(100), (q(None), q(None), q(None)), ""),
        (q(0), (q(None), q(0), q(None)), ""),
        (q(100), (q(40), q(60), q(None)), ""),
        (
            q(100),
            (q(40), q(50), q(0)),
            "Les parts font 90 € : il manque 10 € pour faire le budget.",
        ),
        (
            q(100),
            (q(80), q(60), q(0)),
            "Les parts font 140 €, soit 40 € de plus que le budget.",
        ),
        (
            q(100),
            (q(120), q(None), q(None)),
            "Les parts font 120 €, soit 20 € de plus que le budget.",
        ),
        (
            q(100),
            (q(40), q(None), q(None)),
            "Les parts connues font 40 € sur 100 € ; pas encore dit : non marchandes et non "
            "monétaires.",
        ),
        (q(100, ENVIRON), (q(40), q(57), q(0)), ""),
        (
            q(100, ENVIRON),
            (q(40), q(40), q(0)),
            "Les parts font 80 € : il manque environ 20 € pour faire le budget.",
        ),
    ],
)
def test_l_ecart_des_parts_a_leur_tout(
    budget: Quantite, dites: tuple[Quantite, Quantite, Quantite], phrase: str
) -> None:
    assert simple(ecart(budget, parts(*dites), "le budget")) == phrase


@pytest.mark.parametrize(
    ("avant", "apres", "phrase"),
    [
        (q(100_000), q(112_000), "+12 000 € (+12 %)"),
        (q(100_000), q(90_000, ENVIRON), "environ −10 000 € (−10 %)"),
        (q(3, unite=""), q(5, unite=""), "+2"),
        (q(0), q(500), "+500 €"),
        (q(40), q(40), "stable"),
        (q(None), q(40), ""),
        (q(40), q(None), ""),
    ],
)
def test_la_variation_d_une_annee_a_l_autre(avant: Quantite, apres: Quantite, phrase: str) -> None:
    assert simple(variation(avant, apres)) == phrase


def test_comparer_ne_dit_que_ce_que_les_deux_annees_disent() -> None:
    avant = [("Budget", q(100)), ("Emplois", q(None)), ("ETP", q(None))]
    apres = [("Budget", q(150)), ("Emplois", q(3)), ("ETP", q(None))]

    lignes, tus = comparer(avant, apres)

    assert [(nom, simple(dite)) for nom, dite in lignes] == [("Budget", "+50 € (+50 %)")]
    assert simple(tus) == "1 chiffre connu une seule des deux années."


def chiffres(annee: int, **valeurs: int) -> ChiffresAnnuels:
    dits = ChiffresAnnuels(annee=annee)
    for nom, valeur in valeurs.items():
        unite = getattr(ChiffresAnnuels, nom).unite
        setattr(dits, nom, q(valeur, unite=unite))
    return dits


TROIS = {"ressources_marchandes": 40, "ressources_non_marchandes": 50}


def test_les_groupes_disent_une_fois_ce_que_personne_n_a_dit() -> None:
    (ressources, vie) = lire([chiffres(2025, budget=100, benevoles=4), chiffres(2024, budget=90)])

    assert [c.libelle for c in ressources.colonnes] == ["Année", "Budget"]
    assert [(annee, [simple(v) for _, v in cellules]) for annee, cellules in ressources.lignes] == [
        (2025, ["100 €"]),
        (2024, ["90 €"]),
    ]
    assert ressources.tus == "Jamais dit : Marchandes, Non marchandes et Non monétaires."
    assert [annee for annee, _ in vie.lignes] == [2025]
    assert lire([]) == lire([chiffres(2025)]) == []


def test_le_dessin_saute_l_annee_ou_il_manque_une_part() -> None:
    complet = {**TROIS, "ressources_non_monetaires": 10, "budget": 90}
    annees = [chiffres(2025, **complet), chiffres(2024, **TROIS), chiffres(2023, **complet)]

    (ressources,) = lire(annees)

    assert "De 2023 à 2025, sans 2024 où il en manque." in ressources.graphique
    assert ressources.graphique.count("var(--serie-1)") >= 2
    assert "var(--serie-3)" in ressources.graphique
    assert "style=" not in ressources.graphique


def test_sans_les_trois_parts_on_dessine_le_budget_et_une_seule_annee_ne_se_dessine_pas() -> None:
    (deux,) = lire([chiffres(2025, budget=100, **TROIS), chiffres(2024, budget=90)])
    (une,) = lire([chiffres(2025, budget=100)])

    assert "Budget (€)" in deux.graphique
    assert une.graphique == ""


def test_comparer_deux_annees_demandees_ou_les_deux_dernieres() -> None:
    annees = [chiffres(an, budget=budget) for an, budget in ((2025, 300), (2024, 200), (2020, 100))]

    def dite(**demande: str) -> tuple[int, int, list[str]]:
        lue = comparaison(annees, demande)
        assert lue is not None
        return lue.de, lue.a, [simple(phrase) for _, phrase in lue.lignes]

    assert dite() == (2024, 2025, ["+100 € (+50 %)"])
    assert dite(de="2020", a="2024") == (2020, 2024, ["+100 € (+100 %)"])
    assert dite(de="1066", a="x") == dite()
    assert comparaison(annees[:1], {}) is None
