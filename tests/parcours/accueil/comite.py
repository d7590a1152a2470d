"""La ou le membre du comité : ce qui lui est ouvert, et rien de plus."""

from __future__ import annotations

from tests.parcours.accueil import diagnostic
from tests.parcours.accueil.structure import NOM
from tests.parcours.personne import Personne

PARTAGE = (diagnostic.SITUATION, diagnostic.BESOIN)
INTERNE = (diagnostic.NOTE_INTERNE, diagnostic.BESOIN_INTERNE)


def sait_qu_il_existe(marc: Personne, adresse: str) -> None:
    """Sans autorisation : une date, un DLA, pas de nom ni de contenu."""
    marc.va("/diagnostics/ouverts/")
    marc.lit("Un diagnostic", "non ouvert")
    marc.n_apprend_rien(NOM)
    marc.va(adresse)
    marc.lit("vous savez qu’il existe, rien de plus")
    marc.n_apprend_rien(NOM, *PARTAGE, *INTERNE)
    for piece in ("word/", "pdf/"):
        assert marc.obtient(f"{adresse}{piece}")[0] == 403


def le_lit(marc: Personne, adresse: str) -> None:
    """Autorisé, il le lit par un geste que la structure verra ; l'interne reste au DLA."""
    marc.va(adresse)
    marc.n_apprend_rien(*PARTAGE)
    marc.envoie("Lire le diagnostic")
    marc.lit(*PARTAGE)
    marc.n_apprend_rien(*INTERNE)
    marc.photographie("diagnostic-lu-par-le-comite")


def ne_le_lit_plus(marc: Personne, adresse: str) -> None:
    marc.va(adresse)
    marc.lit("vous savez qu’il existe, rien de plus")
    marc.n_apprend_rien(*PARTAGE, *INTERNE)
