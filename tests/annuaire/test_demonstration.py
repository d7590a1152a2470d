"""L'instance d'essai et le premier compte d'une instance vraie."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from maillage.annuaire.commandes import groupe
from maillage.annuaire.demonstration import DONNEES, creer_comptes
from maillage.annuaire.models import Organisation, Personne, Rattachement, Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.models import Utilisateur
from maillage.territoires.models import Niveau, Territoire

pytestmark = pytest.mark.django_db
COMMUNES = ["25056", "25434", "25462", "39300", "33063", "21231"]


@pytest.fixture(autouse=True)
def geographie() -> None:
    """Juste les lieux que cite la démonstration."""
    france = Territoire.objects.create(niveau=Niveau.PAYS, code="FR", nom="France")
    france.chemin = [france.pk]
    france.save()
    bfc = _lieu(Niveau.REGION, "27", france)
    for code in ("25", "39", "33"):
        departement = _lieu(Niveau.DEPARTEMENT, code, france if code == "33" else bfc)
        for commune in (c for c in COMMUNES if c.startswith(code)):
            _lieu(Niveau.COMMUNE, commune, departement)
    _lieu(Niveau.COMMUNE, "21231", bfc)


def _lieu(niveau: str, code: str, dans: Territoire) -> Territoire:
    lieu = Territoire.objects.create(niveau=niveau, code=code, nom=code)
    lieu.chemin = [lieu.pk, *dans.chemin]
    lieu.save()
    return lieu


def compte(role: Role) -> Utilisateur:
    return Utilisateur.objects.get(personne__rattachements__role=role)


def test_une_structure_a_ses_chiffres_de_plusieurs_annees() -> None:
    creer_comptes()
    creer_comptes()

    jardin = Organisation.objects.get(nom="Les Jardins de la Loue")
    assert [c.annee for c in jardin.chiffres.all()] == [2025, 2024, 2023, 2022]
    assert str(jardin.chiffres.get(annee=2022).benevoles) == "environ 20"


def test_chaque_role_a_son_compte_et_son_mot_de_passe() -> None:
    comptes = creer_comptes()

    assert {c.role for c in comptes} == {role.label for role in Role}
    for cree in comptes:
        utilisateur = Utilisateur.objects.get(courriel=cree.courriel)
        assert utilisateur.check_password(cree.mot_de_passe)
        assert cree.courriel.endswith("@exemple.fr")
        assert cree.phrase


def test_une_seconde_fois_ne_change_rien() -> None:
    premiers = creer_comptes()
    Utilisateur.objects.get(courriel=premiers[0].courriel).set_password("change")
    avant = [m.objects.count() for m in (Organisation, Personne, Rattachement, Utilisateur)]

    assert creer_comptes() == premiers
    assert [m.objects.count() for m in (Organisation, Personne, Rattachement, Utilisateur)] == avant


def test_une_seconde_fois_garde_le_mot_de_passe_choisi() -> None:
    premier = creer_comptes()[0]
    utilisateur = Utilisateur.objects.get(courriel=premier.courriel)
    utilisateur.set_password("le-mien-est-long")
    utilisateur.save()

    creer_comptes()

    utilisateur.refresh_from_db()
    assert utilisateur.check_password("le-mien-est-long")


def test_la_coordination_regionale_voit_deux_departements() -> None:
    creer_comptes()

    structures = Organisation.objects.visibles_par(compte(Role.DLA_REGIONAL)).structures()

    assert {s.operateur.nom for s in structures} == {"DLA du Doubs", "DLA du Jura"}


def test_la_gironde_ne_voit_rien_du_doubs_et_le_national_aucune_structure() -> None:
    creer_comptes()
    gironde = Utilisateur.objects.get(courriel="theo.lafargue@exemple.fr")

    assert not Organisation.objects.visibles_par(gironde).structures().exists()
    assert not Organisation.objects.visibles_par(compte(Role.NATIONAL)).structures().exists()


def test_le_secteur_culture_voit_partout_la_culture_seule() -> None:
    creer_comptes()

    vues = Organisation.objects.visibles_par(compte(Role.CENTRE_RESSOURCES)).structures()

    assert set(vues.values_list("secteur", flat=True)) == {"culture"}
    assert vues.count() == 2


def test_les_donnees_sont_dans_la_piece() -> None:
    assert DONNEES.exists()


def premier_compte(mot_de_passe: str = "un-mot-de-passe-assez-long") -> Result:
    return CliRunner().invoke(
        groupe,
        [
            "premier-compte",
            "--courriel=a@exemple.fr",
            "--nom=Garnier",
            "--organisation=Réseau d'essai",
            f"--mot-de-passe={mot_de_passe}",
        ],
    )


def test_le_premier_compte_administre_et_ne_voit_aucun_dossier() -> None:
    rendu = premier_compte()

    utilisateur = Utilisateur.objects.get(courriel="a@exemple.fr")
    assert rendu.exit_code == 0, rendu.output
    assert perimetre_de(utilisateur).est_administrateur
    assert utilisateur.is_staff
    assert not utilisateur.is_superuser


def test_le_premier_compte_ne_se_cree_qu_une_fois() -> None:
    premier_compte()
    rendu = premier_compte()

    assert rendu.exit_code == 1
    assert "invitez" in rendu.output


def test_un_mot_de_passe_faible_ne_laisse_rien() -> None:
    rendu = premier_compte("123")

    assert rendu.exit_code == 1
    assert not Organisation.objects.exists()
