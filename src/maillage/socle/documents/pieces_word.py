"""Les pièces dont se fabrique un gabarit Word : conditions, listes, tableaux, chiffres.

Chaque pièce écrit les balises de docxtpl là où elles doivent être pour disparaître sans laisser de
trace : `{%p %}` prend tout un paragraphe, `{%tr %}` toute une ligne de tableau, `{%tc %}` une
colonne.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from maillage.socle.documents.styles_word import FILET, mettre_en_page, styler

LARGEUR = 16.6  # centimètres entre les marges
JOINTS = "|join(', ')"


def fabriquer(chemin: Path, composer: Callable[[Any], None]) -> Path:
    """Écrit un gabarit aux styles de Maillage ; `composer` y pose le contenu."""
    document = Document()
    mettre_en_page(document)
    styler(document)
    composer(document)
    document.save(str(chemin))
    return chemin


def poser_si(document: Any, champ: str, paragraphes: Iterable[tuple[str, str]]) -> None:
    """Des paragraphes (texte, style) qui disparaissent quand le champ est vide."""
    document.add_paragraph(f"{{%p if {champ} %}}")
    for texte, style in paragraphes:
        document.add_paragraph(texte, style)
    document.add_paragraph("{%p endif %}")


def poser_liste(document: Any, suite: str, texte: str) -> None:
    """Une puce par élément de la suite, nommé `ligne` dans le texte."""
    document.add_paragraph(f"{{%p for ligne in {suite} %}}")
    document.add_paragraph(texte, "List Bullet")
    document.add_paragraph("{%p endfor %}")


def poser_si_liste(document: Any, suite: str, titre: str, texte: str) -> None:
    """La même sous son intertitre ; tout disparaît quand la suite est vide."""
    document.add_paragraph(f"{{%p if {suite} %}}")
    document.add_heading(titre, 2)
    poser_liste(document, suite, texte)
    document.add_paragraph("{%p endif %}")


def poser_chiffres(document: Any, suite: str = "en_bref") -> None:
    """Des chiffres côte à côte : une colonne par élément de la suite."""
    debut, corps, fin = poser_tableau(document, [LARGEUR / 3] * 3).rows[0].cells
    debut.paragraphs[0].text = f"{{%tc for chiffre in {suite} %}}"
    corps.paragraphs[0].text = "{%p if chiffre.connu %}"
    for texte, style in (
        ("{{ chiffre.valeur }}", "Chiffre"),
        ("{%p else %}", "Normal"),
        ("{{ chiffre.valeur }}", "Chiffre inconnu"),
        ("{%p endif %}", "Normal"),
        ("{{ chiffre.libelle }}", "Légende de chiffre"),
        ("{{ chiffre.detail }}", "Légende de chiffre"),
    ):
        corps.add_paragraph(texte, style)
    fin.paragraphs[0].text = "{%tc endfor %}"
    espacer(document)


def poser_reperes(document: Any, lignes: Iterable[tuple[str, str]]) -> None:
    """Deux colonnes, intitulé et champ ; une ligne vide disparaît."""
    tableau = poser_tableau(document, [4.6, 12], filets=True)
    for rang, (titre, champ) in enumerate(lignes):
        nom = champ.partition("|")[0]
        ouvre = tableau.rows[0] if rang == 0 else tableau.add_row()
        remplir_ligne(ouvre, [f"{{%tr if {nom} %}}", ""])
        remplir_ligne(tableau.add_row(), [titre, f"{{{{ {champ} }}}}"], tete=True)
        remplir_ligne(tableau.add_row(), ["{%tr endif %}", ""])
    espacer(document)


def poser_tableau(document: Any, largeurs: list[float], *, filets: bool = False) -> Any:
    """Un tableau d'une ligne, de ces largeurs en centimètres."""
    tableau = document.add_table(rows=1, cols=len(largeurs))
    tableau.alignment = WD_TABLE_ALIGNMENT.LEFT
    tableau.autofit = False
    for colonne, largeur in zip(tableau.columns, largeurs, strict=True):
        colonne.width = Cm(largeur)
        for cellule in colonne.cells:
            cellule.width = Cm(largeur)
    if filets:
        _border(tableau)
    return tableau


def remplir_ligne(ligne: Any, textes: list[str], *, tete: bool = False) -> None:
    """Remplit une ligne ; `tete` met en valeur sa première cellule."""
    for rang, (cellule, texte) in enumerate(zip(ligne.cells, textes, strict=True)):
        paragraphe = cellule.paragraphs[0]
        paragraphe.text = texte
        paragraphe.style = "Tête de ligne" if tete and rang == 0 else "Dans un tableau"


def espacer(document: Any) -> None:
    """Un blanc après un tableau, que Word colle sinon au titre suivant."""
    document.add_paragraph("", "Précision")


def _border(tableau: Any) -> None:
    """Des filets horizontaux, rien d'autre."""
    bords = OxmlElement("w:tblBorders")
    for cote in ("top", "bottom", "insideH"):
        bord = OxmlElement(f"w:{cote}")
        for attribut, valeur in (("val", "single"), ("sz", "4"), ("color", FILET)):
            bord.set(qn(f"w:{attribut}"), valeur)
        bords.append(bord)
    tableau._tbl.tblPr.append(bords)
