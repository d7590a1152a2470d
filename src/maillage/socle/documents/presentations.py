"""Un document que Maillage compose : une grille, un gabarit Word, un gabarit PDF.

L'écran, Word et le PDF montrent le même contexte. Le gabarit Word peut être celui d'un opérateur :
la pièce qui les garde remplit `GABARITS`, les autres le demandent sans la connaître.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from maillage.socle.documents.grilles import Grille, champs_de, exemple
from maillage.socle.documents.rendu_pdf import rendre_pdf
from maillage.socle.documents.rendu_word import GabaritRefuse, rendre_docx
from maillage.socle.slots import Slot

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
G = TypeVar("G", bound=Grille)


@dataclass(frozen=True)
class Presentation(Generic[G]):
    """`dossier` contient `<code>.docx` et `<code>.typ` ; `nom` se met au fil d'une phrase.

    `epreuves` s'ajoutent au contenu où tout est dit et au contenu vide quand on essaie un gabarit.
    """

    code: str
    nom: str
    grille: type[G]
    dossier: Path
    epreuves: Sequence[G] = field(default=())

    @property
    def gabarit_word(self) -> Path:
        return self.dossier / f"{self.code}.docx"

    @property
    def gabarit_pdf(self) -> Path:
        return self.dossier / f"{self.code}.typ"

    @cached_property
    def champs(self) -> list[str]:
        """Ce qu'un gabarit peut lire."""
        return champs_de(self.grille)

    def en_word(self, contexte: G, gabarit: bytes | None = None) -> bytes:
        """Le document Word, sur le gabarit d'un opérateur ou sur celui de Maillage.

        Lève `GabaritRefuse` si un gabarit adopté autrefois lit un champ qui n'existe plus.
        """
        return rendre_docx(gabarit or self.gabarit_word, contexte.en_json(), self.champs)

    def en_pdf(self, contexte: G) -> bytes:
        """Le PDF accessible (PDF/UA-1)."""
        gabarit = self.gabarit_pdf.read_text(encoding="utf-8")
        return rendre_pdf(gabarit, contexte.en_json(), contexte.titre)

    def verifier(self, gabarit: bytes) -> None:
        """Lève `GabaritRefuse`, qui nomme le champ inconnu ou la balise fautive.

        Le gabarit est rempli d'un contenu où tout est dit puis d'un contenu vide : chaque branche
        de chaque condition est ainsi parcourue.
        """
        for contexte in self.epreuves or (exemple(self.grille), self.grille()):
            self.en_word(contexte, gabarit)


@dataclass(frozen=True, slots=True)
class GabaritAdopte:
    """Le gabarit Word qu'un opérateur préfère pour un document."""

    nom: str
    contenu: bytes


# (code du document, opérateur) → son gabarit, ou None pour celui de Maillage.
GABARITS: Slot[[str, UUID], GabaritAdopte | None] = Slot("socle.gabarits_word", requetes=1)


def repondre_word(
    request: HttpRequest, presentation: Presentation[G], contexte: G, operateur: UUID
) -> HttpResponse:
    """Un gabarit adopté qui ne sert plus ne prive personne : celui de Maillage prend sa place."""
    adopte = next(filter(None, GABARITS.tout(presentation.code, operateur)), None)
    try:
        contenu = presentation.en_word(contexte, adopte.contenu if adopte else None)
    except GabaritRefuse as refus:
        if adopte is None:
            raise
        messages.warning(
            request,
            f"Le gabarit « {adopte.nom} » n’a pas pu servir ({refus.raison}) : "
            "le document est sorti sur celui de Maillage.",
        )
        contenu = presentation.en_word(contexte)
    return telecharger(contenu, WORD, f"{_nom_de_fichier(presentation, contexte)}.docx")


def repondre_pdf(presentation: Presentation[G], contexte: G) -> HttpResponse:
    """Le PDF à télécharger."""
    nom = f"{_nom_de_fichier(presentation, contexte)}.pdf"
    return telecharger(presentation.en_pdf(contexte), PDF, nom)


def telecharger(contenu: bytes, type_mime: str, nom: str) -> HttpResponse:
    """Une pièce jointe de ce nom."""
    reponse = HttpResponse(contenu, content_type=type_mime)
    reponse["Content-Disposition"] = content_disposition_header(True, nom)
    return reponse


def _nom_de_fichier(presentation: Presentation[G], contexte: G) -> str:
    return f"{slugify(presentation.code)}-{slugify(contexte.titre)[:80] or 'sans-titre'}"
