"""Fabriquer `fiche.docx`, le gabarit Word de Maillage, avec de vrais styles que l'on modifie.

    python -m maillage.capitaliser.gabarits.fabriquer

À relancer quand la grille change ; le document produit est commis. Chaque titre est un style de
Word : qui ouvre le gabarit change la police ou la couleur d'un style, et toute la fiche suit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maillage.socle.documents import pieces_word
from maillage.socle.documents.pieces_word import (
    JOINTS,
    espacer,
    poser_chiffres,
    poser_liste,
    poser_reperes,
    poser_si,
    poser_si_liste,
    poser_tableau,
    remplir_ligne,
)

ICI = Path(__file__).parent


def fabriquer() -> Path:
    """Écrit le gabarit à côté de ce module et rend son chemin."""
    return pieces_word.fabriquer(ICI / "fiche.docx", _composer)


# Le contenu, dans l'ordre de la grille


def _composer(document: Any) -> None:
    ecrire = document.add_paragraph
    ecrire("{{ identite.nature }} · {{ identite.secteur }} · {{ identite.annee }}", "Surtitre")
    ecrire("{{ titre }}", "Title")
    poser_si(document, "accroche", [("{{ accroche }}", "Chapeau")])
    ecrire(
        "{{ identite.dla }}{% for dla in identite.dla_associes %}, {{ dla }}{% endfor %}"
        "{% if identite.territoires %} · {{ identite.territoires }}{% endif %}",
        "Signature du document",
    )
    poser_chiffres(document)
    poser_si(document, "resume", [("{{ resume }}", "Normal")])
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


def _problematique(document: Any) -> None:
    document.add_heading("Problématique", 1)
    poser_si(document, "problematique.contexte", [("{{ problematique.contexte }}", "Normal")])
    for titre, champ in (
        ("Enjeux", "enjeux"),
        ("Besoins repérés", "besoins"),
        ("Validation", "validation"),
    ):
        nom = f"problematique.{champ}"
        poser_si(document, nom, [(titre, "Heading 2"), (f"{{{{ {nom} }}}}", "Normal")])
    poser_si(
        document,
        "problematique.themes",
        [("Thèmes : {{ problematique.themes|join(', ') }}", "Précision")],
    )
    poser_si(
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
        poser_si_liste(
            document,
            f"objectifs.{champ}",
            titre,
            "{{ ligne.libelle }}{% if ligne.texte %} : {{ ligne.texte }}{% endif %}",
        )


def _beneficiaires(document: Any) -> None:
    document.add_heading("Bénéficiaires", 1)
    poser_liste(
        document,
        "beneficiaires.entonnoir",
        "{{ ligne.texte }} {{ ligne.libelle }}"
        "{% if ligne.detail %} ({{ ligne.detail }}){% endif %}",
    )
    poser_si_liste(
        document,
        "beneficiaires.groupes",
        "Groupes",
        "{{ ligne.libelle }}{% if ligne.texte %} : {{ ligne.texte }}{% endif %}",
    )
    poser_si(
        document,
        "beneficiaires.structures",
        [("{{ beneficiaires.structures|join(', ') }}", "Normal")],
    )
    poser_si(document, "beneficiaires.sans_nom", [("{{ beneficiaires.sans_nom }}", "Précision")])
    document.add_paragraph("{%p for critere in beneficiaires.profil %}")
    document.add_heading("{{ critere.libelle }}", 2)
    poser_liste(document, "critere.retenus", "{{ ligne.libelle }} : {{ ligne.texte }}")
    document.add_paragraph("{%p endfor %}")


def _moyens(document: Any) -> None:
    document.add_heading("Moyens mobilisés", 1)
    document.add_heading("Humains", 2)
    poser_si(document, "moyens.humains.animation", [("{{ moyens.humains.animation }}", "Normal")])
    poser_liste(document, "moyens.humains.intervenants", "{{ ligne.nom }}, {{ ligne.titre }}")
    poser_si(
        document,
        "moyens.humains.systeme_intervenant",
        [("{{ moyens.humains.systeme_intervenant }}", "Normal")],
    )
    poser_liste(
        document,
        "moyens.humains.partenaires",
        "{{ ligne.nom }}, {{ ligne.titre }}{% if ligne.role %} : {{ ligne.role }}{% endif %}",
    )
    document.add_heading("Financiers", 2)
    _tableau_de_montants(document)
    poser_si_liste(
        document,
        "moyens.logistiques",
        "Logistique et communication",
        "{{ ligne.libelle }} ({{ ligne.titre }})"
        "{% if ligne.montant %} : {{ ligne.montant }}{% endif %}",
    )


def _tableau_de_montants(document: Any) -> None:
    """Le budget, les dépenses puis les financements : trois colonnes, une ligne par montant."""
    tableau = poser_tableau(document, [7.6, 5.4, 3.6], filets=True)
    remplir_ligne(
        tableau.rows[0], ["Coût de la mission", "", "{{ moyens.financiers.budget }}"], tete=True
    )
    for nom in ("depenses", "financements"):
        remplir_ligne(
            tableau.add_row(), [f"{{%tr for ligne in moyens.financiers.{nom} %}}", "", ""]
        )
        remplir_ligne(
            tableau.add_row(),
            ["{{ ligne.libelle }}", "{{ ligne.titre }}", "{{ ligne.montant }}"],
        )
        remplir_ligne(tableau.add_row(), ["{%tr endfor %}", "", ""])
    espacer(document)


def _action(document: Any) -> None:
    document.add_heading("Action réalisée auprès des structures", 1)
    poser_reperes(
        document,
        (
            ("Typologie", "action.typologie"),
            ("Solution", "action.solution"),
            ("Formes de travail", f"action.intervention{JOINTS}"),
            ("Journées", "action.journees"),
            ("Durée", "action.duree"),
            ("Rythme", "action.rythme"),
            ("Lieu", "action.lieu"),
            ("Types de prestation", f"action.prestations{JOINTS}"),
            ("Contenus", "action.contenus"),
        ),
    )
    document.add_paragraph("{%p for seance in action.seances %}")
    document.add_paragraph("{{ seance.titre }}", "Heading 2")
    document.add_paragraph(
        "{{ seance.forme }}{% if seance.duree %} · {{ seance.duree }}{% endif %}"
        "{% if seance.quand %} · {{ seance.quand }}{% endif %}"
        "{% if seance.presents %} · {{ seance.presents }}{% endif %}",
        "Précision",
    )
    poser_si(document, "seance.contenu", [("{{ seance.contenu }}", "Normal")])
    poser_si(
        document,
        "seance.intervenants",
        [("Avec : {{ seance.intervenants }}.", "Précision")],
    )
    document.add_paragraph("{%p endfor %}")


def _resultats(document: Any) -> None:
    document.add_heading("Résultats", 1)
    tableau = poser_tableau(document, [3.8, 9.2, 3.6], filets=True)
    remplir_ligne(tableau.rows[0], ["{%tr for resultat in resultats %}", "", ""])
    remplir_ligne(
        tableau.add_row(),
        [
            "{{ resultat.mesure }}",
            "{{ resultat.phrase }}{% if not resultat.obtenu %} (visé, pas obtenu){% endif %}",
            "{{ resultat.quand }}",
        ],
        tete=True,
    )
    remplir_ligne(tableau.add_row(), ["{%tr endfor %}", "", ""])
    espacer(document)


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
    poser_si(
        document,
        "evaluation.a_apprecier",
        [
            (
                _selon_la_source("n’apprécie pas", "Reste à apprécier")
                + " : {{ evaluation.a_apprecier|join(', ')|lower }}.",
                "Précision",
            )
        ],
    )


def _retenir(document: Any) -> None:
    document.add_heading("Ce que l’on retient", 1)
    poser_si(document, "capitalisation.a_retenir", [("{{ capitalisation.a_retenir }}", "Normal")])
    poser_si(
        document,
        "capitalisation.transferable",
        [
            ("Ce qui peut servir ailleurs", "Heading 2"),
            ("{{ capitalisation.transferable }}", "Normal"),
        ],
    )


def _fin(document: Any) -> None:
    document.add_paragraph("{{ identite.etat }}.", "Précision")
    poser_si(document, "identite.source", [("Source : {{ identite.source }}", "Précision")])
    poser_si(
        document,
        "manques",
        [
            (
                _selon_la_source("ne dit pas", "Cette fiche ne dit pas encore")
                + " : {{ manques|join(', ')|lower }}.",
                "Précision",
            )
        ],
    )


def _selon_la_source(tu: str, reste: str) -> str:
    """Ce qu'une source tait ne viendra pas ; ce qu'un dossier tait peut encore venir."""
    return f"{{% if identite.source %}}La source {tu}{{% else %}}{reste}{{% endif %}}"


if __name__ == "__main__":
    print(fabriquer())
