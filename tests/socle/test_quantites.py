"""Quantités : ce qu'elles valent, comment elles s'écrivent, se lisent et s'additionnent."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from maillage.socle.formulaires import ChampQuantite, FormulaireSuivi, lire_quantite
from maillage.socle.modeles import ModeleSuivi
from maillage.socle.quantites import (
    Precision,
    Quantite,
    QuantiteField,
    Total,
    accorder,
    contrainte_quantite,
    ecrire_nombre,
)

CONNUES = [p for p in Precision if p is not Precision.INCONNU]
MONTANTS = st.decimals(0, Decimal(10) ** 12 - 1, places=2)


def q(valeur: int | str, precision: Precision = Precision.EXACT, unite: str = "") -> Quantite:
    return Quantite(Decimal(valeur), precision, unite)


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        ("0", "0"),
        ("43200", "43\u202f200"),
        ("2.5", "2,5"),
        ("12.999", "13"),
        ("-1250.05", "-1\u202f250,05"),
        ("0.005", "0,01"),
    ],
)
def test_un_nombre_s_ecrit_a_la_francaise(valeur: str, attendu: str) -> None:
    assert ecrire_nombre(Decimal(valeur)) == attendu


def test_les_euros_gardent_leurs_centimes() -> None:
    assert str(q("1250.5", unite="€")) == "1\u202f250,50\u00a0€"
    assert str(q("30000", unite="€")) == "30\u202f000\u00a0€"


@pytest.mark.parametrize(
    ("nombre", "unite", "attendu"),
    [
        (1, "jour", "jour"),
        ("1.5", "jour", "jour"),
        (2, "jour", "jours"),
        (5, "ETP", "ETP"),
        (5, "€", "€"),
        (3, "mois", "mois"),
        (2, "", ""),
    ],
)
def test_l_unite_s_accorde(nombre: int | str, unite: str, attendu: str) -> None:
    assert accorder(Decimal(nombre), unite) == attendu


def test_inconnu_si_et_seulement_si_sans_valeur() -> None:
    assert str(Quantite.inconnue("€")) == "inconnu"
    with pytest.raises(ValueError, match="inconnue si et seulement si"):
        Quantite(None, Precision.EXACT)
    with pytest.raises(ValueError, match="inconnue si et seulement si"):
        Quantite(Decimal(3), Precision.INCONNU)


@pytest.mark.parametrize(
    ("quantites", "attendu"),
    [
        ([], "rien encore"),
        ([Quantite.inconnue()], "inconnu"),
        ([q(0), q(3)], "3"),
        ([q(3), Quantite.inconnue()], "3 (et 1 inconnue)"),
        ([q(3), Quantite.inconnue(), Quantite.inconnue()], "3 (et 2 inconnues)"),
        ([q(3), q(20, Precision.ENVIRON)], "environ 23"),
        ([q(3), q(5, Precision.AU_MOINS)], "au moins 8"),
        ([q(3, Precision.PRESQUE), q(5, Precision.AU_MOINS)], "environ 8"),
    ],
)
def test_un_total_dit_ce_qui_lui_manque(quantites: list[Quantite], attendu: str) -> None:
    assert str(Total.de(quantites)) == attendu


@given(st.lists(MONTANTS), st.integers(0, 5))
def test_l_inconnu_ne_compte_jamais_pour_zero(montants: list[Decimal], inconnues: int) -> None:
    total = Total.de([q(str(m)) for m in montants] + [Quantite.inconnue()] * inconnues)
    assert total.valeur == sum(montants)
    assert (total.connues, total.inconnues) == (len(montants), inconnues)
    assert total.complet == (inconnues == 0)


@pytest.mark.parametrize(
    ("texte", "valeur", "precision"),
    [
        ("43 200", "43200", Precision.EXACT),
        ("43\u202f200", "43200", Precision.EXACT),
        ("43.200,50", "43200.50", Precision.EXACT),
        ("1.250", "1250", Precision.EXACT),
        ("12.5", "12.5", Precision.EXACT),
        ("0", "0", Precision.EXACT),
        ("  Environ 20 ", "20", Precision.ENVIRON),
        ("env. 20", "20", Precision.ENVIRON),
        ("~20", "20", Precision.ENVIRON),
        ("Une vingtaine", "20", Precision.ENVIRON),
        ("plus de 5", "5", Precision.AU_MOINS),
        ("près de 18", "18", Precision.PRESQUE),
    ],
)
def test_on_lit_ce_qu_une_personne_ecrit(texte: str, valeur: str, precision: Precision) -> None:
    assert lire_quantite(texte) == Quantite(Decimal(valeur), precision)


@pytest.mark.parametrize("texte", ["", "  ", "?", "Inconnu", "nc"])
def test_vide_est_inconnu(texte: str) -> None:
    assert lire_quantite(texte, "€") == Quantite.inconnue("€")


@pytest.mark.parametrize(
    "texte", ["beaucoup", "20 k€", "3 millions", "1.2.3", "43 20", "12 à 15", "<b>5</b>", "1e9"]
)
def test_ce_qui_n_est_pas_compris_n_est_pas_devine(texte: str) -> None:
    with pytest.raises(ValidationError, match="Écrivez par exemple"):
        lire_quantite(texte, "€")


def test_l_unite_du_champ_peut_suivre_le_nombre() -> None:
    assert lire_quantite("5 jours", "jour").valeur == 5
    assert lire_quantite("30 000 euros", "€").valeur == 30_000
    with pytest.raises(ValidationError):
        lire_quantite("5 semaines", "jour")


@given(MONTANTS, st.sampled_from(CONNUES))
def test_ce_qui_est_reaffiche_se_relit_identique(valeur: Decimal, precision: Precision) -> None:
    champ = ChampQuantite()
    quantite = Quantite(valeur, precision)
    assert champ.clean(champ.prepare_value(quantite)) == quantite


@pytest.mark.parametrize(
    ("options", "texte", "message"),
    [
        ({}, "-5", "positif"),
        ({}, "999999999999,999", "Arrondissez à 2 chiffres"),
        ({}, "1000000000000", "trop grand"),
        ({"decimales": 0}, "2,5", "nombre entier"),
        ({"required": True}, "", "obligatoire"),
    ],
)
def test_une_quantite_refusee_dit_comment_reparer(
    options: dict[str, object], texte: str, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        ChampQuantite(**options).clean(texte)  # type: ignore[arg-type]


@isolate_apps("maillage.socle")
def modele_d_essai() -> type[models.Model]:
    class Essai(ModeleSuivi):
        nom = models.CharField("nom", max_length=9, blank=True)
        budget = QuantiteField("budget", unite="€")
        jours = QuantiteField("jours", unite="jour", decimales=1)

        class Meta:
            app_label = "socle"
            constraints = [contrainte_quantite("budget", "essai")]

        def __str__(self) -> str:
            return "essai"

    return Essai


def test_le_champ_de_modele_lit_et_ecrit_une_quantite() -> None:
    essai = modele_d_essai()()
    assert essai.budget == Quantite.inconnue("€")  # type: ignore[attr-defined]
    essai.budget = q(10, Precision.ENVIRON)  # type: ignore[attr-defined]
    assert (essai.budget_valeur, essai.budget_precision) == (10, "environ")  # type: ignore[attr-defined]
    assert str(essai.budget) == "environ 10\u00a0€"  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_la_base_refuse_une_quantite_mal_formee() -> None:
    essai = modele_d_essai()
    with connection.schema_editor() as editeur:
        editeur.create_model(essai)
    objets = models.Manager[models.Model]()
    objets.model = essai
    try:
        for valeur, precision in [(None, "exact"), (5, "inconnu"), (-1, "exact")]:
            with pytest.raises(IntegrityError), transaction.atomic():
                objets.create(budget_valeur=valeur, budget_precision=precision)
        objets.create(budget_valeur=0, budget_precision="exact")
        objets.create()
        assert objets.count() == 2
    finally:
        with connection.schema_editor() as editeur:
            editeur.delete_model(essai)


def test_le_champ_de_formulaire_garde_ce_qui_est_tape() -> None:
    class Saisie(forms.Form):
        budget = ChampQuantite(unite="€")

    rendu = str(Saisie({"budget": "<script>beaucoup"})["budget"])
    assert "&lt;script&gt;beaucoup" in rendu


def formulaire_d_essai(**donnees: str) -> FormulaireSuivi:
    modele_suivi = modele_d_essai()

    class FormulaireDEssai(FormulaireSuivi):
        quantites = ("budget", "jours")

        class Meta:
            model = modele_suivi
            fields = ["jours", "nom", "budget"]

    return FormulaireDEssai(donnees)


@pytest.mark.django_db  # les contraintes du modèle se vérifient en base
def test_une_quantite_du_modele_est_un_seul_champ_de_saisie() -> None:
    formulaire = formulaire_d_essai(budget="environ 43 200 €", jours="2,5")
    assert [str(champ.label) for champ in formulaire.visible_fields()] == [
        "Jours",
        "Nom",
        "Budget (€)",
    ]
    assert formulaire.is_valid(), formulaire.errors
    essai = formulaire.instance
    assert str(essai.budget) == "environ 43\u202f200\u00a0€"  # type: ignore[attr-defined]
    assert str(essai.jours) == "2,5\u00a0jours"  # type: ignore[attr-defined]


def test_une_quantite_mal_ecrite_reste_affichee() -> None:
    formulaire = formulaire_d_essai(budget="beaucoup", jours="2,55")
    assert set(formulaire.errors) == {"budget", "jours"}
    assert 'value="beaucoup"' in str(formulaire["budget"])


@pytest.mark.parametrize(
    ("termes", "dit"),
    [
        (["20", "5"], "25"),
        (["20", ""], "au moins 20"),
        (["au moins 20", ""], "au moins 20"),
        (["environ 20", ""], "environ 20"),
        (["presque 20", ""], "environ 20"),
        (["environ 20", "5"], "environ 25"),
        (["", ""], "inconnu"),
    ],
)
def test_un_total_incomplet_n_est_un_minimum_que_s_il_n_est_pas_approche(
    termes: list[str], dit: str
) -> None:
    assert str(Total.de(lire_quantite(t) for t in termes).quantite) == dit
