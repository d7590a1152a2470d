"""Composer un PDF accessible (PDF/UA-1) par typst.

Le gabarit est à nous ; les données, elles, viennent de partout : elles passent en JSON par les
entrées de typst et ne sont jamais collées dans le source, où elles deviendraient du balisage.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from maillage.socle.documents.donnees import epurer, simplifier

NORME = "ua-1"
POLICES = Path(__file__).resolve().parent.parent / "static" / "vendor" / "polices-pdf"
GABARITS = Path(__file__).resolve().parent / "gabarits"
ABSENT = "\u25a1"
"""Carré blanc, mis à la place d'un caractère que les polices ne savent pas dessiner."""

ESSAIS_MAX = 100
EUROPE = 0x2E80
"""Sous ce point de code, les polices couvrent presque tout ; au-delà, presque rien."""

_SANS_DESSIN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ECHAPPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def rendre_pdf(gabarit: str, donnees: Mapping[str, Any], titre: str) -> bytes:
    """Le PDF, étiqueté, en français, avec son titre et ses polices.

    `gabarit` est un source typst qui commence par `#import "/maillage.typ": *` et
    `#show: mise-en-page` ; il lit `donnees` (mises en français par
    `donnees.simplifier`) et `titre`. Un caractère sans dessin dans les polices
    devient « □ ». Lève `typst.TypstError` si le gabarit est fautif.
    """
    entrees = {
        "titre": epurer(titre).strip() or "Sans titre",
        "donnees": json.dumps(simplifier(donnees), ensure_ascii=False),
    }
    for _ in range(ESSAIS_MAX):
        try:
            return _composer(gabarit.encode(), entrees)
        except typst.TypstError as erreur:
            if not (sans_dessin := _sans_dessin(erreur)):
                raise
            entrees = {nom: _remplacer(sans_dessin, valeur) for nom, valeur in entrees.items()}
    raise ValueError("Ce texte contient trop de caractères que les polices ne dessinent pas.")


def _composer(gabarit: bytes, entrees: dict[str, str]) -> bytes:
    compose: bytes = typst.compile(  # type: ignore[call-overload] # root et source diffèrent
        gabarit,
        format="pdf",
        root=GABARITS,
        font_paths=[POLICES],
        ignore_system_fonts=True,
        sys_inputs=entrees,
        pdf_standards=[NORME],
    )
    return compose


def _sans_dessin(erreur: typst.TypstError) -> str:
    """Les caractères que typst dit ne pas pouvoir dessiner."""
    dit = _SANS_DESSIN.search(str(erreur))
    texte = _ECHAPPE.sub(lambda m: chr(int(m[1], 16)), dit[1]) if dit else ""
    return "".join(c for c in texte if not c.isascii() and c != ABSENT)


def _remplacer(caracteres: str, texte: str) -> str:
    """Remplace ces caractères ; loin de l'Europe, tous ceux de leur rangée de 256."""
    proches = {ord(c) for c in caracteres if ord(c) < EUROPE}
    rangees = {ord(c) >> 8 for c in caracteres if ord(c) >= EUROPE}
    return "".join(ABSENT if ord(c) in proches or ord(c) >> 8 in rangees else c for c in texte)
