"""Les opérations : ce qu'elles écrivent, ce qu'elles refusent, et la phrase du journal."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from maillage.annuaire import operations
from maillage.annuaire.models import (
    ChiffresAnnuels,
    Nature,
    Organisation,
    Personne,
    Rattachement,
    Role,
)
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.models import Acte, Utilisateur
from maillage.socle.verrou import ConflitDeVersion
from tests.annuaire.conftest import Lieux, relu
from tests.fabriques import agent, organisation

pytestmark = pytest.mark.django_db


def phrases(objet: Organisation) -> list[str]:
    return [a.phrase.replace("\u00a0", " ") for a in Acte.objects.sur(objet)]


def test_creer_journalise_et_pose_l_aire(charge: Utilisateur, lieux: Lieux) -> None:
    creee = operations.creer_organisation(
        Organisation(nom="Atelier", natures=["structure"]),
        territoires=[lieux["d25"]],
        par=charge,
    )

    assert list(creee.territoires.all()) == [lieux["d25"]]
    assert phrases(creee) == ["a ajouté « Atelier » à l’annuaire"]


def test_creer_verifie_les_regles(charge: Utilisateur) -> None:
    with pytest.raises(ValidationError):
        operations.creer_organisation(
            Organisation(nom="", natures=["structure"], rna="faux"), par=charge
        )
    assert not Organisation.objects.filter(nom="").exists()


def test_modifier_a_une_version_depassee_ne_perd_rien(
    theatre: Organisation, charge: Utilisateur
) -> None:
    mienne = Organisation.objects.get(pk=theatre.pk)
    theatre.nom = "Nom de l'autre"
    operations.modifier_organisation(theatre, version=1, par=charge)
    mienne.nom = "Mon nom"

    with pytest.raises(ConflitDeVersion) as conflit:
        operations.modifier_organisation(mienne, version=1, par=charge)

    assert conflit.value.differences[0].apres == "Nom de l'autre"
    assert Organisation.objects.get(pk=theatre.pk).nom == "Nom de l'autre"


def test_modifier_sans_territoires_les_laisse(
    doubs: Organisation, responsable: Utilisateur
) -> None:
    operations.modifier_organisation(doubs, version=1, par=responsable)
    assert doubs.territoires.count() == 1

    operations.modifier_organisation(doubs, version=2, territoires=[], par=responsable)
    assert doubs.territoires.count() == 0


def test_les_chiffres_d_une_annee(theatre: Organisation, charge: Utilisateur) -> None:
    chiffres = operations.enregistrer_chiffres(
        ChiffresAnnuels(organisation=theatre, annee=2025), par=charge
    )
    operations.enregistrer_chiffres(chiffres, version=1, par=charge)

    with pytest.raises(ConflitDeVersion):
        operations.enregistrer_chiffres(chiffres, version=1, par=charge)
    with pytest.raises(ValidationError):
        operations.enregistrer_chiffres(
            ChiffresAnnuels(organisation=theatre, annee=2025), par=charge
        )
    assert phrases(theatre)[0] == "a saisi les chiffres de 2025"


def test_inviter_ouvre_un_compte_sans_mot_de_passe(responsable: Utilisateur) -> None:
    personne = operations.inviter(
        Personne(nom="Morel", prenom="Léa", courriel="lea@exemple.fr"), par=responsable
    )

    assert personne.compte is not None
    assert not personne.compte.has_usable_password()
    assert str(personne.compte) == "Léa Morel"


def test_inviter_sans_adresse_n_ouvre_pas_de_compte(responsable: Utilisateur) -> None:
    assert operations.inviter(Personne(nom="Morel"), par=responsable).compte is None


def test_inviter_une_personne_connue_la_retrouve(responsable: Utilisateur) -> None:
    connue = operations.inviter(Personne(nom="Morel", courriel="lea@exemple.fr"), par=responsable)

    retrouvee = operations.inviter(
        Personne(nom="Autre", courriel="LEA@exemple.fr"), par=responsable
    )

    assert retrouvee == connue
    assert retrouvee.nom == "Morel"
    assert Utilisateur.objects.filter(courriel__iexact="lea@exemple.fr").count() == 1


def test_inviter_reprend_un_compte_qui_existe_deja(responsable: Utilisateur) -> None:
    compte = Utilisateur.objects.create_user("lea@exemple.fr", "le-sien")

    personne = operations.inviter(Personne(nom="Morel", courriel="lea@exemple.fr"), par=responsable)

    assert personne.compte == compte
    assert relu(compte).check_password("le-sien")


def test_nul_ne_se_donne_un_role_sauf_qui_administre(
    responsable: Utilisateur, administrateur: Utilisateur, doubs: Organisation, lieux: Lieux
) -> None:
    """Devenir le prestataire ou le partenaire d'à côté ouvrirait les dossiers d'autrui."""
    cabinet = organisation(Nature.PRESTATAIRE, commune=lieux["25056"])
    moi = Personne.objects.get(compte=responsable)
    with pytest.raises(ValidationError, match="C’est vous"):
        operations.rattacher(moi, cabinet, Role.PRESTATAIRE, par=responsable)
    seul = Personne.objects.get(compte=administrateur)
    assert operations.rattacher(seul, doubs, Role.RESPONSABLE, par=administrateur).actif


def test_rattacher_donne_le_perimetre_et_le_journal_le_dit(
    doubs: Organisation, responsable: Utilisateur, lieux: Lieux
) -> None:
    rattachement = operations.inviter_et_rattacher(
        Personne(nom="Morel", prenom="Léa", courriel="lea@exemple.fr"),
        doubs,
        role=Role.CHARGE_ACCOMPAGNEMENT,
        territoires=[lieux["25056"]],
        par=responsable,
    )

    assert perimetre_de(rattachement.personne.compte).territoires == {lieux["25056"].pk}
    assert phrases(doubs) == [
        "a donné à Léa Morel le rôle « chargé·e d’accompagnement », sur Besançon"
    ]


@pytest.mark.parametrize("role", [Role.STRUCTURE, Role.NATIONAL, Role.DLA_REGIONAL])
def test_un_role_etranger_a_la_nature_est_refuse(
    doubs: Organisation, responsable: Utilisateur, role: Role
) -> None:
    with pytest.raises(ValidationError, match="nature"):
        operations.rattacher(Personne.objects.create(nom="X"), doubs, role, par=responsable)


def test_un_role_ne_porte_pas_plus_loin_que_son_organisation(
    doubs: Organisation, responsable: Utilisateur, lieux: Lieux
) -> None:
    with pytest.raises(ValidationError, match="Jura"):
        operations.rattacher(
            Personne.objects.create(nom="X"),
            doubs,
            Role.CHARGE_ACCOMPAGNEMENT,
            territoires=[lieux["25056"], lieux["d39"]],
            par=responsable,
        )


def test_un_secteur_inconnu_est_refuse(administrateur: Utilisateur, lieux: Lieux) -> None:
    ressources = organisation(Nature.CENTRE_RESSOURCES)

    with pytest.raises(ValidationError, match="astrologie"):
        operations.rattacher(
            Personne.objects.create(nom="X"),
            ressources,
            Role.CENTRE_RESSOURCES,
            secteurs=["culture", "astrologie"],
            par=administrateur,
        )


def test_un_role_refuse_n_ouvre_pas_de_compte(
    doubs: Organisation, responsable: Utilisateur
) -> None:
    with pytest.raises(ValidationError):
        operations.inviter_et_rattacher(
            Personne(nom="X", courriel="x@exemple.fr"),
            doubs,
            role=Role.NATIONAL,
            par=responsable,
        )
    assert not Utilisateur.objects.filter(courriel="x@exemple.fr").exists()


def test_revoquer_eteint_aussitot_et_garde_la_trace(
    doubs: Organisation, responsable: Utilisateur
) -> None:
    collegue = agent(doubs)
    rattachement = collegue.personne.rattachements.get()

    operations.revoquer(rattachement, version=1, par=responsable)

    assert not perimetre_de(relu(collegue))
    assert Rattachement.objects.filter(pk=rattachement.pk).exists()
    assert "a retiré" in phrases(doubs)[0]
    with pytest.raises(ConflitDeVersion):
        operations.revoquer(rattachement, version=1, par=responsable)


def test_le_role_d_administration_impose_le_second_facteur(administrateur: Utilisateur) -> None:
    """`is_staff` suit le rôle : c'est lui que regarde la connexion."""
    tenante = Organisation.objects.get(nom="Qui tient l'instance")
    rattachement = operations.inviter_et_rattacher(
        Personne(nom="X", courriel="x@exemple.fr"),
        tenante,
        role=Role.ADMINISTRATEUR,
        par=administrateur,
    )
    compte = rattachement.personne.compte
    assert relu(compte).is_staff

    operations.revoquer(rattachement, version=1, par=administrateur)
    assert not relu(compte).is_staff
