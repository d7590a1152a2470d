"""Les pages du dossier : ce qu'elles coûtent, ce qu'elles disent, ce qu'elles refusent."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Nature, Role
from maillage.ingenieries.cycle import regles
from maillage.ingenieries.models import EtatAvancement, EtatIngenierie, Ingenierie
from maillage.ingenieries.operations import marquer
from tests.comptes import connecte
from tests.fabriques import agent, mission, operateur, organisation
from tests.requetes import requetes
from tests.telechargements import contenu

pytestmark = pytest.mark.django_db
DEMARCHES = [code for code in regles() if code.count(".") == 1]


def en_nombre(dla, combien: int) -> None:
    """Des missions d'un même opérateur, posées en lot."""
    lot = [Ingenierie(operateur=dla, titre=f"Mission {i}", annee=2026) for i in range(combien)]
    Ingenierie.objects.bulk_create(lot)
    liens = Ingenierie.territoires.through
    territoire = dla.territoires.get()
    liens.objects.bulk_create(liens(ingenierie_id=m.pk, territoire_id=territoire.pk) for m in lot)


def test_la_liste_coute_autant_a_dix_qu_a_mille() -> None:
    dla = operateur()
    client, adresse = connecte(agent(dla)), reverse("ingenieries:liste")
    en_nombre(dla, 10)
    a_dix = requetes(client, adresse)
    en_nombre(dla, 990)
    assert requetes(client, adresse) == a_dix <= 12
    assert "1 à 25 sur 1" in client.get(adresse).content.decode()


@pytest.mark.parametrize("code", DEMARCHES)
def test_chaque_demarche_tient_en_douze_requetes(code: str) -> None:
    m = mission()
    par = agent(m.operateur)
    for regle in regles():
        marquer(m, regle, EtatAvancement.EN_COURS, par=par)
    assert requetes(connecte(par), reverse("ingenieries:demarche", args=[m.pk, code])) <= 12


def test_le_dossier_s_ouvre_ou_il_en_est() -> None:
    m = mission()
    par = agent(m.operateur)
    marquer(m, "identifier.cerner", EtatAvancement.FAIT, par=par)
    reponse = connecte(par).get(m.get_absolute_url())
    assert reponse["Location"] == reverse("ingenieries:demarche", args=[m.pk, "identifier.cibler"])


def test_un_tri_ou_une_page_absurdes_donnent_la_liste() -> None:
    m = mission(titre="La seule")
    client = connecte(agent(m.operateur))
    for suite in ("?tri=pk%27--", "?page=99999999", "?annee=abc", "?etat=x", "?q=%00"):
        reponse = client.get(reverse("ingenieries:liste") + suite)
        assert reponse.status_code == 200, suite


@pytest.mark.parametrize("forme", ["xlsx", "csv"])
def test_l_export_ne_contient_que_le_visible(forme: str) -> None:
    m = mission(titre="=HYPERLINK(1)")
    mission(operateur("DLA du Jura"), titre="Ailleurs")
    reponse = connecte(agent(m.operateur)).get(reverse("ingenieries:liste"), {"export": forme})
    assert reponse.status_code == 200
    exporte = contenu(reponse)
    if forme == "csv":
        texte = exporte.decode("utf-8-sig")
        assert "'=HYPERLINK(1)" in texte
        assert "Ailleurs" not in texte


def test_ouvrir_une_mission_par_le_formulaire() -> None:
    dla = operateur()
    par = agent(dla)
    client = connecte(par)
    saisie = {
        "titre": "Mécénat",
        "nature": "collective",
        "operateur": str(dla.pk),
        "annee": "2010",
        "territoires": "Doubs",
    }
    reponse = client.post(reverse("ingenieries:ouvrir"), saisie)
    assert reponse.status_code == 302, reponse.content.decode()
    creee = Ingenierie.objects.get()
    assert (creee.titre, creee.annee, creee.operateur) == ("Mécénat", 2010, dla)
    assert [t.nom for t in creee.territoires.all()] == ["Doubs"]


