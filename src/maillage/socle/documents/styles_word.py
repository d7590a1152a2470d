"""La page et les styles des gabarits Word : ce que l'on change d'abord quand on les fait siens."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

POLICE = "Calibri"
ENCRE, DOUX, ACCENT, FILET = "1F2729", "565D5E", "0D5C57", "D8D3C7"


def mettre_en_page(document: Any) -> None:
    """Une page A4 et son pied ; tout contexte a `titre`, `identite.dla` et `identite.annee`."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2), Cm(2)
    document.core_properties.title = "{{ titre }}"
    document.core_properties.author = "{{ identite.dla }}"
    document.core_properties.language = "fr-FR"
    pied = page.footer.paragraphs[0]
    pied.style = document.styles["Footer"]
    pied.add_run("{{ titre }} · {{ identite.dla }}, {{ identite.annee }}")


def styler(document: Any) -> None:
    """De vrais styles de Word : changer un style change tout le document."""
    styles = document.styles
    _regler(styles["Normal"], 10.5, ENCRE, apres=6, interligne=1.25)
    langue = OxmlElement("w:lang")
    langue.set(qn("w:val"), "fr-FR")
    styles["Normal"].element.get_or_add_rPr().append(langue)
    _regler(styles["Title"], 27, ENCRE, apres=8, interligne=1.05)
    _sans_filet(styles["Title"])
    _regler(styles["Heading 1"], 16, ACCENT, avant=20, apres=6, suite=True)
    _regler(styles["Heading 2"], 11.5, ENCRE, avant=10, apres=3, gras=True, suite=True)
    _regler(styles["List Bullet"], 10.5, ENCRE, apres=3, interligne=1.2)
    _regler(styles["Footer"], 8.5, DOUX)
    for nom, taille, couleur, options in (
        ("Surtitre", 10, ACCENT, {"apres": 4}),
        ("Chapeau", 13.5, DOUX, {"apres": 8, "interligne": 1.25}),
        ("Signature du document", 10, DOUX, {"apres": 14}),
        ("Chiffre", 20, ACCENT, {"avant": 4, "apres": 0, "interligne": 1.0}),
        ("Chiffre inconnu", 14, DOUX, {"avant": 10, "apres": 0, "interligne": 1.0}),
        ("Légende de chiffre", 9.5, DOUX, {"apres": 4, "interligne": 1.1}),
        ("Précision", 9.5, DOUX, {"apres": 4, "interligne": 1.2}),
        ("Dans un tableau", 10, ENCRE, {"avant": 2, "apres": 2, "interligne": 1.15}),
        ("Tête de ligne", 10, ENCRE, {"avant": 2, "apres": 2, "gras": True}),
    ):
        style = styles.add_style(nom, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _regler(style, taille, couleur, **options)


def _regler(
    style: Any,
    taille: float,
    couleur: str,
    *,
    avant: float = 0,
    apres: float = 0,
    interligne: float | None = None,
    gras: bool = False,
    suite: bool = False,
) -> None:
    style.font.name, style.font.size, style.font.bold = POLICE, Pt(taille), gras
    style.font.color.rgb = RGBColor.from_string(couleur)
    polices = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribut in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        polices.attrib.pop(qn(attribut), None)
    espace = style.paragraph_format
    espace.space_before, espace.space_after = Pt(avant), Pt(apres)
    espace.keep_with_next = suite
    if interligne:
        espace.line_spacing = interligne


def _sans_filet(style: Any) -> None:
    """Le titre de Word vient souligné d'un filet bleu : on l'ôte."""
    for bordure in style.element.findall(f".//{qn('w:pBdr')}"):
        bordure.getparent().remove(bordure)
