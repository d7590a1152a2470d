"""Ce qui est obligatoire se dit une fois en tête, et se marque là où tout ne l'est pas."""

from django import forms
from django.test import RequestFactory
from django_cotton import render_component

from maillage.socle.templatetags.socle import a_marquer, a_saisir, obligatoires


class Mission(forms.Form):
    titre = forms.CharField(label="Titre")
    annee = forms.IntegerField(label="Année")
    accroche = forms.CharField(label="Accroche", required=False)
    prevenir = forms.BooleanField(label="Prévenir", required=False)


class Connexion(forms.Form):
    adresse = forms.CharField(widget=forms.TextInput({"placeholder": "Adresse"}))
    mot_de_passe = forms.CharField()
    rester = forms.BooleanField(required=False)


class Filtres(forms.Form):
    a = forms.CharField(required=False)
    b = forms.CharField(required=False)
    c = forms.CharField(required=False)


def test_les_obligatoires_se_nomment_en_tete() -> None:
    assert obligatoires(Mission()) == "* Obligatoire : Titre, Année."
    assert obligatoires(Filtres()) == "Aucune réponse n’est obligatoire."


def test_deux_champs_obligatoires_vont_de_soi() -> None:
    """Une connexion n'explique pas qu'il faut une adresse et un mot de passe."""
    formulaire = Connexion()
    assert obligatoires(formulaire) == ""
    assert not a_marquer(formulaire["adresse"])


def test_la_marque_s_entend() -> None:
    formulaire = Mission()
    marque, nue = (
        render_component(RequestFactory().get("/"), "champ", champ=formulaire[nom])
        for nom in ("titre", "accroche")
    )
    assert "Titre<span" in marque
    assert "(obligatoire)</span>" in marque
    assert "obligatoire" not in nue
    assert "facultatif" not in nue


def test_un_champ_ne_redit_pas_son_libelle() -> None:
    assert "placeholder" not in str(a_saisir(Connexion()["adresse"]))


class Constat(forms.Form):
    constat = forms.ChoiceField(
        label="Constat", choices=[("non", "non"), ("oui", "oui")], widget=forms.RadioSelect
    )
    preuve = forms.CharField(label="Preuve")
    note = forms.CharField(label="Note", required=False)


def test_un_choix_deja_coche_n_est_pas_a_remplir() -> None:
    assert obligatoires(Constat()) == "* Obligatoire : Constat, Preuve."
    coche = Constat(initial={"constat": "oui"})
    assert obligatoires(coche) == "* Obligatoire : Preuve."
    assert not a_marquer(coche["constat"])
