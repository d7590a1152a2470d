"""La page d'une fiche : ce qu'elle montre, ce qu'elle cache, à qui."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.annuaire.models import ChiffresAnnuels, Organisation, Personne, Rattachement, Role
from maillage.annuaire.slots import ACCOMPAGNEMENTS, Accompagnement
from maillage.socle.models import Utilisateur
from maillage.socle.quantites import Precision, Quantite
from tests.annuaire.conftest import lu
from tests.comptes import connecte
from tests.fabriques import organisation
from tests.requetes import requetes

pytestmark = pytest.mark.django_db


def test_la_fiche_dit_pourquoi_on_la_voit(client_du_dla: Client, theatre: Organisation) -> None:
    page = lu(client_du_dla.get(theatre.get_absolute_url()))

    assert "Pourquoi je vois ceci" in page
    assert "Elle est suivie par votre DLA" in page
    assert "Besançon (25056)" in page


def test_hors_perimetre_la_fiche_n_existe_pas(
    theatre: Organisation, charge_ailleurs: Utilisateur
) -> None:
    client = connecte(charge_ailleurs)
    for nom in ("fiche", "modifier", "chiffres_ajouter", "personnes"):
        assert client.get(reverse(f"annuaire:{nom}", args=[theatre.pk])).status_code == 404
    assert client.get(reverse("annuaire:fiche", args=[uuid4()])).status_code == 404


def test_la_fiche_d_une_partenaire_cache_le_dossier_de_la_structure(
    doubs: Organisation, charge_ailleurs: Utilisateur
) -> None:
    double = organisation(natures=["structure", "reseau"], operateur=doubs)
    ChiffresAnnuels.objects.create(organisation=double, annee=2010)

    page = lu(connecte(charge_ailleurs).get(double.get_absolute_url()))

    assert "ne vous est pas ouvert" in page
    assert "2010" not in page


def test_les_chiffres_disent_l_inconnu_et_l_approche(
    client_du_dla: Client, theatre: Organisation
) -> None:
    for annee, nom in ((2010, "budget"), (2011, "ressources_marchandes")):
        chiffres = ChiffresAnnuels(organisation=theatre, annee=annee)
        setattr(chiffres, nom, Quantite(Decimal(43_200), Precision.ENVIRON, "€"))
        chiffres.save()

    page = lu(client_du_dla.get(theatre.get_absolute_url()))

    assert "environ 43 200 €" in page
    assert page.count(">inconnu</td>") == 2
    assert "Jamais dit : Non marchandes et Non monétaires." in page


def test_la_fiche_montre_les_accompagnements_des_pieces_du_bas(
    client_du_dla: Client, theatre: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missions(_organisation: Organisation, _qui: Utilisateur) -> list[Accompagnement]:
        return [
            Accompagnement("Ancienne", "/missions/1/", "accompagnée", 2009),
            Accompagnement("Récente", "/missions/2/", "retenue", 2026),
        ]

    monkeypatch.setattr(ACCOMPAGNEMENTS, "_fournisseurs", {"essai": missions})

    page = lu(client_du_dla.get(theatre.get_absolute_url()))

    assert page.index("Récente") < page.index("Ancienne")
    assert "/missions/2/" in page


def test_une_structure_archivee_ou_au_nom_d_emprunt_le_dit(
    client_du_dla: Client, theatre: Organisation
) -> None:
    Organisation.objects.update(archive=True, nom_publie=False)

    page = lu(client_du_dla.get(theatre.get_absolute_url()))

    assert "est archivée" in page
    assert "nom est d’emprunt" in page


def test_la_fiche_coute_autant_avec_beaucoup_de_lignes(
    client_du_dla: Client, theatre: Organisation
) -> None:
    def peupler(debut: int, fin: int) -> None:
        for rang in range(debut, fin):
            ChiffresAnnuels.objects.create(organisation=theatre, annee=1950 + rang)
            Rattachement.objects.create(
                personne=Personne.objects.create(nom=f"P{rang}"),
                organisation=theatre,
                role=Role.STRUCTURE,
            )

    pages = [reverse(f"annuaire:{n}", args=[theatre.pk]) for n in ("fiche", "personnes")]
    peupler(0, 2)
    peu = [requetes(client_du_dla, adresse) for adresse in pages]
    peupler(2, 40)
    beaucoup = [requetes(client_du_dla, adresse) for adresse in pages]

    assert peu == beaucoup
    assert max(beaucoup) <= 12


def test_l_anonyme_doit_se_connecter(client: Client, theatre: Organisation) -> None:
    assert client.get(theatre.get_absolute_url()).status_code == 302
    assert client.get(reverse("annuaire:propositions")).status_code == 302


def test_aucune_page_n_ecrit_en_lecture(client_du_dla: Client, theatre: Organisation) -> None:
    with CaptureQueriesContext(connection) as requetes:
        for nom in ("fiche", "modifier", "chiffres_ajouter", "personnes"):
            client_du_dla.get(reverse(f"annuaire:{nom}", args=[theatre.pk]))
    ecritures = [r["sql"] for r in requetes if not r["sql"].startswith(("SELECT", "DECLARE"))]
    assert ecritures == []