def test_la_personne_chargee_exerce_encore_mais_son_nom_reste_apres_son_depart() -> None:
    dla = operateur()
    par, partie = agent(dla), agent(dla)
    m = mission(dla, charge=partie.personne)
    partie.personne.rattachements.update(revoque_le=timezone.now())
    client, autre = connecte(par), mission(dla)
    saisie = {"titre": "Suite", "nature": "collective", "operateur": str(dla.pk), "annee": "2026"}
    saisie |= {"charge": str(partie.personne.pk), "version": "1"}
    assert client.post(reverse("ingenieries:modifier", args=[autre.pk]), saisie).status_code == 422
    assert client.post(reverse("ingenieries:modifier", args=[m.pk]), saisie).status_code == 302
    m.refresh_from_db()
    assert (m.titre, m.charge) == ("Suite", partie.personne)


def test_tout_faux_se_reaffiche_avec_ce_qui_fut_tape() -> None:
    par = agent(operateur())
    saisie = {
        "titre": "<script>alert(1)</script>" * 20,
        "operateur": "pas-un-uuid",
        "annee": "mille",
        "demarree_le": "32/13/2026",
        "territoires": "Nulle-Part",
    }
    reponse = connecte(par).post(reverse("ingenieries:ouvrir"), saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert not Ingenierie.objects.exists()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert 'value="mille"' in page


def test_sans_objet_sans_raison_se_redemande() -> None:
    m = mission()
    adresse = reverse("ingenieries:avancer", args=[m.pk, "identifier.cibler"])
    reponse = connecte(agent(m.operateur)).post(adresse, {"etat": "sans_objet"})
    assert reponse.status_code == 422
    assert "pourquoi c’est sans objet" in reponse.content.decode()
    assert not m.avancements.exists()


def test_un_verbe_inconnu_ou_perime_ne_change_rien_et_le_dit() -> None:
    m = mission()
    client = connecte(agent(m.operateur))
    for verbe, version in (
        ("detruire", 1),
        ("suspendre", 9),
        ("reprendre", 1),
        ("abandonner", 1),
        ("clore", "x"),
    ):
        reponse = client.post(
            reverse("ingenieries:etat", args=[m.pk, verbe]), {"version": version}, follow=True
        )
        assert "Rien n’a changé" in reponse.content.decode(), verbe
    m.refresh_from_db()
    assert m.etat == EtatIngenierie.EN_COURS


def test_une_note_ne_se_lit_pas_hors_du_dla() -> None:
    m = mission(secteur="culture")
    client = connecte(agent(m.operateur))
    client.post(reverse("ingenieries:note_ajouter", args=[m.pk]), {"texte": "Secret de cuisine"})
    adresse = reverse("ingenieries:demarche", args=[m.pk, "identifier.cerner"])
    assert "Secret de cuisine" in client.get(adresse).content.decode()

    ressources = organisation(Nature.CENTRE_RESSOURCES, secteur="culture")
    autre = connecte(agent(ressources, Role.CENTRE_RESSOURCES)).get(adresse)
    assert autre.status_code == 200
    assert "Secret de cuisine" not in autre.content.decode()


def test_deux_agents_sur_la_meme_note() -> None:
    m = mission()
    camille, dominique = (connecte(agent(m.operateur)) for _ in range(2))
    camille.post(reverse("ingenieries:note_ajouter", args=[m.pk]), {"texte": "Première"})
    note = m.notes.get()
    adresse = reverse("ingenieries:note_modifier", args=[m.pk, note.pk])
    camille.post(adresse, {"texte": "De Camille", "version": note.version})
    reponse = dominique.post(adresse, {"texte": "De Dominique", "version": note.version})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "De Dominique" in page
    assert "De Camille" in page
    note.refresh_from_db()
    assert note.texte == "De Camille"
