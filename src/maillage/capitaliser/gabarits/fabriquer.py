"""Fabriquer `fiche.docx`, le gabarit Word de Maillage, avec de vrais styles que l'on modifie.

    python -m maillage.capitaliser.gabarits.fabriquer

À relancer quand la grille change ; le document produit est commis. Chaque titre est un style de
Word : qui ouvre le gabarit change la police ou la couleur d'un style, et toute la fiche suit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from maillage.capitaliser.gabarits.styles import FILET, mettre_en_page, styler

ICI = Path(__file__).parent
LARGEUR = 16.6  # centimètres entre les marges


def fabriquer() -> Path:
    """Écrit le gabarit à côté de ce module et rend son chemin."""
    document = Document()
    mettre_en_page(document)
    styler(document)
    _composer(document)
    chemin = ICI / "fiche.docx"
    document.save(str(chemin))
    return chemin


# Le contenu, dans l'ordre de la grille


def _composer(document: Any) -> None:
    ecrire = document.add_paragraph
    ecrire("{{ identite.nature }} · {{ identite.secteur }} · {{ identite.annee }}", "Surtitre")
    ecrire("{{ titre }}", "Title")
    _si(document, "accroche", [("{{ accroche }}", "Chapeau")])
    ecrire("{{ identite.dla }} · {{ identite.territoires }}", "Signature de la fiche")
    _chiffres(document)
    _si(document, "resume", [("{{ resume }}", "Normal")])
    for partie in (
        _problematique,
        _objectifs,
        _beneficiaires,
        _moyens,
        _action,
        _resultats,
        _evaluation,
        _retenir,
        _fin,
    ):
        partie(document)


def _chiffres(document: Any) -> None:
    """Quatre chiffres côte à côte : une colonne par élément d'« en_bref »."""
    tableau = _tableau(document, [LARGEUR / 3] * 3)
    debut, corps, fin = tableau.rows[0].cells
    debut.paragraphs[0].text = "{%tc for chiffre in en_bref %}"
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
    document.add_paragraph("", "Précision")


def _problematique(document: Any) -> None:
    document.add_heading("Problématique", 1)
    _si(document, "problematique.contexte", [("{{ problematique.contexte }}", "Normal")])
    for titre, champ in (
        ("Enjeux", "enjeux"),
        ("Besoins repérés", "besoins"),
        ("Validation", "validation"),
    ):
        nom = f"problematique.{champ}"
        _si(document, nom, [(titre, "Heading 2"), (f"{{{{ {nom} }}}}", "Normal")])
    _si(
        document,
        "problematique.themes",
        [("Thèmes : {{ problematique.themes|join(', ') }}", "Précision")],
    )
    _si(
        document,
        "problematique.origine",
        [("Origine du constat : {{ problematique.origine|join(', ') }}", "Précision")],
    )


def _objectifs(document: Any) -> None:
    document.add_heading("Objectifs", 1)
    for titre, champ in (
        ("Objectifs stratégiques", "strategiques"),
        ("Objectifs opérationnels", "operationnels"),
    ):
        nom = f"objectifs.{champ}"
        document.add_paragraph(f"{{%p if {nom} %}}")
        document.add_heading(titre, 2)
        _liste(
            document,
            nom,
            "{{ ligne.libelle }}{% if ligne.texte %} : {{ ligne.texte }}{% endif %}",
        )
        document.add_paragraph("{%p endif %}")


def _beneficiaires(document: Any) -> None:
    document.add_heading("Bénéficiaires", 1)
    _liste(
        document,
        "beneficiaires.entonnoir",
        "{{ ligne.texte }} {{ ligne.libelle }}"
        "{% if ligne.detail %} ({{ ligne.detail }}){% endif %}",
    )
    _si(
        document,
        "beneficiaires.structures",
        [("{{ beneficiaires.structures|join(', ') }}", "Normal")],
    )
    _si(document, "beneficiaires.sans_nom", [("{{ beneficiaires.sans_nom }}", "Précision")])
    document.add_paragraph("{%p for critere in beneficiaires.profil %}")
    document.add_heading("{{ critere.libelle }}", 2)
    _liste(document, "critere.retenus", "{{ ligne.libelle }} : {{ ligne.texte }}")
    document.add_paragraph("{%p endfor %}")


