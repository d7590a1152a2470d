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

ESSAIS_MAX = 60
LATIN = 0x180
ECRITURES = (range(0x0530, 0x1E00), range(0x2C00, 0x110000))
"""Les écritures que nos polices ignorent en bloc ; ailleurs, il ne leur manque que des signes."""

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
    source = gabarit.encode()
    for _ in range(ESSAIS_MAX):
        try:
            return _composer(source, entrees)
        except typst.TypstError as erreur:
            dit = _SANS_DESSIN.search(str(erreur))
            if dit is None:
                raise
            sans_dessin = _caracteres(dit[1])
            if not sans_dessin:
                break
            entrees = {nom: _remplacer(sans_dessin, valeur) for nom, valeur in entrees.items()}
    return _composer(source, {nom: _latiniser(valeur) for nom, valeur in entrees.items()})


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


def _caracteres(dit: str) -> str:
    """Les caractères que typst nomme ; aucun si le fautif est un accent qu'il tait."""
    texte = _ECHAPPE.sub(lambda m: chr(int(m[1], 16)), dit)
    return "".join(c for c in texte if not c.isascii() and c != ABSENT)


def _remplacer(caracteres: str, texte: str) -> str:
    """Remplace ces caractères et, pour une écriture ignorée, toute leur rangée de 256."""
    signes = {ord(c) for c in caracteres}
    rangees = {code >> 8 for code in signes if any(code in ecriture for ecriture in ECRITURES)}
    return "".join(ABSENT if ord(c) in signes or ord(c) >> 8 in rangees else c for c in texte)


def _latiniser(texte: str) -> str:
    """En dernier recours, ne garde que l'alphabet latin."""
    return "".join(c if ord(c) < LATIN else ABSENT for c in texte)
