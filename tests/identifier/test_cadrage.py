"""Ce que l'étape range dans la mission : problématique, ciblage, rôle du DLA."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage import methode
from maillage.annuaire.models import Role
from maillage.engager.models import EtatPartenariat
from maillage.identifier import choix
from maillage.identifier.calculs.postures import posture_evoquee
from maillage.identifier.editions import ROLE
from maillage.identifier.models import Ciblage, Problematique, RoleDuDLA, Signal
from maillage.identifier.operations import ConflitDeCiblage, LigneDeCiblage, cibler
from maillage.identifier.panneaux import PAR_DEMARCHE
from maillage.ingenieries.droits import regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import PANNEAUX, Panneau
from maillage.socle.models import Acte, Utilisateur
from tests.comptes import connecte
from tests.engager.monde import partenaire
from tests.fabriques import agent, departement, mission, operateur
from tests.identifier.monde import problematique, signal

pytestmark = pytest.mark.django_db

AIRE = "territoire.actuelle"


@pytest.fixture
def dossier() -> Ingenierie:
    return mission()


@pytest.fixture
def pilote(dossier: Ingenierie) -> Utilisateur:
    return agent(dossier.operateur)


@pytest.fixture
def client_pilote(pilote: Utilisateur) -> Client:
    return connecte(pilote)


def panneau(demarche: str, dossier: Ingenierie, compte: Utilisateur) -> Panneau:
    (vu,) = PAR_DEMARCHE[demarche](dossier, regard(compte, dossier))
    return vu


def test_les_quatorze_sous_items_en_un_formulaire(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    adresse = reverse("identifier:ciblage", args=[dossier.pk])
    page = client_pilote.get(adresse).content.decode()
    assert page.count("<textarea") == len(choix.sous_items()) == 14
    reponse = client_pilote.post(
        adresse, {code: f"Retenu {code}" for code, _ in choix.sous_items()}
    )
    assert reponse["Location"].endswith("identifier.cibler/")
    assert dossier.ciblages.count() == 14
    assert "14\u00a0sous-items" in Acte.objects.sur(dossier).get().phrase


def test_vider_un_sous_item_retire_sa_ligne_et_ne_touche_pas_les_autres(
    dossier: Ingenierie, pilote: Utilisateur
) -> None:
    cibler(
        dossier,
        [LigneDeCiblage(AIRE, "Doubs"), LigneDeCiblage("secteur.secteur", "Culture")],
        par=pilote,
    )
    garde = Ciblage.objects.get(sous_item="secteur.secteur")
    cibler(
        dossier,
        [LigneDeCiblage(AIRE, "", "Doubs"), LigneDeCiblage("secteur.secteur", "Culture")],
        par=pilote,
    )
    assert [c.pk for c in dossier.ciblages.all()] == [garde.pk]
    assert Ciblage.objects.get().version == 1


def test_deux_agents_sur_le_meme_sous_item(dossier: Ingenierie, client_pilote: Client) -> None:
    autre = connecte(agent(dossier.operateur))
    adresse = reverse("identifier:ciblage", args=[dossier.pk])
    assert autre.post(adresse, {AIRE: "Le Doubs"}).status_code == 302
    reponse = client_pilote.post(
        adresse, {AIRE: "La Franche-Comté", "poids.budget": "Moins de 100 000 €"}
    )
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "«\u00a0Le Doubs\u00a0»" in page
    assert f'name="initial-{AIRE}" value="Le Doubs"' in page
    assert "La Franche-Comté" in page
    assert [c.retenu for c in dossier.ciblages.all()] == ["Le Doubs"]
    decide = {AIRE: "La Franche-Comté", f"initial-{AIRE}": "Le Doubs"}
    assert client_pilote.post(adresse, decide).status_code == 302
    assert dossier.ciblages.get().retenu == "La Franche-Comté"


def test_deux_agents_sur_deux_sous_items_ne_se_genent_pas(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    adresse = reverse("identifier:ciblage", args=[dossier.pk])
    connecte(agent(dossier.operateur)).post(adresse, {AIRE: "Le Doubs"})
    assert client_pilote.post(adresse, {"poids.budget": "Modeste", AIRE: ""}).status_code == 302
    assert {c.retenu for c in dossier.ciblages.all()} == {"Le Doubs", "Modeste"}


def test_un_conflit_nomme_ce_qui_est_en_base(dossier: Ingenierie, pilote: Utilisateur) -> None:
    with pytest.raises(ConflitDeCiblage) as conflit:
        cibler(dossier, [LigneDeCiblage(AIRE, "Doubs", "Jura")], par=pilote)
    assert conflit.value.enregistres == {AIRE: ""}


@pytest.mark.parametrize("texte", ["x" * 2001, "a\x00"])
def test_un_ciblage_illisible_se_repare(
    dossier: Ingenierie, client_pilote: Client, texte: str
) -> None:
    reponse = client_pilote.post(
        reverse("identifier:ciblage", args=[dossier.pk]), {AIRE: texte, "poids.budget": "Gardé"}
    )
    assert (reponse.status_code, dossier.ciblages.count()) == (422, 0)
    assert "Gardé" in reponse.content.decode()


def test_le_panneau_du_ciblage_constate_ses_criteres(
    dossier: Ingenierie, pilote: Utilisateur
) -> None:
    cibler(dossier, [LigneDeCiblage(AIRE, "Doubs")], par=pilote)
    vu = panneau("identifier.cibler", dossier, pilote)
    assert set(vu.faits) == {"critere_territoire"}
    assert len(vu.manques) == 4


def test_le_role_reste_interne(dossier: Ingenierie, pilote: Utilisateur) -> None:
    RoleDuDLA.objects.create(
        ingenierie=dossier, posture="aiguilleur", legitimite="LEGITIMITE-SECRETE"
    )
    lien = partenaire(dossier, etat=EtatPartenariat.ENGAGE)
    adresse = reverse("ingenieries:demarche", args=[dossier.pk, "identifier.positionner"])
    interne = connecte(pilote).get(adresse).content.decode()
    assert "LEGITIMITE-SECRETE" in interne
    assert "Devenir l’exécutant du financeur" in interne
    dehors = connecte(agent(lien.organisation, Role.PARTENAIRE)).get(adresse).content.decode()
    assert "SECRETE" not in dehors
    assert "guilleur" not in dehors
    assert "exécutant" not in dehors


def test_le_role_s_ecrit_et_se_journalise_en_interne(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    donnees = {"posture": "aiguilleur", "pouvoirs_publics": "2", "projet": "4"}
    assert client_pilote.post(ROLE.url("ajouter", dossier.pk), donnees).status_code == 302
    role = RoleDuDLA.objects.get()
    assert (role.pouvoirs_publics, role.projet, role.legitimite) == (2, 4, "")
    assert Acte.objects.sur(dossier).get().interne
    assert client_pilote.post(ROLE.url("ajouter", dossier.pk)).status_code != 500


def test_une_position_hors_de_l_axe_se_refuse(dossier: Ingenierie, client_pilote: Client) -> None:
    reponse = client_pilote.post(ROLE.url("ajouter", dossier.pk), {"projet": "9"})
    assert (reponse.status_code, RoleDuDLA.objects.count()) == (422, 0)
    with pytest.raises(ValidationError, match="entre 1 et 5"):
        RoleDuDLA(ingenierie=dossier, projet=9).validate_constraints()


@pytest.mark.parametrize(
    ("positions", "attendue"),
    [
        ((1, 2), "facilitateur"),
        ((2, 5), "aiguilleur"),
        ((4, 4), "revelateur"),
        ((5, 1), "empathie"),
        ((3, 1), None),
        ((None, 1), None),
    ],
)
def test_deux_positions_evoquent_une_posture(
    positions: tuple[int | None, int | None], attendue: str | None
) -> None:
    postures = methode.postures()
    evoquee = posture_evoquee(
        postures.postures,
        postures.axes,
        dict(zip(("pouvoirs_publics", "projet"), positions, strict=True)),
    )
    assert (evoquee.code if evoquee else None) == attendue


def test_une_posture_qui_jure_avec_ses_positions_le_dit(
    dossier: Ingenierie, pilote: Utilisateur
) -> None:
    RoleDuDLA.objects.create(ingenierie=dossier, posture="revelateur", pouvoirs_publics=1, projet=1)
    vu = panneau("identifier.positionner", dossier, pilote)
    assert vu.contexte["evoquee"] == "Facilitateur"
    assert not [m for m in vu.manques if "risque" in m]


def test_la_mission_montre_sa_problematique_et_ses_voix(
    dossier: Ingenierie, pilote: Utilisateur, client_pilote: Client
) -> None:
    portee = problematique(dossier.operateur)
    rattacher = reverse("identifier:rattacher", args=[dossier.pk])
    client_pilote.post(rattacher, {"problematique": portee.pk})
    ailleurs = operateur("DLA du Jura", departement("39", "Jura"))
    portee.signaux.add(
        signal(dossier.operateur, source="structures", texte="MOTS-DU-DOUBS"),
        signal(dossier.operateur, source="documents"),
        signal(ailleurs, source="structures", texte="MOTS-DU-JURA"),
    )
    vu = panneau("identifier.cerner", dossier, pilote)
    assert set(vu.faits) == {"signal_structure", "signal_document"}
    assert vu.contexte["autres"] == 1
    adresse = reverse("ingenieries:demarche", args=[dossier.pk, "identifier.cerner"])
    interne = client_pilote.get(adresse).content.decode()
    assert "MOTS-DU-DOUBS" in interne
    assert "MOTS-DU-JURA" not in interne
    lien = partenaire(dossier, etat=EtatPartenariat.ENGAGE)
    dehors = connecte(agent(lien.organisation, Role.PARTENAIRE)).get(adresse).content.decode()
    assert "MOTS-DU" not in dehors
    assert portee.titre in dehors


def test_une_problematique_redigee_est_un_fait(dossier: Ingenierie, pilote: Utilisateur) -> None:
    portee = problematique(dossier.operateur, contexte="Des subventions en baisse")
    portee.ingenieries.add(dossier)
    assert "problematique_formulee" not in panneau("identifier.positionner", dossier, pilote).faits
    portee.enjeux = "L’autonomie"
    portee.save()
    assert "problematique_formulee" in panneau("identifier.positionner", dossier, pilote).faits


def test_on_ne_rattache_pas_une_problematique_que_l_on_ne_lit_pas(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    ailleurs = problematique(operateur("DLA de la Gironde", departement("33", "Gironde")))
    reponse = client_pilote.post(
        reverse("identifier:rattacher", args=[dossier.pk]), {"problematique": ailleurs.pk}
    )
    assert (reponse.status_code, dossier.problematiques.count()) == (422, 0)


@pytest.mark.parametrize("demarche", list(PAR_DEMARCHE))
def test_les_panneaux_coutent_autant_a_une_qu_a_deux_cents_lignes(
    demarche: str, dossier: Ingenierie, pilote: Utilisateur
) -> None:
    vue = regard(pilote, dossier)

    def cout() -> int:
        with CaptureQueriesContext(connection) as captees:
            PAR_DEMARCHE[demarche](dossier, vue)
        return len(captees)

    def poser(nombre: int) -> None:
        notes = [Signal(operateur=dossier.operateur, texte=f"B{i}") for i in range(nombre)]
        Signal.objects.bulk_create(notes)
        portees = [Problematique(operateur=dossier.operateur, titre="P") for _ in range(nombre)]
        Problematique.objects.bulk_create(portees)
        for portee in portees:
            portee.signaux.set(notes)
        dossier.problematiques.add(*portees)

    Ciblage.objects.create(ingenierie=dossier, sous_item=AIRE, retenu="Doubs")
    poser(1)
    a_un = cout()
    for code, _ in choix.sous_items()[1:]:
        Ciblage.objects.create(ingenierie=dossier, sous_item=code, retenu="x")
    poser(199)
    assert cout() == a_un <= PANNEAUX.requetes


def test_le_formulaire_du_role_dit_les_poles_et_les_situations(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    page = client_pilote.get(ROLE.url("ajouter", dossier.pk)).content.decode()
    assert "1. Politique affirmée" in page
    assert "Facilitateur (politique affirmée, projet fort)" in page