def _moyens(document: Any) -> None:
    document.add_heading("Moyens mobilisés", 1)
    document.add_heading("Humains", 2)
    _si(document, "moyens.humains.animation", [("{{ moyens.humains.animation }}", "Normal")])
    _liste(document, "moyens.humains.intervenants", "{{ ligne.nom }}, {{ ligne.titre }}")
    _si(
        document,
        "moyens.humains.systeme_intervenant",
        [("{{ moyens.humains.systeme_intervenant }}", "Normal")],
    )
    _liste(
        document,
        "moyens.humains.partenaires",
        "{{ ligne.nom }}, {{ ligne.titre }}{% if ligne.role %} : {{ ligne.role }}{% endif %}",
    )
    document.add_heading("Financiers", 2)
    _tableau_de_montants(document)
    _si_liste(document, "moyens.logistiques", "Logistique et communication")


def _tableau_de_montants(document: Any) -> None:
    """Le budget, les dépenses puis les financements : trois colonnes, une ligne par montant."""
    tableau = _tableau(document, [7.6, 5.4, 3.6], filets=True)
    _ligne(tableau.rows[0], ["Coût de la mission", "", "{{ moyens.financiers.budget }}"], tete=True)
    for nom in ("depenses", "financements"):
        _ligne(tableau.add_row(), [f"{{%tr for ligne in moyens.financiers.{nom} %}}", "", ""])
        _ligne(
            tableau.add_row(),
            ["{{ ligne.libelle }}", "{{ ligne.titre }}", "{{ ligne.montant }}"],
        )
        _ligne(tableau.add_row(), ["{%tr endfor %}", "", ""])
    document.add_paragraph("", "Précision")


def _action(document: Any) -> None:
    document.add_heading("Action réalisée auprès des structures", 1)
    tableau = _tableau(document, [4.6, 12], filets=True)
    lignes = (
        ("Typologie", "action.typologie"),
        ("Solution", "action.solution"),
        ("Formes de travail", "action.intervention|join(', ')"),
        ("Journées", "action.journees"),
        ("Durée", "action.duree"),
        ("Rythme", "action.rythme"),
        ("Lieu", "action.lieu"),
        ("Types de prestation", "action.prestations|join(', ')"),
        ("Contenus", "action.contenus"),
    )
    for rang, (titre, champ) in enumerate(lignes):
        nom = champ.partition("|")[0]
        ouvre = tableau.rows[0] if rang == 0 else tableau.add_row()
        _ligne(ouvre, [f"{{%tr if {nom} %}}", ""])
        _ligne(tableau.add_row(), [titre, f"{{{{ {champ} }}}}"], tete=True)
        _ligne(tableau.add_row(), ["{%tr endif %}", ""])
    document.add_paragraph("", "Précision")
    document.add_paragraph("{%p for seance in action.seances %}")
    document.add_paragraph("{{ seance.titre }}", "Heading 2")
    document.add_paragraph(
        "{{ seance.forme }}{% if seance.duree %} · {{ seance.duree }}{% endif %}"
        "{% if seance.quand %} · {{ seance.quand }}{% endif %}"
        "{% if seance.presents %} · {{ seance.presents }}{% endif %}",
        "Précision",
    )
    _si(document, "seance.contenu", [("{{ seance.contenu }}", "Normal")])
    _si(
        document,
        "seance.intervenants",
        [("Avec : {{ seance.intervenants }}.", "Précision")],
    )
    document.add_paragraph("{%p endfor %}")


