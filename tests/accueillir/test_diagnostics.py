"""Le diagnostic partagé : l'écrire, le faire relire, le reprendre, le comparer."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as DocumentWord

from maillage import methode
from maillage.accueillir.diagnostics import operations, validation
from maillage.accueillir.diagnostics.comparaison import comparer
from maillage.accueillir.diagnostics.contexte import contexte_du_diagnostic
from maillage.accueillir.diagnostics.documents import DIAGNOSTIC
from maillage.accueillir.diagnostics.lecture import lire
from maillage.accueillir.models import (
    Besoin,
    Diagnostic,
    EtatDiagnostic,
    EtatVolet,
    FormeDeDiagnostic,
    Volet,
)
from maillage.annuaire.models import Organisation, Rattachement, Role
from maillage.socle.documents.grilles import textes
from maillage.socle.droits import Refus
from maillage.socle.models import Acte, Notification, Utilisateur
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.verrou import ConflitDeVersion
from tests.accueillir.fabriques import (
    demande,
    diagnostic_ouvert,
    diagnostic_soumis,
    structure_accueillie,
)
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur

pytestmark = pytest.mark.django_db
SECRET = "MOTINTERNE"


@pytest.fixture
def charge(dla: Organisation) -> Utilisateur:
    return agent(dla)


@pytest.fixture
def structure(dla: Organisation) -> Organisation:
    return structure_accueillie(dla, nom="Théâtre du Pont")


@pytest.fixture
def client(charge: Utilisateur) -> Client:
    return connecte(charge)


def url(nom: str, *cles: Any) -> str:
    return reverse(f"accueillir:{nom}", args=cles)


def ecrire(client: Client, volet: Volet, **saisie: Any) -> Any:
    volet.refresh_from_db()
    donnees = {"version": volet.version, "etat": EtatVolet.A_POURSUIVRE, **saisie}
    return client.post(url("domaine", volet.diagnostic_id, volet.domaine), donnees)


# Écrire


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


# Relire


def test_on_ne_soumet_pas_un_diagnostic_dont_la_structure_ne_lirait_rien(
    charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_ouvert(structure, dla)
    interne = Besoin(diagnostic=objet, domaine="emploi", dit="Chut", interne=True)
    operations.ajouter_besoin(interne, par=charge)
    with pytest.raises(TransitionRefusee, match="rien à lire"):
        validation.soumettre(objet, version=objet.version, par=charge)


def test_la_structure_valide_ce_qu_elle_a_lu(structure: Organisation, dla: Organisation) -> None:
    contact = agent(structure, Role.STRUCTURE)
    objet = diagnostic_soumis(structure, dla)
    assert Notification.objects.filter(destinataire=contact).count() == 1
    client = connecte(contact)
    assert "Un projet partagé" in client.get(objet.get_absolute_url()).content.decode()
    adresse = url("diagnostic_repondre", objet.pk, "valider")
    client.post(adresse, {"version": objet.version, "remarques": "D’accord"})
    objet.refresh_from_db()
    assert (objet.etat, objet.remarques) == (EtatDiagnostic.VALIDE, "D’accord")
    assert objet.valide_par == str(contact)


def test_une_version_depassee_ne_se_valide_pas(
    charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_soumis(structure, dla)
    lue = objet.version
    validation.reprendre(objet, version=lue, par=charge)
    validation.soumettre(objet, version=objet.version, par=charge)
    with pytest.raises(ConflitDeVersion):
        validation.valider(objet, version=lue, par=None, au_nom_de="La présidente")


def test_une_correction_revient_en_cours_et_se_tait_pour_la_structure(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    contact = connecte(agent(structure, Role.STRUCTURE))
    objet = diagnostic_soumis(structure, dla)
    adresse = url("diagnostic_repondre", objet.pk, "corriger")
    contact.post(adresse, {"version": objet.version})
    objet.refresh_from_db()
    assert objet.etat == EtatDiagnostic.A_VALIDER, "une correction se dit"
    contact.post(adresse, {"version": objet.version, "remarques": "Nous sommes dix"})
    objet.refresh_from_db()
    assert objet.etat == EtatDiagnostic.EN_COURS
    assert "Nous sommes dix" in client.get(objet.get_absolute_url()).content.decode()
    assert contact.get(objet.get_absolute_url()).status_code == 403, "le DLA reprend le texte"


def test_on_n_ecrit_plus_pendant_la_relecture(
    client: Client, charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_soumis(structure, dla)
    volet = objet.volets.get(domaine="emploi")
    assert ecrire(client, volet, situation="Trop tard").status_code == 403
    with pytest.raises(Refus):
        operations.ecrire_volet(volet, version=volet.version, par=charge)
    assert client.get(url("domaine", objet.pk, "emploi")).status_code == 200


def test_l_atelier_dit_le_geste_qui_suit(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    """Un domaine à ouvrir d'abord ; soumis, le lien personnel à remettre."""
    neuf = diagnostic_ouvert(structure, dla)
    page = client.get(neuf.get_absolute_url()).content.decode()
    assert (
        reverse("accueillir:domaine", args=[neuf.pk, "projet"])
        in page.split('<nav class="chemin')[0]
    )
    soumis = diagnostic_soumis(structure, dla)
    page = client.get(soumis.get_absolute_url()).content.decode()
    assert "La structure le relit" in page
    assert reverse("portail:liens", args=[structure.pk]) in page
    assert (
        reverse("accueillir:domaine", args=[soumis.pk, "gouvernance"])
        not in (page.split('<nav class="chemin')[0])
    )


