"""`ChampOrganisation` : ce que l'on écrit, ce que l'on obtient, ce que dit le refus."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError

from maillage.annuaire.champs import (
    ChampOrganisation,
    ChampOrganisations,
    lier_utilisateur,
    proposer,
)
from maillage.annuaire.models import Nature, Organisation
from maillage.socle.models import Utilisateur
from tests.annuaire.conftest import Lieux
from tests.fabriques import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def champ(charge: Utilisateur) -> ChampOrganisation:
    champ = ChampOrganisation(required=False)
    champ.utilisateur = charge
    return champ


@pytest.mark.parametrize(
    "texte",
    [
        "Théâtre du Pont Neuf (Besançon)",
        "theatre du pont neuf",
        "Pont Neuf",
        "552 100 554",
    ],
)
def test_un_texte_designe_une_organisation(
    champ: ChampOrganisation, theatre: Organisation, texte: str
) -> None:
    Organisation.objects.filter(pk=theatre.pk).update(siren="552100554")

    assert champ.clean(texte) == theatre


def test_un_nom_entre_parentheses_se_relit(champ: ChampOrganisation, doubs: Organisation) -> None:
    attendue = organisation(nom="Atelier (Ornans)", operateur=doubs)

    assert champ.clean("Atelier (Ornans)") == attendue


def test_vide_vaut_personne(champ: ChampOrganisation) -> None:
    assert champ.clean("   ") is None


def test_un_nom_exact_prime_sur_un_nom_plus_long(
    champ: ChampOrganisation, doubs: Organisation
) -> None:
    exacte = organisation(nom="Atelier", operateur=doubs)
    organisation(nom="Atelier vélo", operateur=doubs)

    assert champ.clean("atelier") == exacte


def test_plusieurs_reponses_se_proposent_avec_leur_lien(
    champ: ChampOrganisation, lieux: Lieux
) -> None:
    une = organisation(nom="Chorale", commune=lieux["25056"])
    organisation(nom="Chorale", commune=lieux["25462"])

    with pytest.raises(ValidationError) as erreur:
        champ.clean("Chorale")

    message = erreur.value.messages[0]
    assert "Chorale (Besançon)" in message
    assert "Chorale (Pontarlier)" in message
    assert une.get_absolute_url() in message
    assert champ.clean("Chorale (Besançon)") == une


def test_une_inconnue_propose_de_l_ajouter(champ: ChampOrganisation) -> None:
    with pytest.raises(ValidationError) as erreur:
        champ.clean("<b>Personne</b>")

    message = erreur.value.messages[0]
    assert "/annuaire/ajouter/partenaire/" in message
    assert "<b>" not in message


def test_une_structure_inconnue_mene_au_bon_formulaire(charge: Utilisateur) -> None:
    champ = ChampOrganisation(natures=[Nature.STRUCTURE])
    champ.utilisateur = charge

    with pytest.raises(ValidationError, match="/annuaire/ajouter/structure/"):
        champ.clean("Personne")


def test_hors_de_ma_vue_ou_d_une_autre_nature_elle_n_est_pas_la(
    charge: Utilisateur,
    charge_ailleurs: Utilisateur,
    theatre: Organisation,
    fondation: Organisation,
) -> None:
    for qui, natures, texte in (
        (charge_ailleurs, [Nature.STRUCTURE], theatre.nom),
        (charge, [Nature.STRUCTURE], fondation.nom),
    ):
        champ = ChampOrganisation(natures=natures)
        champ.utilisateur = qui
        with pytest.raises(ValidationError, match="pas dans l’annuaire"):
            champ.clean(texte)


def test_une_archivee_ne_se_choisit_plus(champ: ChampOrganisation, theatre: Organisation) -> None:
    Organisation.objects.update(archive=True)

    with pytest.raises(ValidationError):
        champ.clean(theatre.nom)


def test_ce_que_le_champ_montre_se_relit(charge: Utilisateur, theatre: Organisation) -> None:
    class Formulaire(forms.Form):
        organisation = ChampOrganisation()

    vierge = Formulaire(initial={"organisation": theatre.pk})
    montre = vierge["organisation"].value()
    relu = Formulaire({"organisation": montre}, initial={"organisation": theatre})
    lier_utilisateur(relu, charge)

    assert montre == "Théâtre du Pont Neuf (Besançon)"
    assert relu.is_valid()
    assert relu.cleaned_data["organisation"] == theatre
    assert not relu.has_changed()


def test_oublier_l_utilisateur_est_une_faute_de_programme() -> None:
    with pytest.raises(ImproperlyConfigured, match="lier_utilisateur"):
        ChampOrganisation().clean("Théâtre")


@pytest.mark.parametrize("texte", ["\x00", "Thé\x00âtre", "()", "x ()"])
def test_une_ecriture_etrange_est_refusee_sans_erreur(champ: ChampOrganisation, texte: str) -> None:
    with pytest.raises(ValidationError, match="n’est pas dans l’annuaire"):
        champ.clean(texte)


def test_plusieurs_organisations_se_separent_par_des_points_virgules(
    charge: Utilisateur, doubs: Organisation, gironde: Organisation
) -> None:
    champ = ChampOrganisations(natures=[Nature.OPERATEUR], required=False)
    champ.utilisateur = charge
    assert champ.clean("DLA de la Gironde ; dla du doubs ; ; DLA du Doubs") == [gironde, doubs]
    assert champ.clean("") == []
    assert champ.prepare_value([gironde, doubs]) == "DLA de la Gironde ; DLA du Doubs"
    with pytest.raises(ValidationError):
        champ.clean("DLA du Doubs ; Nulle part")


def test_les_propositions_gardent_ce_qui_est_deja_choisi(
    charge: Utilisateur, doubs: Organisation, gironde: Organisation
) -> None:
    natures = [Nature.OPERATEUR]
    assert proposer("DLA du Doubs; gir", natures, charge, plusieurs=True) == [
        "DLA du Doubs ; DLA de la Gironde"
    ]
    assert proposer("DLA du Doubs; gir", natures, charge) == []
