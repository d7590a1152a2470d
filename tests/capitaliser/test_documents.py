"""Word et PDF, relus comme les lirait un autre logiciel ; le gabarit que l’on modifie à la main."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docx import Document

from maillage.capitaliser.contexte import contexte_de_fiche
from maillage.capitaliser.documents import FICHE
from maillage.capitaliser.grille import ContexteDeFiche
from maillage.ingenieries.models import Ingenierie
from maillage.socle.documents.rendu_word import GabaritRefuse

pytestmark = pytest.mark.django_db

CHIFFRES = ["27", "10", "5 jours", "inconnu", "30 000 €", "20 000 €", "4 mois", "4 structures"]


def texte_de_word(contenu: bytes) -> str:
    document = Document(BytesIO(contenu))
    paragraphes = [p.text for p in document.paragraphs]
    cellules = [c.text for t in document.tables for ligne in t.rows for c in ligne.cells]
    return _plat(" ".join([*paragraphes, *cellules]))


def _plat(texte: str) -> str:
    return " ".join(texte.replace("\u202f", " ").replace("\u00a0", " ").split())


def modifier(changer) -> bytes:
    """Le gabarit de Maillage, tel qu'une personne l'aurait changé dans Word."""
    document = Document(str(FICHE.gabarit_word))
    changer(document)
    sortie = BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def test_word_porte_chaque_chiffre_du_doubs(doubs: Ingenierie) -> None:
    texte = texte_de_word(FICHE.en_word(contexte_de_fiche(doubs)))
    assert [chiffre for chiffre in CHIFFRES if chiffre not in texte] == []
    assert "{" not in texte


def test_word_a_de_vrais_styles_et_des_titres(doubs: Ingenierie) -> None:
    document = Document(BytesIO(FICHE.en_word(contexte_de_fiche(doubs))))
    titres = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert titres == [
        "Problématique",
        "Objectifs",
        "Bénéficiaires",
        "Moyens mobilisés",
        "Action réalisée auprès des structures",
        "Résultats",
        "Évaluation",
        "Ce que l’on retient",
    ]
    assert document.core_properties.title == "Partenariats avec des entreprises, du conseil au jury"


def texte_du_pdf(contenu: bytes) -> str:
    with pypdfium2.PdfDocument(contenu) as document:
        return _plat(" ".join(page.get_textpage().get_text_range() for page in document))


def test_pdf_porte_chaque_chiffre_du_doubs(doubs: Ingenierie) -> None:
    texte = texte_du_pdf(FICHE.en_pdf(contexte_de_fiche(doubs)))
    assert [chiffre for chiffre in CHIFFRES if chiffre not in texte] == []


def test_pdf_est_balise_et_declare_pdf_ua(doubs: Ingenierie) -> None:
    with pikepdf.open(BytesIO(FICHE.en_pdf(contexte_de_fiche(doubs)))) as pdf:
        balises = {
            str(objet.S)
            for objet in pdf.objects
            if isinstance(objet, pikepdf.Dictionary) and objet.get("/Type") == "/StructElem"
        }
        with pdf.open_metadata() as metadonnees:
            assert metadonnees["pdfuaid:part"] == "1"
        assert pdf.Root.Lang == "fr"
        assert pdf.docinfo["/Title"] == "Partenariats avec des entreprises, du conseil au jury"
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/L"} <= balises


@pytest.mark.parametrize("rendre", [FICHE.en_word, FICHE.en_pdf])
def test_une_fiche_vide_se_rend_aussi(rendre) -> None:
    assert rendre(ContexteDeFiche(titre="À écrire"))


@pytest.mark.parametrize("rendre", [FICHE.en_word, FICHE.en_pdf])
def test_un_texte_qui_ressemble_a_du_code_reste_un_texte(rendre, doubs: Ingenierie) -> None:
    piege = '{{ 7*7 }} #read("x") <b>gras</b> & {% if %} $x^2$ _a_ *b*'
    contenu = rendre(replace(contexte_de_fiche(doubs), resume=piege))
    if rendre == FICHE.en_word:
        assert "{{ 7*7 }}" in texte_de_word(contenu)
    else:
        texte = texte_du_pdf(contenu)
        assert "{{ 7*7 }} #read" in texte
        assert "<b>gras</b>" in texte


def test_un_gabarit_modifie_a_la_main_marche_encore(doubs: Ingenierie) -> None:
    def changer(document) -> None:
        document.styles["Title"].font.name = "Georgia"
        document.add_paragraph(
            "Fiche éditée par {{ identite.dla }}, {{ en_bref[0].valeur }} structures"
        )

    gabarit = modifier(changer)
    FICHE.verifier(gabarit)
    texte = texte_de_word(FICHE.en_word(contexte_de_fiche(doubs), gabarit))
    assert "Fiche éditée par DLA du Doubs, 10 structures" in texte


@pytest.mark.parametrize(
    ("ajout", "raison"),
    [
        ("{{ posture }}", "posture"),
        ("{{ identite.telephone }}", "telephone"),
        ("{% if manques %}{{ secret }}{% endif %}", "secret"),
        ("{% if not titre %}{{ identite.cache }}{% endif %}", "cache"),
        ("{{ titre.upper() }}", "appel"),
        ("{% for x in resultats %}", "mal écrite|ouvre et se ferme"),
    ],
)
def test_un_gabarit_fautif_est_refuse_et_la_faute_est_nommee(ajout: str, raison: str) -> None:
    gabarit = modifier(lambda document: document.add_paragraph(ajout))
    with pytest.raises(GabaritRefuse, match=raison):
        FICHE.verifier(gabarit)


def test_ce_qui_n_est_pas_un_document_word_est_refuse() -> None:
    with pytest.raises(GabaritRefuse):
        FICHE.verifier(b"un texte")


def test_le_gabarit_commis_est_celui_que_le_script_fabrique(tmp_path: Path, monkeypatch) -> None:
    """Sinon, une rubrique ajoutée au script manquerait au document livré."""
    from maillage.capitaliser.gabarits import fabriquer

    monkeypatch.setattr(fabriquer, "ICI", tmp_path)

    def contenu(chemin: Path) -> list[str]:
        document = Document(str(chemin))
        return [*(p.text for p in document.paragraphs), texte_de_word(chemin.read_bytes())]

    assert contenu(fabriquer.fabriquer()) == contenu(FICHE.gabarit_word)
