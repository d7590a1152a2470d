"""Chercher un lieu, l'écrire dans un formulaire, nommer un périmètre."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from maillage.socle.models import Utilisateur
from maillage.territoires.champs import (
    ChampCommune,
    ChampTerritoire,
    ChampTerritoires,
    proposer,
)
from maillage.territoires.models import Niveau, Territoire
from maillage.territoires.noms import cle_de_nom
from maillage.territoires.perimetres import couvre, nommer

pytestmark = pytest.mark.usefixtures("pays")


def lieu(niveau: str, code: str) -> Territoire:
    return Territoire.objects.de(niveau, code)


@pytest.mark.parametrize(
    ("nom", "cle"),
    [
        ("L'Abergement-Clémenciat", "abergement clemenciat"),
        ("St-Jean-d’Angély", "saint jean d angely"),
        ("Ste Foy", "sainte foy"),
        ("Le Mans", "mans"),
        ("La", "la"),
        ("Œuilly", "oeuilly"),
    ],
)
def test_la_clef_d_un_nom(nom: str, cle: str) -> None:
    assert cle_de_nom(nom) == cle


@pytest.mark.parametrize(
    ("texte", "noms"),
    [
        ("besan", ["Besançon"]),
        ("BESANÇON", ["Besançon"]),
        ("25056", ["Besançon"]),
        ("st julien", ["Saint-Julien", "Saint-Julien"]),
        ("Arbignieu", ["Arboys en Bugey"]),
        ("75101", ["Paris"]),
        ("doubs", ["Doubs", "Doubs"]),
        ("", []),
        ("  !?", []),
        ("zzz", []),
    ],
)
def test_cherche_par_debut_de_nom_code_ou_ancien_nom(texte: str, noms: list[str]) -> None:
    assert [t.nom for t in Territoire.objects.cherche(texte)] == noms


def test_le_departement_vient_avant_la_commune_de_meme_nom() -> None:
    assert [t.niveau for t in Territoire.objects.cherche("Doubs")] == ["departement", "commune"]


def test_un_perimetre_couvre_ce_qu_il_contient_et_rien_d_autre() -> None:
    doubs = lieu(Niveau.DEPARTEMENT, "25")

    assert couvre({doubs.pk}, lieu(Niveau.COMMUNE, "25056"))
    assert couvre({doubs.pk}, doubs)
    assert not couvre({doubs.pk}, lieu(Niveau.REGION, "27"))
    assert not couvre({doubs.pk}, lieu(Niveau.COMMUNE, "39300"))
    assert not couvre({doubs.pk}, None)
    assert not couvre(set(), lieu(Niveau.COMMUNE, "25056"))


def test_sql_et_python_disent_le_meme_perimetre() -> None:
    """Pour chaque territoire pris comme périmètre, les deux faces couvrent les mêmes."""
    tous = list(Territoire.objects.all())
    for perimetre in tous:
        par_sql = set(Territoire.objects.dans([perimetre.pk]).values_list("pk", flat=True))
        assert par_sql == {t.pk for t in tous if couvre({perimetre.pk}, t)}


def test_nommer_un_perimetre() -> None:
    jura, doubs = lieu(Niveau.DEPARTEMENT, "39"), lieu(Niveau.DEPARTEMENT, "25")
    besancon, france = lieu(Niveau.COMMUNE, "25056"), lieu(Niveau.PAYS, "FR")

    assert nommer([jura, doubs]) == "Doubs et Jura"
    assert nommer([besancon, jura, france]) == "France, Jura et Besançon"
    assert nommer([france]) == "France"
    assert nommer([]) == "aucun territoire"


def test_le_nom_complet_leve_les_homonymies() -> None:
    assert lieu(Niveau.COMMUNE, "25056").nom_complet == "Besançon (25056)"
    assert lieu(Niveau.DEPARTEMENT, "25").nom_complet == "Doubs (département 25)"
    assert lieu(Niveau.PAYS, "FR").nom_complet == "France"


@pytest.mark.parametrize(
    ("texte", "niveau", "code"),
    [
        ("Doubs", "departement", "25"),
        ("Doubs (25204)", "commune", "25204"),
        ("Doubs (département 25)", "departement", "25"),
        ("75", "departement", "75"),
        ("Nouvelle-Aquitaine (région 75)", "region", "75"),
        ("  france ", "pays", "FR"),
        ("Saint-Julien (39480)", "commune", "39480"),
    ],
)
def test_un_texte_designe_un_territoire(texte: str, niveau: str, code: str) -> None:
    assert ChampTerritoire().clean(texte) == lieu(niveau, code)


def test_un_nom_partage_demande_de_choisir() -> None:
    with pytest.raises(ValidationError, match=r"39480.*88449") as erreur:
        ChampCommune().clean("Saint-Julien")
    assert "Choisissez" in erreur.value.messages[0]


def test_un_lieu_inconnu_dit_comment_reparer() -> None:
    with pytest.raises(ValidationError, match="code officiel"):
        ChampCommune().clean("Doubsville")


def test_un_departement_n_est_pas_une_commune() -> None:
    assert ChampCommune().clean("Doubs") == lieu(Niveau.COMMUNE, "25204")
    with pytest.raises(ValidationError):
        ChampCommune().clean("Jura")


def test_vide_est_permis_si_facultatif() -> None:
    assert ChampCommune(required=False).clean("  ") is None
    assert ChampTerritoires(required=False).clean("") == []
    with pytest.raises(ValidationError):
        ChampTerritoires().clean(" ; ")


def test_un_perimetre_s_ecrit_avec_des_points_virgules() -> None:
    doubs, jura = lieu(Niveau.DEPARTEMENT, "25"), lieu(Niveau.DEPARTEMENT, "39")

    assert ChampTerritoires().clean("Doubs ; 39; Doubs") == [doubs, jura]


def test_ce_que_le_champ_montre_se_relit() -> None:
    class Formulaire(forms.Form):
        commune = ChampCommune()
        territoires = ChampTerritoires()

    besancon, doubs = lieu(Niveau.COMMUNE, "25056"), lieu(Niveau.DEPARTEMENT, "25")
    vierge = Formulaire(initial={"commune": besancon.pk, "territoires": [doubs, besancon]})
    montre = {nom: vierge[nom].value() for nom in vierge.fields}
    relu = Formulaire(montre, initial=vierge.initial)

    assert montre["territoires"] == "Doubs (département 25) ; Besançon (25056)"
    assert relu.is_valid()
    assert relu.cleaned_data == {"commune": besancon, "territoires": [doubs, besancon]}
    assert not relu.has_changed()


def test_le_champ_porte_ses_propositions() -> None:
    class Formulaire(forms.Form):
        lieu = ChampTerritoire(niveaux=[Niveau.COMMUNE], initial='"><b>')

    rendu = str(Formulaire()["lieu"])

    assert 'list="id_lieu_propositions"' in rendu
    assert "champ=lieu&amp;niveaux=commune" in rendu
    assert "<b>" not in rendu


def test_les_propositions_gardent_ce_qui_est_deja_ecrit() -> None:
    assert proposer("Doubs ; jur", ["departement"], plusieurs=True) == [
        "Doubs ; Jura (département 39)"
    ]
    assert proposer("besan", Niveau.values, plusieurs=False) == ["Besançon (25056)"]


def test_la_page_des_propositions(client: Client) -> None:
    client.force_login(Utilisateur.objects.create_user("a@exemple.fr", "x"))
    adresse = reverse("territoires:propositions")

    reponse = client.get(adresse, {"champ": "ou", "ou": "pontar", "niveaux": "commune"})

    assert reponse.content.decode().strip() == '<option value="Pontarlier (25462)"></option>'
    assert client.get(adresse).content.decode().strip() == ""
    assert client.post(adresse).status_code == 405


@pytest.mark.parametrize("texte", ["()", "zz ()", "\x00", "Dou\x00bs", "(" * 50])
def test_une_ecriture_etrange_est_refusee_sans_erreur(texte: str) -> None:
    with pytest.raises(ValidationError, match="lieu connu"):
        ChampTerritoire().clean(texte)
