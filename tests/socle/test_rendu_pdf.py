"""Rendu PDF : étiqueté (PDF/UA-1), fidèle aux textes, sourd au balisage.

Aucun validateur complet (veraPDF) n'est disponible dans les registres : typst applique la norme
à l'export, et ces tests relisent dans le fichier ce qu'elle demande et qu'une machine peut voir.
"""

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.socle.documents.rendu_pdf import ABSENT, rendre_pdf

GABARIT = """
#import "/maillage.typ": *
#show: mise-en-page
= #titre
#prose(donnees.texte)
== Tableau
#table(columns: 2, table.header[Poste][Montant], [Conseil], [10 000 €])
#link("https://exemple.fr")[Un lien]
"""
UA = "{http://www.aiim.org/pdfua/ns/id/}part"
PIEGES = '#set page(fill: red) *gras* $x^2$ @ref \\ _a_ `code` <b> &amp; // /* ] [ #eval("1") "'


def composer(texte: str, titre: str = "Mission « Doubs »") -> bytes:
    return rendre_pdf(GABARIT, {"texte": texte}, titre)


def lire(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def sans_blancs(texte: str) -> str:
    return re.sub(r"[\s\u200b]+", "", texte)


def test_le_fichier_se_declare_accessible() -> None:
    with pikepdf.open(BytesIO(composer("Bonjour"))) as pdf:
        racine = pdf.Root
        assert racine.MarkInfo.Marked
        assert str(racine.Lang) == "fr"
        assert racine.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as xmp:
            assert xmp[UA] == "1"
            assert xmp["dc:title"] == "Mission « Doubs »"
            assert "fr" in str(xmp["dc:language"])


def test_la_structure_porte_titres_tableau_et_lien() -> None:
    with pikepdf.open(BytesIO(composer("Bonjour"))) as pdf:
        etiquettes = {str(o.S) for o in pdf.objects if _est_etiquette(o)}
        assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Link"} <= etiquettes
        assert "/ParentTree" in pdf.Root.StructTreeRoot
        assert all(page.Tabs == "/S" for page in pdf.pages if "/Annots" in page)
        liens = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert liens
        assert all("/Contents" in lien and "/StructParent" in lien for lien in liens)


def _est_etiquette(objet: pikepdf.Object) -> bool:
    return isinstance(objet, pikepdf.Dictionary) and objet.get("/Type") == "/StructElem"


def test_les_polices_sont_embarquees_et_se_relisent() -> None:
    with pikepdf.open(BytesIO(composer("Bonjour"))) as pdf:
        polices = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"
        ]
        fiches = [o.FontDescriptor for o in polices if "/FontDescriptor" in o]
        assert fiches
        assert all("/FontFile2" in f or "/FontFile3" in f for f in fiches)
        assert all("SourceSans3" in str(f.FontName) for f in fiches)
        assert all("/ToUnicode" in o for o in polices if o.Subtype == "/Type0")


@pytest.mark.parametrize("ou", ["texte", "titre"])
def test_rien_de_saisi_ne_devient_du_balisage(ou: str) -> None:
    pdf = composer(PIEGES) if ou == "texte" else composer("x", titre=PIEGES)
    assert sans_blancs(PIEGES) in sans_blancs(lire(pdf))


def test_les_sauts_de_ligne_sont_gardes() -> None:
    lu = [ligne.strip() for ligne in lire(composer("un\r\ndeux\n\ntrois")).splitlines()]
    assert [ligne for ligne in lu if ligne in ("un", "deux", "trois")] == ["un", "deux", "trois"]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("bravo 🎉 !", f"bravo {ABSENT} !"),
        ("中文 ok", f"{ABSENT * 2} ok"),
        ("a\x01b", "ab"),
        ("0\tঀ", f"0 {ABSENT}"),
        ("œuvre, €, «\u00a0guillemets\u00a0», 30\u202f000", None),
    ],
)
def test_un_caractere_sans_dessin_ne_perd_pas_le_document(texte: str, attendu: str | None) -> None:
    assert sans_blancs(attendu or texte) in sans_blancs(lire(composer(texte)))


def test_un_texte_tout_en_signes_inconnus_finit_en_latin() -> None:
    signes = "".join(map(chr, range(0x2680, 0x27C0)))
    assert f"été{ABSENT * len(signes)}" in sans_blancs(lire(composer(f"été {signes}")))


def test_un_mot_sans_fin_va_a_la_ligne() -> None:
    adresse = "https://exemple.fr/" + "a" * 400
    with pypdfium2.PdfDocument(composer(adresse)) as document:
        page = document[0]
        largeur = page.get_width()
        texte = page.get_textpage()
        droites = [texte.get_charbox(rang)[2] for rang in range(texte.count_chars())]
        assert max(droites) < largeur
    assert adresse in sans_blancs(lire(composer(adresse)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_aucun_texte_ne_fait_echouer_le_rendu(texte: str, titre: str) -> None:
    assert composer(texte, titre).startswith(b"%PDF-")


def test_un_gabarit_qui_enfreint_la_norme_est_refuse() -> None:
    with pytest.raises(typst.TypstError, match="PDF/UA-1"):
        rendre_pdf(f"{GABARIT}\n==== Trop profond", {"texte": ""}, "T")
