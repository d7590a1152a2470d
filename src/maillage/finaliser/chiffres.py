"""Le chiffre d'en-tête de l'étape : combien de résultats, sans en faire une somme."""

from __future__ import annotations

from typing import Any

from maillage.finaliser.models import Resultat
from maillage.ingenieries.chiffres import Chiffre
from maillage.ingenieries.models import EtatIngenierie
from maillage.socle.agregats import nombre


def _dire(ingenierie: Any) -> str:
    """Un mécénat et un contrat ne s'additionnent pas (règle 8) : la fiche les dit un à un."""
    obtenus = ingenierie.resultats_obtenus
    if not obtenus:
        return "inconnu" if ingenierie.etat == EtatIngenierie.CLOSE else "rien encore"
    return str(obtenus)


RESULTATS = Chiffre(
    libelle="Résultats",
    demarche="finaliser.evaluer",
    expressions={"resultats_obtenus": nombre(Resultat.objects.filter(obtenu=True))},
    dire=_dire,
)
