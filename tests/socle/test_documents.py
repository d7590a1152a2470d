"""Documents : reconnus à leur contenu, bornés, et servis à travers les droits de leur sujet."""

import struct
import uuid
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from maillage.socle.documents import archives
from maillage.socle.documents.operations import assainir, deposer, retirer
from maillage.socle.documents.types import reconnaitre
from maillage.socle.droits import Refus
from maillage.socle.models import Acte, Document, Travail, Utilisateur
from maillage.socle.sujets import Sujet

PDF = b"%PDF-1.7\n..."
PNG = b"\x89PNG\r\n\x1a\n..."
Voir = Callable[[Utilisateur], Sujet]
Page = Callable[[Utilisateur], Client]


def archive(**parties: bytes) -> bytes:
    sortie = BytesIO()
    with ZipFile(sortie, "w", ZIP_DEFLATED) as zipfile:
        for nom, partie in parties.items():
            zipfile.writestr(nom.replace("__", "/"), partie)
    return sortie.getvalue()


def word() -> bytes:
    sortie = BytesIO()
    docx.Document().save(sortie)
    return sortie.getvalue()


def excel() -> bytes:
    sortie = BytesIO()
    xlsxwriter.Workbook(sortie).close()
    return sortie.getvalue()


def bombe() -> bytes:
    """Quelques kilo-octets qui prétendent se déplier en 4 Go."""
    contenu = bytearray(archive(**{"mimetype": b"0" * 1000}))
    debut = contenu.index(b"PK\x01\x02")
    struct.pack_into("<I", contenu, debut + 24, 2**32 - 2)
    return bytes(contenu)


