"""D'une problématique : plusieurs missions, l'aide à choisir, une orientation rendue."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Nature, Organisation
from maillage.identifier import operations
from maillage.identifier import taches as sujet
from maillage.identifier.models import Orientation, Problematique
from maillage.ingenieries.models import NatureIngenierie
from maillage.socle.documents.operations import deposer
from maillage.socle.sujets import sujet_de
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur, organisation
from tests.identifier.monde import problematique, signal
from tests.taches import lire_les_taches

taches = lire_les_taches(sujet)
pytestmark = pytest.mark.django_db


@pytest.fixture
def portee(dla: Organisation) -> Problematique:
    objet = problematique(dla)
    objet.structures.add(organisation(nom="Théâtre du Pont Neuf", operateur=dla))
    return objet


def orienter(portee: Problematique, **champs: object) -> Orientation:
    champs.setdefault("vers_libelle", "La fédération")
    structure = portee.structures.get()
    return operations.orienter(
        Orientation(problematique=portee, structure=structure, pourquoi="Elle sait", **champs),
        par=agent(portee.operateur),
    )


def test_on_oriente_une_structure_puis_on_dit_qu_elle_le_sait(
    portee: Problematique, client_du_dla: Client
) -> None:
    donnees = {
        "structure": portee.structures.get().pk,
        "vers_libelle": "La fédération",
        "pourquoi": "Elle anime un réseau d’entreprises",
    }
    adresse = reverse("identifier:orienter", args=[portee.pk])
    assert client_du_dla.post(adresse, donnees).status_code == 302
    orientation = Orientation.objects.get()
    assert orientation.rendue_le is None
    page = client_du_dla.get(portee.get_absolute_url()).content.decode()
    assert "La fédération" in page
    assert "La structure le sait" in page
    rendre = reverse("identifier:orientation_rendre", args=[portee.pk, orientation.pk])
    client_du_dla.post(rendre)
    orientation.refresh_from_db()
    assert orientation.rendue_le == timezone.localdate()


def test_aujourd_hui_dit_les_orientations_a_rendre(portee: Problematique) -> None:
    """Une ligne par problématique, sans nommer personne ; elle s'efface une fois tout rendu."""
    par = agent(portee.operateur)
    deux = [orienter(portee), orienter(portee, vers_libelle="La chambre")]
    dites = {t.titre: t.url for t in taches(par, timezone.localdate())}
    assert dites["2\u00a0orientations à dire"] == f"{portee.get_absolute_url()}#orientations"
    for orientation in deux:
        operations.rendre(orientation, le=timezone.localdate(), par=par)
    assert not [t for t in taches(par, timezone.localdate()) if "orientation" in t.titre]


def test_une_orientation_va_vers_quelqu_un_et_dit_pourquoi(
    portee: Problematique, client_du_dla: Client
) -> None:
    adresse = reverse("identifier:orienter", args=[portee.pk])
    donnees = {"structure": portee.structures.get().pk, "pourquoi": "Elle sait"}
    reponse = client_du_dla.post(adresse, donnees)
    assert reponse.status_code == 422
    assert "Dites vers qui" in reponse.content.decode()
    with pytest.raises(IntegrityError):
        orienter(portee, vers_libelle="")


def test_on_n_oriente_que_les_structures_de_la_problematique(
    dla: Organisation, portee: Problematique, client_du_dla: Client
) -> None:
    autre = organisation(operateur=dla)
    donnees = {"structure": autre.pk, "vers_libelle": "Ici", "pourquoi": "Elle sait"}
    adresse = reverse("identifier:orienter", args=[portee.pk])
    assert client_du_dla.post(adresse, donnees).status_code == 422
    ailleurs = orienter(problematique_d_ailleurs())
    adresse = reverse("identifier:orientation_rendre", args=[portee.pk, ailleurs.pk])
    assert client_du_dla.post(adresse).status_code == 404


def problematique_d_ailleurs() -> Problematique:
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    objet = problematique(jura)
    objet.structures.add(organisation(operateur=jura))
    return objet


def test_qui_ne_lit_pas_la_structure_ne_lit_pas_son_orientation() -> None:
    """Une problématique régionale se lit dans les DLA ; pas les structures de chacun."""
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement("25", "Doubs")])
    objet = problematique(region)
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    objet.structures.add(organisation(nom="Ressourcerie du Haut", operateur=jura))
    orienter(objet)
    page = connecte(agent(operateur())).get(objet.get_absolute_url()).content.decode()
    assert "Ressourcerie du Haut" not in page
    assert "La fédération" not in page


def test_deux_missions_de_suite_depuis_la_meme_page(
    dla: Organisation, portee: Problematique, client_du_dla: Client
) -> None:
    adresse = reverse("identifier:ouvrir_mission", args=[portee.pk])
    donnees = {"titre": "Formation", "annee": 2026, "operateur": dla.pk, "nature": "collective"}
    encore = client_du_dla.post(adresse, {**donnees, "encore": "oui"})
    assert encore["Location"] == adresse
    seule = {**donnees, "titre": "Pour le théâtre", "nature": NatureIngenierie.INDIVIDUELLE}
    client_du_dla.post(adresse, seule)
    assert set(portee.ingenieries.values_list("titre", "nature")) == {
        ("Formation", "collective"),
        ("Pour le théâtre", "individuelle"),
    }


def test_l_aide_au_choix_suit_les_objectifs_et_dit_qu_elle_est_la_notre(
    portee: Problematique, client_du_dla: Client
) -> None:
    adresse = reverse("identifier:ouvrir_mission", args=[portee.pk])
    sans = client_du_dla.get(adresse)
    assert sans.context["pistes"] == []
    avec = client_du_dla.get(f"{adresse}?objectifs=innovation&objectifs=inconnu")
    assert [nom for nom, _ in avec.context["pistes"]] == ["Solution produite avec les structures"]
    assert "Ces conseils sont ceux de Maillage" in avec.content.decode()


def test_la_page_tient_dans_son_budget_quel_que_soit_le_nombre(
    dla: Organisation, portee: Problematique
) -> None:
    par = agent(dla)
    client = connecte(par)
    nombres = set()
    for combien in (1, 20):
        for _ in range(combien):
            portee.signaux.add(signal(dla))
            orienter_vers(portee, organisation(operateur=dla))
        deposer(
            sujet=sujet_de(portee, par), fichier=ContentFile(b"Un compte rendu", name="note.txt")
        )
        client.get(portee.get_absolute_url())
        with CaptureQueriesContext(connection) as captees:
            page = client.get(portee.get_absolute_url()).content.decode()
        assert "note" in page
        nombres.add(len(captees))
    assert len(nombres) == 1
    assert nombres.pop() <= 12


def orienter_vers(portee: Problematique, structure: Organisation) -> None:
    portee.structures.add(structure)
    Orientation.objects.create(
        problematique=portee, structure=structure, vers_libelle="Ici", pourquoi="Elle sait"
    )
