"""La fiche en Word et en PDF, d'un même contexte que l'écran."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from maillage.capitaliser.grille import ContexteDeFiche, champs_de, exemple
from maillage.socle.documents.rendu_pdf import rendre_pdf
from maillage.socle.documents.rendu_word import GabaritRefuse, rendre_docx

__all__ = ["GABARIT_WORD", "GabaritRefuse", "en_pdf", "en_word", "verifier_gabarit"]

_GABARITS = Path(__file__).parent / "gabarits"
GABARIT_WORD = _GABARITS / "fiche.docx"
GABARIT_PDF = _GABARITS / "fiche.typ"
CHAMPS = champs_de()


def en_word(fiche: ContexteDeFiche, gabarit: bytes | None = None) -> bytes:
    """Le document Word, sur le gabarit d'un opérateur ou sur celui de Maillage.

    Lève `GabaritRefuse` si un gabarit adopté autrefois lit un champ qui n'existe plus.
    """
    return rendre_docx(gabarit or GABARIT_WORD, fiche.en_json(), CHAMPS)


def en_pdf(fiche: ContexteDeFiche) -> bytes:
    """Le PDF accessible (PDF/UA-1)."""
    return rendre_pdf(GABARIT_PDF.read_text(encoding="utf-8"), fiche.en_json(), fiche.titre)


def verifier_gabarit(gabarit: bytes) -> None:
    """Lève `GabaritRefuse`, qui nomme le champ inconnu ou la balise fautive.

    Le gabarit est rempli deux fois, par une fiche où tout est dit puis par une fiche vide : chaque
    branche de chaque condition est ainsi parcourue. Une fiche a toujours ses quatre chiffres.
    """
    pleine = exemple()
    chiffres = pleine.en_bref * 4
    for fiche in (replace(pleine, en_bref=chiffres), ContexteDeFiche(en_bref=chiffres)):
        en_word(fiche, gabarit)