@pytest.mark.parametrize(
    ("contenu", "nom", "mime"),
    [
        (PDF, "a.pdf", "application/pdf"),
        (PDF, "A.PDF", "application/pdf"),
        (PNG, "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.jpeg", "image/jpeg"),
        ("été;1\n".encode(), "a.csv", "text/csv"),
        ("été".encode("cp1252"), "a.txt", "text/plain"),
        (
            word(),
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (excel(), "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            archive(mimetype=b"application/vnd.oasis.opendocument.text"),
            "a.odt",
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_un_type_permis_est_reconnu(contenu: bytes, nom: str, mime: str) -> None:
    assert reconnaitre(contenu, nom).mime == mime


@pytest.mark.parametrize(
    ("contenu", "nom", "message"),
    [
        (b"", "a.pdf", "est vide"),
        (PNG, "facture.pdf", "image PNG.*Renommez"),
        (PDF, "sans-extension", "Renommez"),
        (b"MZ\x90\x00", "a.exe", "n’est pas reçu"),
        (b"MZ\x90\x00", "a.txt", "n’est pas reçu"),
        (b"<html><script>", "a.html", "n’est pas reçu"),
        (b"<svg onload=alert(1)>", "a.svg", "n’est pas reçu"),
        (b"#!/bin/sh", "a.docx", "n’est pas reçu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.doc", "ancien format"),
        (b"PK\x03\x04" + b"x" * 50, "a.docx", "abîmé"),
        (archive(a=b"x"), "a.docx", "pas un document reçu"),
        (archive(a=b"x"), "a.zip", "pas un document reçu"),
        (archive(**{"[Content_Types].xml": b"word.document.macroEnabled"}), "a.docx", "macros"),
        (archive(**{"word__vbaProject.bin": b"x"}), "a.docx", "macros"),
        (archive(**{"Basic__Standard__Module1.xml": b"x"}), "a.odt", "macros"),
        (bombe(), "a.docx", "démesuré"),
        (archive(**{f"p{n}": b"" for n in range(archives.ENTREES_MAX + 1)}), "a.docx", "démesuré"),
        (archive(mimetype=b"0" * (archives.PARTIE_MAX + 1)), "a.odt", "démesurée"),
    ],
)
def test_un_fichier_trompeur_ou_malveillant_est_refuse(
    contenu: bytes, nom: str, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        reconnaitre(contenu, nom)


def test_une_archive_qui_ment_sur_sa_taille_n_est_pas_depliee() -> None:
    """L'entrée annonce 10 octets et en porte un million : la lecture s'arrête là."""
    contenu = bytearray(archive(mimetype=b"0" * 1_000_000))
    debut = contenu.index(b"PK\x01\x02")
    struct.pack_into("<II", contenu, debut + 20, len(zlib.compress(b"0" * 1_000_000)), 10)
    with pytest.raises(ValidationError, match="abîmé"):
        reconnaitre(bytes(contenu), "a.odt")


@pytest.mark.parametrize(
    ("titre", "attendu"),
    [
        ("Bilan 2010", "Bilan 2010"),
        ("../../etc/passwd", "etc passwd"),
        ("facture\u202efdp.exe", "facture fdp.exe"),
        ("a\x00b\nc", "a b c"),
        ('<b>"x"</b>', "b x b"),
        ("  ...  ", ""),
        ("é" * 300, "é" * 200),
    ],
)
def test_un_titre_est_assaini(titre: str, attendu: str) -> None:
    assert assainir(titre) == attendu


def test_deposer_range_journalise_et_signe(vu_par: Voir, agent: Utilisateur) -> None:
    document = deposer(sujet=vu_par(agent), fichier=ContentFile(PDF, name="Bilan.pdf"))
    assert document.titre == "Bilan"
    assert document.nom_de_fichier == "Bilan.pdf"
    assert document.taille == len(PDF)
    assert document.depose_par == agent
    assert str(document.pk) in (document.fichier.name or "")
    acte = Acte.objects.get()
    assert acte.phrase == "a déposé le document « Bilan »"
    assert (acte.qui, acte.interne) == (agent, False)


@pytest.mark.parametrize("interne", [True, False])
def test_qui_ne_conduit_pas_ne_depose_ni_ne_retire(
    interne: bool, vu_par: Voir, agent: Utilisateur, partenaire: Utilisateur
) -> None:
    fichier = ContentFile(PDF, name="a.pdf")
    with pytest.raises(Refus):
        deposer(sujet=vu_par(partenaire), fichier=fichier, interne=interne)
    document = deposer(sujet=vu_par(agent), fichier=fichier, interne=interne)
    with pytest.raises(Refus):
        retirer(sujet=vu_par(partenaire), document=document)
    assert Document.objects.count() == 1


def test_un_fichier_trop_lourd_est_refuse(
    vu_par: Voir, agent: Utilisateur, settings: Settings
) -> None:
    settings.TAILLE_DOCUMENT = 5
    with pytest.raises(ValidationError, match="allégez-le"):
        deposer(sujet=vu_par(agent), fichier=ContentFile(PDF, name="a.pdf"))


def test_un_depot_qui_echoue_ne_laisse_pas_de_fichier(
    vu_par: Voir, agent: Utilisateur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def echouer(*_args: object, **_options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("maillage.socle.documents.operations.journaliser", echouer)
    with pytest.raises(RuntimeError):
        deposer(sujet=vu_par(agent), fichier=ContentFile(PDF, name="a.pdf"))
    assert not Document.objects.exists()
    assert not [chemin for chemin in tmp_path.rglob("*") if chemin.is_file()]


def test_retirer_efface_le_fichier_une_fois_valide(
    vu_par: Voir,
    agent: Utilisateur,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    document = deposer(sujet=vu_par(agent), fichier=ContentFile(PDF, name="a.pdf"))
    with django_capture_on_commit_callbacks(execute=True):
        retirer(sujet=vu_par(agent), document=document)
        assert (tmp_path / (document.fichier.name or "")).exists()
        retirer(sujet=vu_par(agent), document=document)
    assert not (tmp_path / (document.fichier.name or "")).exists()
    assert Acte.objects.filter(phrase__startswith="a retiré").count() == 1


@pytest.fixture
def documents(vu_par: Voir, agent: Utilisateur) -> dict[str, Document]:
    return {
        nom: deposer(
            sujet=vu_par(agent),
            fichier=ContentFile(PDF, name="a.pdf"),
            titre=f"Pièce {nom} été",
            interne=nom == "interne",
        )
        for nom in ("partagée", "interne")
    }


@pytest.mark.parametrize(
    ("qui", "piece", "code"),
    [
        ("agent", "partagée", 200),
        ("agent", "interne", 200),
        ("partenaire", "partagée", 200),
        ("partenaire", "interne", 404),
        ("etranger", "partagée", 404),
        ("etranger", "interne", 404),
    ],
)
def test_le_telechargement_suit_les_droits_du_sujet(
    qui: str,
    piece: str,
    code: int,
    documents: dict[str, Document],
    page: Page,
    request: pytest.FixtureRequest,
) -> None:
    navigateur = page(request.getfixturevalue(qui))
    adresse = reverse("socle:document", args=[documents[piece].pk])
    reponse = navigateur.get(adresse)
    assert reponse.status_code == code
    if code == 200:
        assert b"".join(reponse.streaming_content) == PDF  # type: ignore[attr-defined]
        assert reponse["Content-Disposition"].startswith("attachment;")
        assert "Pi%C3%A8ce" in reponse["Content-Disposition"]
        assert reponse["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in reponse["Content-Security-Policy"]
        assert reponse["Content-Type"] == "application/pdf"


def test_le_telechargement_demande_une_connexion(
    documents: dict[str, Document], client: Client
) -> None:
    reponse = client.get(reverse("socle:document", args=[documents["partagée"].pk]))
    assert reponse.status_code == 302
    assert "/compte/" in reponse["Location"]


def test_un_fichier_perdu_n_est_pas_une_erreur_500(
    documents: dict[str, Document], page: Page, agent: Utilisateur, tmp_path: Path
) -> None:
    document = documents["partagée"]
    (tmp_path / (document.fichier.name or "")).unlink()
    assert page(agent).get(reverse("socle:document", args=[document.pk])).status_code == 404


def test_un_document_inconnu_n_existe_pas(page: Page, agent: Utilisateur) -> None:
    navigateur = page(agent)
    assert navigateur.get(reverse("socle:document", args=[uuid.uuid4()])).status_code == 404
    assert (
        navigateur.post(reverse("socle:document_retirer", args=[uuid.uuid4()])).status_code == 404
    )


def adresse_de(dossier: Travail) -> str:
    return reverse("socle:documents", args=["socle.travail", dossier.pk])


def test_on_depose_par_la_page(dossier: Travail, page: Page, agent: Utilisateur) -> None:
    fichier = SimpleUploadedFile("Bilan <b>.pdf", PDF)
    reponse = page(agent).post(
        adresse_de(dossier), {"fichier": fichier, "titre": "", "interne": "on"}
    )
    assert reponse.status_code == 302
    assert reponse["Location"] == f"/travaux/{dossier.pk}/#documents"
    document = Document.objects.get()
    assert (document.titre, document.interne) == ("Bilan b", True)


def test_un_mauvais_depot_garde_la_saisie_et_dit_comment_reparer(
    dossier: Travail, page: Page, agent: Utilisateur
) -> None:
    fichier = SimpleUploadedFile("facture.pdf", PNG)
    reponse = page(agent).post(
        adresse_de(dossier), {"fichier": fichier, "titre": "<script>alert(1)</script>"}
    )
    corps = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Renommez-le en « .png »" in corps
    assert "&lt;script&gt;alert(1)" in corps
    assert "<script>alert(1)" not in corps
    assert not Document.objects.exists()


def test_qui_suit_voit_la_page_sans_pouvoir_deposer(
    documents: dict[str, Document], dossier: Travail, page: Page, partenaire: Utilisateur
) -> None:
    navigateur = page(partenaire)
    corps = navigateur.get(adresse_de(dossier)).content.decode()
    assert "Pièce partagée" in corps
    assert "Pièce interne" not in corps
    assert "Déposer" not in corps
    assert "Retirer" not in corps
    assert "Mission &lt;b&gt;Doubs" in corps
    depot = {"fichier": SimpleUploadedFile("a.pdf", PDF)}
    assert navigateur.post(adresse_de(dossier), depot).status_code == 403
    retrait = reverse("socle:document_retirer", args=[documents["partagée"].pk])
    assert navigateur.post(retrait).status_code == 403
    assert Document.objects.count() == 2


def test_on_retire_par_la_page(
    documents: dict[str, Document], dossier: Travail, page: Page, agent: Utilisateur
) -> None:
    adresse = reverse("socle:document_retirer", args=[documents["interne"].pk])
    navigateur = page(agent)
    assert navigateur.get(adresse).status_code == 405
    assert navigateur.post(adresse)["Location"].endswith("#documents")
    assert Document.objects.get() == documents["partagée"]


def test_la_page_coute_le_meme_nombre_de_requetes(
    dossier: Travail, agent: Utilisateur, cout: Callable[[str], int]
) -> None:
    def ajouter(nombre: int) -> None:
        Document.objects.bulk_create(
            Document(
                titre=f"d{n}",
                fichier="a.pdf",
                taille=1,
                sujet_type="socle.travail",
                sujet_id=dossier.pk,
                depose_par=agent,
            )
            for n in range(nombre)
        )

    ajouter(10)
    a_dix = cout(adresse_de(dossier))
    ajouter(90)
    assert cout(adresse_de(dossier)) == a_dix
