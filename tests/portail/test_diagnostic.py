"""Lire son diagnostic sans compte, le valider ou demander une correction ; rien d'interne."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse

from maillage.accueillir.diagnostics.contexte import dire_l_etat
from maillage.accueillir.diagnostics.operations import ajouter_besoin, ouvrir
from maillage.accueillir.diagnostics.validation import soumettre
from maillage.accueillir.models import Besoin, Diagnostic, EtatDiagnostic
from maillage.annuaire.models import Role
from maillage.socle.models import Acte, Notification
from tests.fabriques import agent, organisation
from tests.portail.conftest import EN_MAIN, Chez

SECRET = "SECRETDUDLA"


def soumis(chez: Chez, **champs: Any) -> Diagnostic:
    """Un diagnostic écrit, avec de l'interne, et donné à relire."""
    champs = {"structure": chez.structure, "synthese": "Un atelier qui tient"} | champs
    objet = ouvrir(Diagnostic(operateur=chez.dla, **champs), par=chez.agent)
    volet = objet.volets.get(domaine="projet")
    volet.situation, volet.note_interne = "Un projet clair", SECRET
    volet.save()
    for interne in (False, True):
        dit = SECRET if interne else "Être mieux connus"
        besoin = Besoin(diagnostic=objet, domaine="projet", dit=dit, interne=interne)
        ajouter_besoin(besoin, par=chez.agent)
    return soumettre(objet, version=objet.version, par=chez.agent)


def adresse(objet: Diagnostic, *suite: str) -> str:
    return reverse(f"portail:{suite[0] if suite else 'diagnostic'}", args=[objet.pk, *suite[1:]])


def test_lire_puis_valider(chez: Chez) -> None:
    objet, client = soumis(chez), chez.entrer()
    assert "Relire votre diagnostic" in client.get("/ma-page/").content.decode()
    page = client.get(adresse(objet)).content.decode()
    assert "Un projet clair" in page
    assert "Être mieux connus" in page
    assert SECRET not in page
    envoi = {"version": objet.version, "remarques": "Merci"}
    assert client.post(adresse(objet, "repondre", "valider"), envoi).status_code == 302
    objet.refresh_from_db()
    assert (objet.etat, objet.valide_par) == (EtatDiagnostic.VALIDE, "Ada Diallo, présidente")
    acte = Acte.objects.get(phrase__contains="validation par Ada Diallo")
    assert acte.qui is None
    page = client.get("/ma-page/").content.decode()
    assert "Validé par Ada Diallo" in page
    assert "On attend votre réponse" in page


def test_valide_par_un_lien_copie_le_dit_partout(chez: Chez) -> None:
    objet, client = soumis(chez), chez.entrer(jeton=chez.lien_copie())
    collegue = agent(chez.structure, Role.STRUCTURE)
    client.post(adresse(objet, "repondre", "valider"), {"version": objet.version})
    objet.refresh_from_db()
    assert f"lien remis par {chez.agent} : {EN_MAIN}" in objet.preuve
    assert EN_MAIN in dire_l_etat(objet)
    assert EN_MAIN in client.get("/ma-page/").content.decode()
    assert Acte.objects.filter(phrase__contains=EN_MAIN, sujet_id=objet.pk).exists()
    assert Notification.objects.filter(destinataire=collegue, phrase__contains=EN_MAIN).exists()


def test_un_agent_connecte_ne_valide_pas_a_sa_place(chez: Chez) -> None:
    objet, client = soumis(chez), chez.entrer()
    client.force_login(chez.agent)
    for verbe in ("valider", "corriger"):
        envoi = {"version": objet.version, "remarques": "Oui"}
        assert client.post(adresse(objet, "repondre", verbe), envoi).status_code == 403
    objet.refresh_from_db()
    assert objet.etat == EtatDiagnostic.A_VALIDER


def test_demander_une_correction_avec_ses_mots(chez: Chez) -> None:
    objet, client = soumis(chez), chez.entrer()
    envoi = {"version": objet.version, "remarques": "Nous sommes six, pas cinq"}
    assert client.post(adresse(objet, "repondre", "corriger"), envoi).status_code == 302
    objet.refresh_from_db()
    assert (objet.etat, objet.remarques) == (EtatDiagnostic.EN_COURS, "Nous sommes six, pas cinq")
    assert client.get(adresse(objet)).status_code == 404


@pytest.mark.parametrize(
    ("verbe", "envoi", "dit"),
    [
        ("corriger", {"remarques": ""}, "Dites ce qu’il faut corriger"),
        ("valider", {"remarques": "Mes mots", "version": 99}, "Mes mots"),
        ("valider", {"remarques": "Mes mots", "version": "x"}, "Mes mots"),
    ],
)
def test_ce_qui_ne_passe_pas_garde_ce_qui_est_ecrit(
    verbe: str, envoi: dict[str, Any], dit: str, chez: Chez
) -> None:
    objet, client = soumis(chez), chez.entrer()
    reponse = client.post(adresse(objet, "repondre", verbe), {"version": objet.version} | envoi)
    assert reponse.status_code == 422
    assert dit in reponse.content.decode()
    objet.refresh_from_db()
    assert objet.etat == EtatDiagnostic.A_VALIDER


def test_ni_brouillon_ni_diagnostic_d_une_autre_structure(chez: Chez) -> None:
    brouillon = ouvrir(Diagnostic(operateur=chez.dla, structure=chez.structure), par=None)
    autre = soumis(chez, structure=organisation(operateur=chez.dla))
    client = chez.entrer()
    for objet in (brouillon, autre):
        for page in ("diagnostic", "word", "pdf"):
            assert client.get(adresse(objet, page)).status_code == 404
        reponse = client.post(adresse(objet, "repondre", "valider"), {"version": objet.version})
        assert reponse.status_code == 404
    assert client.post(adresse(autre, "repondre", "inconnu")).status_code == 404


def test_emporter_son_diagnostic_sans_rien_d_interne(chez: Chez) -> None:
    objet, client = soumis(chez), chez.entrer()
    word = client.get(adresse(objet, "word"))
    with ZipFile(BytesIO(word.content)) as archive:
        texte = archive.read("word/document.xml").decode()
    assert "Un projet clair" in texte
    assert SECRET not in texte
    assert "no-store" in word["Cache-Control"]
    assert client.get(adresse(objet, "pdf")).content.startswith(b"%PDF")


def test_la_page_d_accueil_coute_quatre_requetes(
    chez: Chez, django_assert_num_queries: Any
) -> None:
    """Le lien, puis une par sorte de demande : diagnostics, autorisations, mobilisations."""
    client = chez.entrer()
    for _ in range(3):
        soumis(chez)
    with django_assert_num_queries(4):
        client.get("/ma-page/")
