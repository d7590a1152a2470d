"""Fabriquer `diagnostic.docx`, le gabarit Word du diagnostic, aux styles de la fiche.

    python -m maillage.accueillir.diagnostics.gabarits.fabriquer

À relancer quand la grille change ; le document produit est commis.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maillage.socle.documents import pieces_word
from maillage.socle.documents.pieces_word import (
    espacer,
    poser_liste,
    poser_reperes,
    poser_si,
    poser_si_liste,
)

ICI = Path(__file__).parent
BESOIN = "{{ ligne.dit }}{% if ligne.theme %} ({{ ligne.theme }}){% endif %}"


def fabriquer() -> Path:
    """Écrit le gabarit à côté de ce module et rend son chemin."""
    return pieces_word.fabriquer(ICI / "diagnostic.docx", _composer)


def _composer(document: Any) -> None:
    document.add_paragraph("{{ identite.dla }} · {{ identite.date }}", "Surtitre")
    document.add_paragraph("{{ titre }}", "Title")
    document.add_paragraph("{{ identite.etat }}", "Signature du document")
    poser_reperes(
        document,
        (
            ("Structure", "identite.structure"),
            ("Commune", "identite.lieu"),
            ("Accompagnée par", "identite.dla"),
            ("Chargé·e d’accompagnement", "identite.charge"),
        ),
    )
    retenir = [("Ce qu’il faut retenir", "Heading 1"), ("{{ synthese }}", "Normal")]
    poser_si(document, "synthese", retenir)
    document.add_paragraph("{%p if priorites %}")
    document.add_heading("Les besoins prioritaires", 1)
    poser_liste(document, "priorites", BESOIN)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for domaine in domaines %}")
    _domaine(document)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if pieces %}")
    document.add_heading("Pièces jointes", 1)
    poser_liste(document, "pieces", "{{ ligne }}")
    document.add_paragraph("{%p endif %}")
    remarques = [("Remarques de la structure", "Heading 1"), ("{{ remarques }}", "Normal")]
    poser_si(document, "remarques", remarques)
    espacer(document)


def _domaine(document: Any) -> None:
    document.add_heading("{{ domaine.libelle }}", 1)
    poser_si(document, "domaine.vide", [("{{ muet|capitalize }}.", "Précision")])
    sans_objet = [("Sans objet ici : {{ domaine.sans_objet }}", "Précision")]
    poser_si(document, "domaine.sans_objet", sans_objet)
    poser_si(document, "domaine.situation", [("{{ domaine.situation }}", "Normal")])
    for titre, champ in (("Forces", "forces"), ("Fragilités", "fragilites")):
        _sous(document, titre, f"domaine.{champ}")
    document.add_paragraph("{%p for ligne in domaine.reponses %}")
    document.add_heading("{{ ligne.libelle }}", 2)
    document.add_paragraph("{{ ligne.texte }}", "Normal")
    document.add_paragraph("{%p endfor %}")
    poser_si_liste(document, "domaine.besoins", "Besoins", BESOIN)
    _sous(document, "Sur quoi l’on s’appuie", "domaine.preuves")


def _sous(document: Any, titre: str, champ: str) -> None:
    """Un intertitre et son texte."""
    poser_si(document, champ, [(titre, "Heading 2"), (f"{{{{ {champ} }}}}", "Normal")])


if __name__ == "__main__":
    print(fabriquer())
