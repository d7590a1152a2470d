"""Le bout de registre national que l'on trouve en arrivant : trois associations inventées."""

from __future__ import annotations

from pathlib import Path

from maillage.annuaire.models import Registre
from maillage.annuaire.registre.importer.execution import importer
from maillage.annuaire.registre.importer.ouverture import ouvrir
from tests.annuaire.registre.importer.fichiers import ASSOCIATION, deposer, tableau

NUMERO = "W252000042"
_COMMUNES = {"25434": ("25290", "Ornans"), "25462": ("25300", "Pontarlier")}


def declarer(dossier: Path) -> None:
    """Importe un petit RNA, comme le ferait l'administration."""
    lignes = [
        _association(NUMERO, "LES CABANES DE LA VALLEE", "25434", "ateliers de bois pour tous"),
        _association("W252000043", "LES CABANES DU PLATEAU", "25462", "loisirs de plein air"),
        _association("W252000044", "FANFARE DU SOIR", "25434", "musique de rue"),
    ]
    fichier = deposer(dossier, tableau(lignes))
    importer(ouvrir(fichier, Registre.RNA), lambda *_: None, conclure=True)


def _association(numero: str, titre: str, code: str, objet: str) -> dict[str, str]:
    code_postal, commune = _COMMUNES[code]
    lieu = {"adrs_codeinsee": code, "adrs_codepostal": code_postal, "adrs_libcommune": commune}
    return ASSOCIATION | lieu | {"id": numero, "titre": titre, "titre_court": "", "objet": objet}
