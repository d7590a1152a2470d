"""Qui voit, modifie, rattache : les deux faces d'une même règle, et leurs raisons."""

from __future__ import annotations

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from maillage.annuaire import droits
from maillage.annuaire.models import Nature, Organisation, Rattachement, Role
from maillage.annuaire.visibilite import filtre_de_dossier
from maillage.socle.models import Utilisateur
from maillage.socle.sujets import sujet
from tests.annuaire.conftest import Lieux, relu
from tests.fabriques import agent, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde(lieux: Lieux, doubs: Organisation, gironde: Organisation) -> list[Organisation]:
    """Toutes les combinaisons de nature, de lieu, de portefeuille et de secteur."""
    places = [
        {},
        {"commune": lieux["25056"]},
        {"commune": lieux["39300"]},
        {"commune": lieux["33063"], "territoires": [lieux["d25"]]},
        {"territoires": [lieux["d25"], lieux["d33"]]},
    ]
    natures = [["structure"], ["reseau"], ["structure", "prestataire"]]
    for place, nature, operateur, secteur in product(
        places, natures, (None, doubs, gironde), ("culture", "")
    ):
        organisation(natures=nature, operateur=operateur, secteur=secteur, **place)
    return list(Organisation.objects.all())


@pytest.fixture
def personnes(lieux: Lieux, doubs: Organisation, gironde: Organisation) -> list[Utilisateur]:
    """Un compte par rôle, sur plusieurs territoires, et des cumuls."""
    regional = organisation(Nature.DLA_REGIONAL, territoires=[lieux["r27"]])
    culture = organisation(Nature.CENTRE_RESSOURCES, secteur="culture", territoires=[lieux["d39"]])
    partout = organisation(Nature.CENTRE_RESSOURCES, secteur="culture")
    national = organisation(Nature.NATIONAL, territoires=[lieux["pFR"]])
    sans_lieu = organisation(Nature.OPERATEUR)
    comptes = [agent(doubs, role) for role in Role]
    comptes += [agent(gironde), agent(regional, Role.DLA_REGIONAL), agent(sans_lieu)]
    comptes += [agent(culture, Role.CENTRE_RESSOURCES), agent(partout, Role.CENTRE_RESSOURCES)]
    comptes += [agent(national, Role.NATIONAL)]
    cumul = agent(gironde)
    Rattachement.objects.create(
        personne=cumul.personne, organisation=regional, role=Role.DLA_REGIONAL
    )
    reduit = agent(doubs)
    reduit.personne.rattachements.get().territoires.set([lieux["25462"]])
    return [*comptes, cumul, reduit]


def test_visible_en_sql_si_et_seulement_si_permis_en_python(
    personnes: list[Utilisateur], monde: list[Organisation]
) -> None:
    """Propriété : les deux faces de la règle disent la même chose de chaque couple."""
    monde = list(Organisation.objects.all())
    for personne in personnes:
        par_sql = set(Organisation.objects.visibles_par(personne))
        par_python = {o for o in monde if droits.peut_voir(personne, o)}
        assert par_sql == par_python, personne.personne.rattachements.all()


def test_sans_rattachement_ni_compte_rien_n_existe(monde: list[Organisation]) -> None:
    seul = Utilisateur.objects.create_user("seul@exemple.fr", "x")

    for personne in (seul, AnonymousUser()):
        assert not Organisation.objects.visibles_par(personne).exists()
        assert not droits.peut_voir(personne, monde[0])


def test_qui_voit_une_structure(
    lieux: Lieux, theatre: Organisation, doubs: Organisation, gironde: Organisation
) -> None:
    regional = organisation(Nature.DLA_REGIONAL, territoires=[lieux["r27"]])
    autre_region = organisation(Nature.DLA_REGIONAL, territoires=[lieux["r75"]])
    culture = organisation(Nature.CENTRE_RESSOURCES, secteur="culture")
    sport = organisation(Nature.CENTRE_RESSOURCES, secteur="sport")
    national = organisation(Nature.NATIONAL, territoires=[lieux["pFR"]])
    voient = {
        agent(doubs): True,
        agent(doubs, Role.RESPONSABLE): True,
        agent(regional, Role.DLA_REGIONAL): True,
        agent(culture, Role.CENTRE_RESSOURCES): True,
        agent(theatre, Role.STRUCTURE): True,
        agent(gironde): False,
        agent(autre_region, Role.DLA_REGIONAL): False,
        agent(sport, Role.CENTRE_RESSOURCES): False,
        agent(national, Role.NATIONAL): False,
        agent(doubs, Role.MEMBRE_COMITE): False,
        agent(organisation(Nature.FINANCEUR), Role.PARTENAIRE): False,
        agent(organisation(), Role.STRUCTURE): False,
        agent(national, Role.ADMINISTRATEUR): False,
    }

    for personne, attendu in voient.items():
        role = personne.personne.rattachements.get().role
        assert bool(droits.peut_voir(personne, theatre)) is attendu, role


def test_l_operateur_voit_son_portefeuille_meme_hors_de_son_territoire(
    charge: Utilisateur, doubs: Organisation, lieux: Lieux
) -> None:
    loin = organisation(commune=lieux["33063"], operateur=doubs)

    assert droits.peut_voir(charge, loin).raison.startswith("Elle est suivie par votre DLA")


