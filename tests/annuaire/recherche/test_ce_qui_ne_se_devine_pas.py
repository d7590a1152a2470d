"""Les filtres de la recherche ne disent pas ce que la fiche tait ; le registre ne la casse pas."""

from __future__ import annotations

import pytest
from django.urls import reverse

from maillage.annuaire.models import ChiffresAnnuels, EntreeDuRegistre, Nature, Organisation
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, operateur, organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("d_ici", "trouvee"), [(True, True), (False, False)])
def test_la_taille_ne_filtre_que_les_dossiers_que_l_on_lit(d_ici: bool, trouvee: bool) -> None:
    """Une structure vue par le seul annuaire partagé garde ses emplois pour son DLA."""
    doubs, gironde = departement(), departement("33", "Gironde")
    ici, ailleurs = operateur("DLA du Doubs", doubs), operateur("DLA de la Gironde", gironde)
    bordeaux = commune("33063", "Bordeaux", dans=gironde)
    natures = [Nature.STRUCTURE, Nature.RESEAU]
    loin = organisation(
        nom="Réseau Lointain", natures=natures, operateur=ailleurs, commune=bordeaux
    )
    ChiffresAnnuels.objects.create(
        organisation=loin, annee=2025, etp_valeur=7, etp_precision="exact"
    )
    client = connecte(agent(ailleurs if d_ici else ici))
    chercher = reverse("annuaire:chercher")
    assert "Réseau Lointain" in client.get(chercher, {"q": "Lointain"}).content.decode()
    page = client.get(chercher, {"q": "Lointain", "taille": "3-9"}).content.decode()
    assert ("Réseau Lointain" in page) is trouvee


def test_une_entree_du_registre_sans_nom_se_refuse_et_le_dit() -> None:
    EntreeDuRegistre.objects.create(
        numero="W251000009", nom="", nom_normalise="", mots="", objet=""
    )
    client = connecte(agent(operateur()))
    adresse = reverse("annuaire:reprendre", args=["W251000009"])
    reponse = client.post(adresse, {"malgre_doublon": "1"}, follow=True)
    assert "Le registre ne suffit pas" in reponse.content.decode()
    assert not Organisation.objects.filter(natures=[Nature.STRUCTURE]).exists()
