"""Ce qui s'édite dans le dossier lui-même."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.ingenieries.edition import Edition
from maillage.ingenieries.forms import FormulaireDeNote
from maillage.ingenieries.models import Note
from maillage.ingenieries.operations import ajouter_element

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def _signer(note: Note, *, par: Utilisateur, **options: Any) -> Note:
    note.auteur = par
    return ajouter_element(note, par=par, **options)


NOTE = Edition(
    code="note",
    nom="la note",
    formulaire=FormulaireDeNote,
    aide="Une note ne sort jamais du DLA : ni export, ni fiche, ni journal lu par d’autres.",
    ajouter=_signer,
)