def test_l_annuaire_partage_est_aux_agents_du_dla(
    fondation: Organisation,
    theatre: Organisation,
    charge: Utilisateur,
    charge_ailleurs: Utilisateur,
    administrateur: Utilisateur,
) -> None:
    contact = agent(theatre, Role.STRUCTURE)

    assert droits.peut_voir(charge, fondation)
    assert "annuaire" in droits.peut_voir(charge, fondation).raison
    assert droits.peut_voir(charge_ailleurs, fondation)
    assert droits.peut_voir(administrateur, fondation)
    assert not droits.peut_voir(contact, fondation)


def test_la_phrase_nomme_le_dla_et_le_role(charge: Utilisateur, lieux: Lieux) -> None:
    voisine = organisation(commune=lieux["25462"])

    phrase = droits.peut_voir(charge, voisine).raison

    assert "territoire de votre DLA" in phrase
    assert "DLA du Doubs · chargé·e d’accompagnement" in phrase


def test_une_structure_aussi_partenaire_garde_son_dossier(
    charge: Utilisateur, charge_ailleurs: Utilisateur, doubs: Organisation
) -> None:
    """Ailleurs, on la voit comme partenaire ; ses chiffres restent à son DLA."""
    double = organisation(natures=["structure", "reseau"], operateur=doubs)

    assert droits.peut_lire_dossier(charge, double)
    assert droits.peut_voir(charge_ailleurs, double)
    refus = droits.peut_lire_dossier(charge_ailleurs, double)
    assert not refus
    assert refus.recours == "DLA du Doubs, qui la suit."
    assert sujet("annuaire.organisation", double.pk, charge).objet == double
    with pytest.raises(Http404):  # ni ses documents, ni son journal
        sujet("annuaire.organisation", double.pk, charge_ailleurs)


def test_un_dossier_s_ouvre_en_sql_comme_en_python(
    monde: list[Organisation], personnes: list[Utilisateur]
) -> None:
    for compte in personnes:
        ouverts = set(Organisation.objects.filter(filtre_de_dossier(compte)))
        assert ouverts & set(monde) == {o for o in monde if droits.peut_lire_dossier(compte, o)}


def test_l_interne_n_est_lu_que_par_qui_suit_ou_couvre(
    lieux: Lieux, theatre: Organisation, charge: Utilisateur
) -> None:
    regional = agent(
        organisation(Nature.DLA_REGIONAL, territoires=[lieux["r27"]]), Role.DLA_REGIONAL
    )

    assert droits.peut_voir_interne(charge, theatre)
    assert not droits.peut_voir_interne(regional, theatre)
    assert not droits.peut_voir_interne(agent(theatre, Role.STRUCTURE), theatre)


def test_qui_modifie_une_structure(
    lieux: Lieux, theatre: Organisation, doubs: Organisation, charge: Utilisateur
) -> None:
    regional = organisation(Nature.DLA_REGIONAL, territoires=[lieux["r27"]])
    voisin = organisation(Nature.OPERATEUR, territoires=[lieux["25056"]])

    assert droits.peut_modifier(charge, theatre)
    assert droits.peut_modifier(agent(voisin), theatre)
    for compte in (agent(regional, Role.DLA_REGIONAL), agent(theatre, Role.STRUCTURE)):
        refus = droits.peut_modifier(compte, theatre)
        assert not refus
        assert refus.recours == "DLA du Doubs, qui la suit."


def test_la_fiche_d_un_dla_est_a_son_ou_sa_responsable(
    doubs: Organisation,
    charge: Utilisateur,
    responsable: Utilisateur,
    charge_ailleurs: Utilisateur,
    administrateur: Utilisateur,
) -> None:
    assert droits.peut_modifier(responsable, doubs)
    assert droits.peut_modifier(administrateur, doubs)
    assert not droits.peut_modifier(charge, doubs)
    assert not droits.peut_modifier(charge_ailleurs, doubs)


def test_qui_cree(
    theatre: Organisation,
    charge: Utilisateur,
    administrateur: Utilisateur,
    lieux: Lieux,
) -> None:
    assert droits.peut_creer(charge)
    assert not droits.peut_creer(agent(theatre, Role.STRUCTURE))
    assert not droits.peut_creer(administrateur)
    assert droits.peut_administrer(administrateur)
    assert not droits.peut_administrer(charge)


def test_chaque_nature_dit_ses_roles() -> None:
    assert set(droits.ROLES_PAR_NATURE) == set(Nature)


def test_les_roles_d_un_dla_se_donnent_par_responsable_ou_administration(
    doubs: Organisation,
    charge: Utilisateur,
    responsable: Utilisateur,
    administrateur: Utilisateur,
) -> None:
    assert droits.roles_attribuables(charge, doubs) == []
    assert Role.CHARGE_ACCOMPAGNEMENT in droits.roles_attribuables(responsable, doubs)
    assert Role.ADMINISTRATEUR not in droits.roles_attribuables(responsable, doubs)
    assert Role.ADMINISTRATEUR in droits.roles_attribuables(administrateur, doubs)


def test_le_contact_d_une_structure_se_donne_par_qui_la_suit(
    theatre: Organisation, charge: Utilisateur, charge_ailleurs: Utilisateur
) -> None:
    assert droits.roles_attribuables(charge, theatre) == [Role.STRUCTURE]
    assert not droits.peut_rattacher(charge_ailleurs, theatre)


def test_nul_ne_retire_son_propre_role(doubs: Organisation, responsable: Utilisateur) -> None:
    collegue = agent(doubs)
    le_mien = responsable.personne.rattachements.get()
    le_sien = collegue.personne.rattachements.get()

    assert not droits.peut_revoquer(responsable, le_mien)
    assert droits.peut_revoquer(responsable, le_sien)
    assert not droits.peut_revoquer(relu(collegue), le_mien)