def test_l_agent_consigne_une_validation_orale(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_soumis(structure, dla)
    adresse = url("diagnostic_consigner", objet.pk)
    sans_preuve = client.post(adresse, {"version": objet.version, "valide_par": "La présidente"})
    assert sans_preuve.status_code == 422
    client.post(
        adresse,
        {"version": objet.version, "valide_par": "La présidente", "preuve": "au téléphone"},
    )
    objet.refresh_from_db()
    assert (objet.etat, objet.preuve) == (EtatDiagnostic.VALIDE, "au téléphone")
    assert Acte.objects.filter(phrase__contains="au téléphone").exists()


def test_sans_compte_le_journal_nomme_la_structure(
    structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_soumis(structure, dla)
    validation.valider(objet, version=objet.version, par=None, au_nom_de="Ada Diallo")
    assert Acte.objects.filter(qui=None, phrase__contains="Ada Diallo").exists()


# Ce qui est interne


def test_rien_d_interne_ne_sort(
    charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_ouvert(structure, dla)
    volet = objet.volets.get(domaine="projet")
    volet.situation, volet.note_interne = "Ce qui est partagé", SECRET
    operations.ecrire_volet(volet, version=volet.version, par=charge)
    for interne in (True, False):
        dit = SECRET if interne else "Un besoin partagé"
        besoin = Besoin(diagnostic=objet, domaine="projet", dit=dit, interne=interne)
        besoin.prioritaire = True
        operations.ajouter_besoin(besoin, par=charge)
    validation.soumettre(objet, version=objet.version, par=charge)
    lus = " ".join(textes(contexte_du_diagnostic(objet)))
    assert "Ce qui est partagé" in lus
    assert "Un besoin partagé" in lus
    assert SECRET not in lus
    contact = connecte(agent(structure, Role.STRUCTURE))
    for adresse in (
        objet.get_absolute_url(),
        reverse("socle:journal", args=["accueillir.diagnostic", objet.pk]),
        url("diagnostics"),
        structure.get_absolute_url(),
    ):
        reponse = contact.get(adresse)
        assert reponse.status_code == 200, adresse
        assert SECRET not in reponse.content.decode(), adresse
    word = DocumentWord(BytesIO(contact.get(url("diagnostic_word", objet.pk)).content))
    assert SECRET not in " ".join(p.text for p in word.paragraphs)
    assert any("Ce qui est partagé" in p.text for p in word.paragraphs)
    equipe = connecte(charge)
    assert SECRET in equipe.get(objet.get_absolute_url()).content.decode()


def test_le_diagnostic_n_existe_pas_pour_les_autres(
    structure: Organisation, dla: Organisation
) -> None:
    contact = connecte(agent(structure, Role.STRUCTURE))
    objet = diagnostic_ouvert(structure, dla)
    assert contact.get(objet.get_absolute_url()).status_code == 404, "pas encore soumis"
    etranger = connecte(agent(operateur("DLA du Jura", departement("39", "Jura"))))
    comite = connecte(agent(dla, Role.MEMBRE_COMITE))
    for autre in (etranger, comite):
        for nom in ("diagnostic", "diagnostic_word", "diagnostic_pdf"):
            assert autre.get(url(nom, objet.pk)).status_code == 404


def test_le_pdf_est_accessible(structure: Organisation, dla: Organisation) -> None:
    contenu = DIAGNOSTIC.en_pdf(contexte_du_diagnostic(diagnostic_soumis(structure, dla)))
    assert contenu.startswith(b"%PDF")
    assert b"pdfuaid" in contenu


# Reprendre et comparer


def test_un_nouveau_diagnostic_reprend_le_precedent_et_se_compare(
    client: Client, charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    premier = diagnostic_ouvert(structure, dla)
    volet = premier.volets.get(domaine="emploi")
    volet.situation = "Sept salariés"
    operations.ecrire_volet(volet, version=volet.version, par=charge)
    for dit in ("Embaucher", "Former"):
        operations.ajouter_besoin(Besoin(diagnostic=premier, domaine="emploi", dit=dit), par=charge)
    validation.soumettre(premier, version=premier.version, par=charge)
    validation.valider(premier, version=premier.version, par=None, au_nom_de="La présidente")
    second = operations.ouvrir(
        Diagnostic(structure=structure, operateur=dla, precedent=premier), par=charge
    )
    repris = second.volets.get(domaine="emploi")
    assert repris.situation == "Sept salariés"
    repris.situation = "Neuf salariés"
    operations.ecrire_volet(repris, version=repris.version, par=charge)
    operations.retirer_besoin(second.besoins.get(dit="Embaucher"), par=charge)
    operations.ajouter_besoin(
        Besoin(diagnostic=second, domaine="emploi", dit="Loger l’équipe"), par=charge
    )
    emploi = next(d for d in comparer(lire(premier), lire(second)) if d.nom.startswith("Emploi"))
    assert [b.dit for b in emploi.apparus] == ["Loger l’équipe"]
    assert [b.dit for b in emploi.leves] == ["Embaucher"]
    assert [b.dit for b in emploi.toujours] == ["Former"]
    page = client.get(url("diagnostic_comparer", second.pk, premier.pk)).content.decode()
    assert "Sept salariés" in page
    assert "Neuf salariés" in page
    assert "1 besoin apparu et 1 besoin levé" in page.replace("\xa0", " ")


def test_on_ne_compare_que_les_diagnostics_d_une_structure(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    un = diagnostic_ouvert(structure, dla)
    autre = diagnostic_ouvert(structure_accueillie(dla), dla)
    assert client.get(url("diagnostic_comparer", un.pk, autre.pk)).status_code == 404


def test_un_diagnostic_montre_la_grille_de_son_jour(
    monkeypatch: pytest.MonkeyPatch, structure: Organisation, dla: Organisation
) -> None:
    from dataclasses import replace

    objet = diagnostic_ouvert(structure, dla)
    ancienne = methode.diagnostic()
    neuve = replace(ancienne, version=2, domaines=ancienne.domaines[:3])
    monkeypatch.setattr(methode, "grilles_de_diagnostic", lambda: {1: ancienne, 2: neuve})
    assert len(lire(objet)) == 8
    objet.version_de_grille = 2
    assert len(lire(objet)) == 3


@pytest.mark.parametrize("besoins", [10, 1000])
def test_les_pages_tiennent_leur_budget(
    client: Client,
    structure: Organisation,
    dla: Organisation,
    besoins: int,
    django_assert_max_num_queries: Any,
) -> None:
    premier = diagnostic_ouvert(structure, dla)
    objet = diagnostic_ouvert(structure, dla, precedent=premier)
    Besoin.objects.bulk_create(
        [Besoin(diagnostic=objet, domaine="projet", dit=f"Besoin {n}") for n in range(besoins)]
    )
    adresses = (
        objet.get_absolute_url(),
        url("domaine", objet.pk, "projet"),
        url("diagnostic_comparer", objet.pk, premier.pk),
        url("diagnostics"),
        structure.get_absolute_url(),
    )
    for adresse in adresses:
        with django_assert_max_num_queries(12):
            assert client.get(adresse).status_code == 200
