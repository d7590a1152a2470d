"""Ce que la bibliothèque répond à un besoin partagé : les fiches publiées sur son thème."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.capitaliser.models import Publication
from maillage.identifier.slots import Reponse

MONTREES = 6


def reponses(theme: str) -> Sequence[Reponse]:
    """Les fiches en rayon de ce thème, les plus récentes d'abord (une requête)."""
    fiches = Publication.objects.en_rayon().pour_liste().filter(themes__contains=[theme])
    recentes = fiches.defer("contenu").order_by("-annee", "pk")[:MONTREES]
    return [Reponse(fiche.titre, fiche.annee, fiche.get_absolute_url()) for fiche in recentes]