def _resultats(document: Any) -> None:
    document.add_heading("Résultats", 1)
    tableau = _tableau(document, [3.8, 9.2, 3.6], filets=True)
    _ligne(tableau.rows[0], ["{%tr for resultat in resultats %}", "", ""])
    _ligne(
        tableau.add_row(),
        [
            "{{ resultat.mesure }}",
            "{{ resultat.phrase }}{% if not resultat.obtenu %} (visé, pas obtenu){% endif %}",
            "{{ resultat.quand }}",
        ],
        tete=True,
    )
    _ligne(tableau.add_row(), ["{%tr endfor %}", "", ""])
    document.add_paragraph("", "Précision")


def _evaluation(document: Any) -> None:
    document.add_heading("Évaluation", 1)
    document.add_paragraph("{%p for registre in evaluation.registres %}")
    document.add_paragraph(
        "{{ registre.libelle }}{% if registre.appreciation %} : {{ registre.appreciation }}"
        "{% endif %}",
        "Heading 2",
    )
    document.add_paragraph("{{ registre.texte }}")
    document.add_paragraph("{%p endfor %}")
    _si(
        document,
        "evaluation.a_apprecier",
        [("Reste à apprécier : {{ evaluation.a_apprecier|join(', ')|lower }}.", "Précision")],
    )


def _retenir(document: Any) -> None:
    document.add_heading("Ce que l’on retient", 1)
    _si(document, "capitalisation.a_retenir", [("{{ capitalisation.a_retenir }}", "Normal")])
    _si(
        document,
        "capitalisation.transferable",
        [
            ("Ce qui peut servir ailleurs", "Heading 2"),
            ("{{ capitalisation.transferable }}", "Normal"),
        ],
    )


def _fin(document: Any) -> None:
    _si(document, "identite.source", [("Source : {{ identite.source }}", "Précision")])
    _si(
        document,
        "manques",
        [("Cette fiche ne dit pas encore : {{ manques|join(', ')|lower }}.", "Précision")],
    )


# Pièces de Word


def _si(document: Any, champ: str, paragraphes: list[tuple[str, str]]) -> None:
    """Des paragraphes qui disparaissent quand le champ est vide."""
    document.add_paragraph(f"{{%p if {champ} %}}")
    for texte, style in paragraphes:
        document.add_paragraph(texte, style)
    document.add_paragraph("{%p endif %}")


def _liste(document: Any, suite: str, texte: str) -> None:
    document.add_paragraph(f"{{%p for ligne in {suite} %}}")
    document.add_paragraph(texte, "List Bullet")
    document.add_paragraph("{%p endfor %}")


def _si_liste(document: Any, suite: str, titre: str) -> None:
    document.add_paragraph(f"{{%p if {suite} %}}")
    document.add_heading(titre, 2)
    _liste(
        document,
        suite,
        "{{ ligne.libelle }} ({{ ligne.titre }})"
        "{% if ligne.montant %} : {{ ligne.montant }}{% endif %}",
    )
    document.add_paragraph("{%p endif %}")


def _tableau(document: Any, largeurs: list[float], *, filets: bool = False) -> Any:
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


def _border(tableau: Any) -> None:
    """Des filets horizontaux, rien d'autre."""
    bords = OxmlElement("w:tblBorders")
    for cote in ("top", "bottom", "insideH"):
        bord = OxmlElement(f"w:{cote}")
        for attribut, valeur in (("val", "single"), ("sz", "4"), ("color", FILET)):
            bord.set(qn(f"w:{attribut}"), valeur)
        bords.append(bord)
    tableau._tbl.tblPr.append(bords)


def _ligne(ligne: Any, textes: list[str], *, tete: bool = False) -> None:
    """Remplit une ligne ; `tete` met en valeur sa première cellule."""
    for rang, (cellule, texte) in enumerate(zip(ligne.cells, textes, strict=True)):
        paragraphe = cellule.paragraphs[0]
        paragraphe.text = texte
        paragraphe.style = "Tête de ligne" if tete and rang == 0 else "Dans un tableau"


if __name__ == "__main__":
    print(fabriquer())
