"""De quoi remplir une mission, et une fiche publiée en une ligne."""

from __future__ import annotations

from typing import Any

from maillage.capitaliser.models import Fiche, Publication
from maillage.capitaliser.operations import changer_etat_de_fiche
from maillage.confirmer.models import Participation
from maillage.finaliser.models import Resultat, Seance
from maillage.identifier.models import Problematique, Signal
from maillage.ingenieries.models import Ingenierie
from tests.fabriques import agent, mission, organisation


def fiche_publiee(dossier: Ingenierie | None = None, **champs: Any) -> Publication:
    """Une fiche publiée, et la mission qu'elle raconte si l'on n'en donne pas."""
    dossier = dossier or mission()
    champs.setdefault("titre", dossier.titre)
    fiche = Fiche.objects.create(ingenierie=dossier, **champs)
    changer_etat_de_fiche(fiche, "publier", version=1, par=agent(dossier.operateur))
    return fiche.publications.get(en_vigueur=True)


def remplir(dossier: Ingenierie, nombre: int) -> None:
    """`nombre` lignes dans les tables qu'une fiche lit."""
    besoin = Problematique.objects.create(operateur=dossier.operateur, titre="Un besoin")
    besoin.ingenieries.add(dossier)
    for rang in range(nombre):
        signal = Signal.objects.create(operateur=dossier.operateur, texte=f"mot {rang}")
        besoin.signaux.add(signal)
        Participation.objects.create(
            ingenierie=dossier, structure=organisation(), palier="retenue", atteint="retenue"
        )
        Seance.objects.create(ingenierie=dossier, forme="collective", titre=f"Séance {rang}")
        Resultat.objects.create(ingenierie=dossier, nature="projet", phrase=f"Résultat {rang}")
