"""Écrire le diagnostic partagé : l'ouvrir, remplir ses domaines, noter ses besoins."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage import methode
from maillage.accueillir.diagnostics import validation
from maillage.accueillir.models import Diagnostic, EtatVolet, FormeDeDiagnostic
from maillage.annuaire.models import Organisation, Rattachement
from maillage.socle.models import Utilisateur
from tests.accueillir.diagnostics.conftest import ecrire, url
from tests.accueillir.fabriques import demande, diagnostic_ouvert, diagnostic_soumis

pytestmark = pytest.mark.django_db


def test_on_ouvre_un_diagnostic_sur_la_grille_en_service(
    client: Client, structure: Organisation
) -> None:
    client.post(url("diagnostic_ouvrir", structure.pk), {"forme": "courte", "date": "2026-03-02"})
    objet = Diagnostic.objects.get()
    assert objet.version_de_grille == methode.diagnostic().version
    assert {v.domaine for v in objet.volets.all()} == {
        d.code for d in methode.diagnostic().domaines
    }


def test_ouvrir_propose_le_dernier_valide_la_demande_et_moi(
    client: Client, charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    notee = demande(structure, dla)
    premier = diagnostic_soumis(structure, dla)
    validation.valider(premier, version=premier.version, par=None, au_nom_de="La présidente")
    diagnostic_ouvert(structure, dla)
    page = client.get(url("diagnostic_ouvrir", structure.pk)).content.decode()
    moi = Rattachement.objects.get(personne__compte=charge).personne_id
    for cle in (premier.pk, notee.pk, moi):
        assert f'value="{cle}" selected' in page


def test_la_forme_complete_ne_perd_rien(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_ouvert(structure, dla, forme=FormeDeDiagnostic.COMPLETE)
    volet = objet.volets.get(domaine="projet")
    question = methode.diagnostic().domaines[0].questions[0]
    ecrire(client, volet, situation="Ici", **{question.code: "Écrites en 2019"}, forme="courte")
    objet.refresh_from_db()
    assert objet.forme == FormeDeDiagnostic.COURTE, "enregistrer et passer à l'autre forme"
    page = client.get(url("domaine", objet.pk, "projet")).content.decode()
    assert question.libelle not in page
    ecrire(client, volet, situation="Ici et là")
    volet.refresh_from_db()
    assert volet.reponses == {question.code: "Écrites en 2019"}
    assert volet.situation == "Ici et là"


def test_deux_agents_sur_le_meme_domaine(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    volet = diagnostic_ouvert(structure, dla).volets.get(domaine="emploi")
    adresse = url("domaine", volet.diagnostic_id, "emploi")
    saisie = {"version": volet.version, "etat": EtatVolet.A_POURSUIVRE}
    assert client.post(adresse, {**saisie, "situation": "La première"}).status_code == 302
    seconde = client.post(adresse, {**saisie, "situation": "La seconde"})
    page = seconde.content.decode()
    assert seconde.status_code == 422
    assert "La première" in page
    assert "La seconde" in page
    volet.refresh_from_db()
    assert volet.situation == "La première"


def test_un_domaine_sans_objet_dit_pourquoi(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    volet = diagnostic_ouvert(structure, dla).volets.get(domaine="emploi")
    refusee = ecrire(client, volet, etat=EtatVolet.SANS_OBJET)
    assert refusee.status_code == 422
    assert "pourquoi" in refusee.content.decode()
    assert (
        ecrire(client, volet, etat=EtatVolet.SANS_OBJET, motif="Aucun salarié").status_code == 302
    )


def test_un_domaine_inconnu_n_existe_pas(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_ouvert(structure, dla)
    assert client.get(url("domaine", objet.pk, "inconnu")).status_code == 404


@pytest.mark.parametrize(
    ("ecrit", "attendu"), [("Redéfinir le projet", "projet.redefinir"), ("", "")]
)
def test_un_besoin_se_note_avec_son_theme(
    client: Client, structure: Organisation, dla: Organisation, ecrit: str, attendu: str
) -> None:
    objet = diagnostic_ouvert(structure, dla)
    client.post(
        url("besoin_ajouter", objet.pk, "projet"), {"dit": "Savoir où l’on va", "theme": ecrit}
    )
    besoin = objet.besoins.get()
    assert (besoin.dit, besoin.theme, besoin.domaine) == ("Savoir où l’on va", attendu, "projet")


def test_un_theme_se_cherche_par_sa_definition(client: Client) -> None:
    page = client.get(url("themes"), {"champ": "theme", "theme": "essaimage"}).content.decode()
    assert "Changer d’échelle" in page


def test_un_theme_inconnu_garde_les_mots(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_ouvert(structure, dla)
    saisie = {"dit": "Nos mots", "theme": "zut"}
    refusee = client.post(url("besoin_ajouter", objet.pk, "projet"), saisie)
    assert refusee.status_code == 422
    assert "Nos mots" in refusee.content.decode()
    assert not objet.besoins.exists()
