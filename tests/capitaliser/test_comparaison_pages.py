"""Les pages de la comparaison : qui s'ouvre à qui, ce que garde l'adresse, ce que cela coûte."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.annuaire.models import Nature, Role
from maillage.capitaliser.models import Publication
from maillage.confirmer.models import ProjetDIntervention
from maillage.ingenieries.models import Avancement, Ingenierie
from tests.capitaliser.fabriques import fiche_publiee, remplir
from tests.comptes import connecte
from tests.fabriques import agent, departement, mission, operateur, organisation

pytestmark = pytest.mark.django_db


def comparer(client: Client, a: Ingenierie, **adresse: object) -> str:
    reponse = client.get(reverse("capitaliser:comparer", args=[a.pk]), adresse)
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def ailleurs() -> Ingenierie:
    gironde = operateur("DLA de la Gironde", departement("33", "Gironde"))
    return mission(gironde, titre="Mutualiser en Gironde")


@pytest.fixture
def deux(db: None) -> tuple[Ingenierie, Ingenierie]:
    """Deux missions du même DLA : cinq jours d'un côté, une dizaine de l'autre."""
    a = mission(titre="Mécénat", annee=2010, secteur="culture")
    b = mission(a.operateur, titre="Emploi partagé", annee=2012, secteur="culture")
    ProjetDIntervention.objects.create(
        ingenierie=a, jours_valeur=5, jours_precision="exact", rythme="mensuel"
    )
    ProjetDIntervention.objects.create(ingenierie=b, jours_valeur=10, jours_precision="environ")
    return a, b


def test_deux_missions_se_lisent_point_par_point(deux) -> None:
    a, b = deux
    page = comparer(connecte(agent(a.operateur)), a, avec=b.pk)
    assert "environ 5 jours de plus" in page
    assert "inconnu des deux côtés" in page
    assert "dit par A seulement" in page
    assert 'data-label="A et B"' in page
    assert 'data-label="B · Emploi partagé"' in page


def test_le_cycle_se_compare_avec_les_raisons(deux) -> None:
    a, b = deux
    Avancement.objects.create(
        ingenierie=a, code="engager.valider", etat="sans_objet", motif="Pas de comité ici"
    )
    Avancement.objects.create(ingenierie=b, code="engager.valider", etat="fait")
    page = comparer(connecte(agent(a.operateur)), a, avec=b.pk)
    assert "Pas de comité ici" in page
    assert "Comparer les quarante-cinq points" in page
    detail = comparer(connecte(agent(a.operateur)), a, avec=b.pk, points=1)
    assert detail.count('<th scope="row">') > page.count('<th scope="row">') + 30


def test_seulement_ce_qui_differe_tient_dans_l_adresse(deux) -> None:
    a, b = deux
    page = comparer(connecte(agent(a.operateur)), a, avec=b.pk, ecarts=1)
    assert 'data-label="A et B"' not in page
    assert "Montrer aussi ce qui est pareil" in page
    assert f"avec={b.pk}" in page


def test_sans_rien_en_face_la_page_propose_et_cherche(deux) -> None:
    a, b = deux
    client = connecte(agent(a.operateur))
    assert f"?avec={b.pk}" in comparer(client, a)
    assert f"?avec={b.pk}" in comparer(client, a, q="EMPLOI partage")
    assert "Aucune mission ne répond" in comparer(client, a, q="introuvable")


def test_une_fiche_publiee_d_ailleurs_se_met_en_face_sans_son_cycle(deux) -> None:
    a, _ = deux
    publication = fiche_publiee(ailleurs())
    client = connecte(agent(a.operateur))
    assert f"?avec={publication.fiche_id}" in comparer(client, a)
    page = comparer(client, a, avec=publication.fiche_id)
    assert "Mutualiser en Gironde" in page
    assert "fiche publiée, édition 1" in page
    assert "deux missions qui vous sont ouvertes" in page


def test_une_mission_visible_n_est_pas_proposee_deux_fois(deux) -> None:
    a, b = deux
    fiche_publiee(b)
    assert comparer(connecte(agent(a.operateur)), a).count("?avec=") == 1


@pytest.mark.parametrize("avec", ["", "n’importe quoi", "'; drop", str(UUID(int=7)), "\x00"])
def test_un_autre_cote_illisible_ou_inconnu_ramene_au_choix(deux, avec: str) -> None:
    a, _ = deux
    page = comparer(connecte(agent(a.operateur)), a, avec=avec)
    assert "Choisissez la mission à mettre en face" in page
    assert ("choisissez une autre mission" in page) == bool(avec)


def test_une_mission_cachee_ne_se_distingue_pas_d_une_qui_n_existe_pas(deux) -> None:
    a, _ = deux
    client = connecte(agent(a.operateur))
    cachee, inconnue = (comparer(client, a, avec=cle) for cle in (ailleurs().pk, uuid4()))
    assert "n’existe pas, ou ne vous est pas ouvert" in cachee
    assert "Mutualiser" not in cachee + inconnue


def test_une_mission_ne_se_compare_pas_a_elle_meme(deux) -> None:
    a, _ = deux
    assert "C’est la même" in comparer(connecte(agent(a.operateur)), a, avec=a.pk)


def test_hors_perimetre_la_page_n_existe_pas(deux) -> None:
    a, _ = deux
    client = connecte(agent(ailleurs().operateur))
    assert client.get(reverse("capitaliser:comparer", args=[a.pk])).status_code == 404


def test_deux_fiches_de_la_bibliotheque_sont_a_toute_personne_connectee(deux) -> None:
    une, autre = (fiche_publiee(m) for m in deux)
    lecteur = connecte(agent(organisation(Nature.NATIONAL), Role.NATIONAL))
    adresse = reverse("capitaliser:comparer_les_fiches", args=[une.fiche_id])
    assert f"?avec={autre.fiche_id}" in lecteur.get(adresse).content.decode()
    page = lecteur.get(adresse, {"avec": autre.fiche_id}).content.decode()
    assert "environ 5\u00a0jours de plus" in page


def test_en_bibliotheque_une_mission_meme_visible_n_est_pas_une_fiche(deux) -> None:
    a, b = deux
    adresse = reverse("capitaliser:comparer_les_fiches", args=[fiche_publiee(a).fiche_id])
    page = connecte(agent(a.operateur)).get(adresse, {"avec": b.pk}).content.decode()
    assert "n’existe pas, ou ne vous est pas ouvert" in page


def test_une_edition_d_avant_les_nombres_se_compare_encore(deux) -> None:
    une, autre = (fiche_publiee(m) for m in deux)
    ancien = {nom: v for nom, v in une.contenu.items() if nom != "mesures"}
    Publication.objects.filter(pk=une.pk).update(contenu=ancien)
    adresse = reverse("capitaliser:comparer_les_fiches", args=[une.fiche_id])
    page = connecte(agent(operateur("X"))).get(adresse, {"avec": autre.fiche_id}).content.decode()
    assert "pas gardé dans cette édition" in page


def test_la_recherche_d_une_fiche_ignore_les_nombres_gardes(deux) -> None:
    fiche_publiee(deux[0])
    assert not Publication.objects.cherche("exact").exists()


@pytest.mark.parametrize("nombre", [2, 60])
@pytest.mark.parametrize("adresse", [{}, {"q": "mission"}, {"points": 1}])
def test_la_comparaison_tient_dans_son_budget(deux, nombre: int, adresse: dict) -> None:
    a, b = deux
    for m in deux:
        remplir(m, nombre)
    client = connecte(agent(a.operateur))
    adresse = adresse if "q" in adresse else {"avec": b.pk, **adresse}
    with CaptureQueriesContext(connection) as requetes:
        comparer(client, a, **adresse)
    assert len(requetes) <= 9
