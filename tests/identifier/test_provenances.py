"""Noter un besoin d'où l'on est : ce que la page en dit déjà, et qui a le droit de l'y lire."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.http import urlencode

from maillage.accueillir.models import Demande
from maillage.annuaire.models import Nature, Organisation, Role
from maillage.confirmer.models import Participation
from maillage.engager.models import Avis
from maillage.finaliser.models import Seance
from maillage.identifier.models import Signal
from maillage.identifier.slots import PROVENANCES
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, mission, operateur, organisation
from tests.identifier.monde import problematique

pytestmark = pytest.mark.django_db

DIT = "Nos bénévoles s’en vont un à un"
HIER = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def moi(dla: Organisation) -> Utilisateur:
    return agent(dla)


@pytest.fixture
def charge(moi: Utilisateur) -> Client:
    return connecte(moi)


@pytest.fixture
def structure(dla: Organisation) -> Organisation:
    ville = commune(dans=departement())
    return organisation(nom="Atelier du Lac", operateur=dla, commune=ville, secteur="culture")


@pytest.fixture
def dossier(dla: Organisation) -> Ingenierie:
    return mission(dla, titre="Employer à plusieurs", secteur="sport")


def formulaire(client: Client, depuis: str) -> Any:
    reponse = client.get(f"{reverse('identifier:noter')}?{urlencode({'depuis': depuis})}")
    assert reponse.status_code == 200
    return reponse.context["formulaire"]


def note(client: Client, depuis: str, **dits: str) -> Signal:
    """Ce que l'on garde en envoyant la page telle qu'elle se présente."""
    lu = formulaire(client, depuis)
    envoi = {champ.html_name: champ.value() or "" for champ in lu}
    reponse = client.post(
        reverse("identifier:noter"), {**envoi, "texte": DIT, "depuis": depuis, **dits}
    )
    assert reponse.status_code == 302, reponse.context["formulaire"].errors
    return Signal.objects.latest("cree_le")


def test_chaque_provenance_est_le_debut_d_une_vraie_adresse() -> None:
    routes = [
        str(route.pattern) for inclus in get_resolver().url_patterns for route in (_dessous(inclus))
    ]
    for cle in PROVENANCES.cles:
        assert any(route.startswith(cle) for route in routes), cle


def _dessous(motif: Any) -> list[Any]:
    if not hasattr(motif, "url_patterns"):
        return [motif]
    return [feuille for fils in motif.url_patterns for feuille in _dessous(fils)]


def test_sans_page_reconnue_il_n_y_a_qu_un_champ(charge: Client) -> None:
    for depuis in ("", "/besoins/", "/pas/une/page/", "//ailleurs.example/annuaire/"):
        assert [c.name for c in formulaire(charge, depuis).visible_fields()] == ["texte"]


def test_chez_une_structure(charge: Client, dla: Organisation, structure: Organisation) -> None:
    page = structure.get_absolute_url()
    garde = note(charge, f"{page}modifier/?onglet=chiffres")
    assert garde.structure == structure
    assert (garde.source, garde.secteur, garde.date) == (
        "structures",
        "culture",
        timezone.localdate(),
    )
    assert garde.territoire == structure.commune
    assert garde.operateur == dla
    assert "Noter un besoin entendu" in charge.get(page).content.decode()


def test_deux_structures_du_meme_nom_ne_se_confondent_pas(
    charge: Client, dla: Organisation, structure: Organisation
) -> None:
    organisation(nom=structure.nom, operateur=dla, commune=structure.commune)
    assert note(charge, structure.get_absolute_url()).structure == structure


def test_d_une_liste_collee_chaque_besoin_vient_du_meme_endroit(
    charge: Client, structure: Organisation
) -> None:
    note(charge, structure.get_absolute_url(), texte="- un\n- deux", par_ligne="1")
    assert [s.structure for s in Signal.objects.all()] == [structure, structure]
    assert {s.texte for s in Signal.objects.all()} == {"un", "deux"}


def test_en_accueillant_une_demande(
    charge: Client, dla: Organisation, structure: Organisation
) -> None:
    demande = Demande.objects.create(structure=structure, operateur=dla)
    page = demande.get_absolute_url()
    assert note(charge, page).structure == structure
    assert "Noter un besoin entendu" in charge.get(page).content.decode()


def test_dans_une_mission(charge: Client, dossier: Ingenierie) -> None:
    page = reverse("ingenieries:demarche", args=[dossier.pk, "identifier.cerner"])
    garde = note(charge, page)
    assert garde.ingenierie == dossier
    assert (garde.structure, garde.source, garde.secteur) == (None, "", "sport")
    assert garde.territoire == departement()
    lue = charge.get(page).content.decode()
    assert "1 besoin entendu au fil de la mission" in lue
    assert "Noter un besoin entendu" in lue
    liste = charge.get(reverse("identifier:signaux"), {"ingenierie": str(dossier.pk)})
    assert DIT in liste.content.decode()
    autre = charge.get(reverse("identifier:signaux"), {"ingenierie": str(mission().pk)})
    assert DIT not in autre.content.decode()
    assert dossier.titre in charge.get(garde.get_absolute_url()).content.decode()


def test_pendant_une_seance(charge: Client, dossier: Ingenierie, structure: Organisation) -> None:
    participation = Participation.objects.create(ingenierie=dossier, structure=structure)
    seance = Seance.objects.create(
        ingenierie=dossier,
        titre="Chez elle",
        forme="individuelle",
        date=HIER,
        participation=participation,
    )
    depuis = reverse("finaliser:seance_modifier", args=[dossier.pk, seance.pk])
    liste = charge.get(reverse("finaliser:seances", args=[dossier.pk])).content.decode()
    assert f"depuis={depuis}".replace("/", "%2F") in liste
    garde = note(charge, depuis)
    assert (garde.ingenierie, garde.structure, garde.date) == (dossier, structure, HIER)


def test_la_structure_d_une_seance_reste_aux_dla_de_la_mission(
    dossier: Ingenierie, structure: Organisation
) -> None:
    """Le DLA régional lit la mission ; avec qui une séance se tient est interne."""
    regional = organisation(Nature.DLA_REGIONAL, territoires=[departement()])
    client = connecte(agent(regional, Role.DLA_REGIONAL))
    participation = Participation.objects.create(ingenierie=dossier, structure=structure)
    seance = Seance.objects.create(
        ingenierie=dossier, titre="Chez elle", forme="individuelle", participation=participation
    )
    lu = formulaire(client, reverse("finaliser:seance_modifier", args=[dossier.pk, seance.pk]))
    assert lu.provenance.ingenierie == dossier
    assert lu.provenance.structure is None


def test_une_seance_a_venir_ne_date_pas_ce_qui_s_entend_aujourd_hui(
    charge: Client, dossier: Ingenierie
) -> None:
    demain = timezone.localdate() + timedelta(days=1)
    seance = Seance.objects.create(
        ingenierie=dossier, titre="La première", forme="collective", date=demain
    )
    garde = note(charge, reverse("finaliser:seance_modifier", args=[dossier.pk, seance.pk]))
    assert garde.date == timezone.localdate()


def test_en_comite(charge: Client, dla: Organisation, dossier: Ingenierie) -> None:
    avis = Avis.objects.create(ingenierie=dossier, operateur=dla, date=HIER)
    garde = note(charge, reverse("engager:avis_modifier", args=[dossier.pk, avis.pk]))
    assert (garde.ingenierie, garde.source, garde.date) == (dossier, "sollicitations", HIER)
    assert garde.auteur_libelle == "comité d’appui"
    assert note(charge, reverse("engager:comites")).source == "sollicitations"


def test_a_propos_d_une_problematique(charge: Client, dla: Organisation) -> None:
    lue = problematique(dla)
    page = lue.get_absolute_url()
    garde = note(charge, page, joindre="on")
    assert list(lue.signaux.all()) == [garde]
    seul = note(charge, page, joindre="")
    assert seul not in lue.signaux.all()


def test_ce_que_l_on_ne_voit_pas_ne_dit_rien(
    charge: Client, dla: Organisation, structure: Organisation
) -> None:
    """Ni le nom ni l'existence de ce qui est hors du périmètre."""
    ailleurs = operateur("DLA de la Gironde", departement("33", "Gironde"))
    fermees = [
        organisation(operateur=ailleurs).get_absolute_url(),
        mission(ailleurs).get_absolute_url(),
        problematique(ailleurs).get_absolute_url(),
        Demande.objects.create(
            structure=organisation(operateur=ailleurs), operateur=ailleurs
        ).get_absolute_url(),
    ]
    for page in fermees:
        assert [c.name for c in formulaire(charge, page).visible_fields()] == ["texte"], page


def test_la_saisie_situee_tient_dans_le_budget(
    charge: Client, dossier: Ingenierie, django_assert_max_num_queries: Any
) -> None:
    adresse = f"{reverse('identifier:noter')}?{urlencode({'retour': dossier.get_absolute_url()})}"
    with django_assert_max_num_queries(12):
        charge.get(adresse)
