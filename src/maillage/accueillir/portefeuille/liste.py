"""La liste du portefeuille : situation, chargé·e, tri, export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from maillage.accueillir.filtres import FiltresDEquipe
from maillage.accueillir.portefeuille.lecture import situations
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe
from maillage.socle.recherche import contient
from maillage.socle.saisies import champ

COLONNES = [
    ColonneDeListe("Structure", "structure", ["nom_normalise"]),
    ColonneDeListe("Dernière nouvelle", "nouvelle", ["derniere"]),
    ColonneDeListe("Ce qui attend", "retards", ["retards"]),
    ColonneDeListe("Prochain point", "prochain", ["prochain"]),
    ColonneDeListe("Suivie par"),
]

EXPORT: Export[Any] = Export(
    "portefeuille",
    [
        Colonne("id", "Identifiant", lambda s: str(s.pk)),
        Colonne("structure", "Structure", lambda s: s.nom),
        Colonne("commune", "Commune", lambda s: s.commune.nom if s.commune else ""),
        Colonne("derniere", "Dernière nouvelle", lambda s: s.derniere),
        Colonne("retards", "Actions en retard", lambda s: s.retards),
        Colonne("a_valider", "Diagnostic à valider", lambda s: s.a_valider),
        Colonne("bilan", "Bilan à faire", lambda s: s.bilan),
        Colonne("prochain", "Prochain point", lambda s: s.prochain),
        Colonne("en_cours", "Parcours en cours", lambda s: s.parcours_ouvert is not None),
    ],
)


class FiltresDePortefeuille(FiltresDEquipe):
    """Nom, situation, et dans l'équipe la personne qui suit."""

    field_order = ("q", "situation", "charge")

    situation = forms.ChoiceField(label="Situation", required=False)

    def __init__(self, *args: Any, equipe: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.situations = situations(timezone.localdate())
        champ(self, "situation").choices = [(c, s[0]) for c, s in self.situations.items()]
        if not equipe:
            del self.fields["charge"]

    def appliquer(self, objets: QuerySet[Any]) -> QuerySet[Any]:
        """Sans situation dite, celles que l'on accompagne."""
        poses = self.cleaned_data
        retenues = objets.filter(self.situations[poses.get("situation") or ""][1])
        if mots := poses.get("q"):
            retenues = retenues.filter(contient("nom_normalise", mots))
        if charge := poses.get("charge"):
            retenues = retenues.filter(suivie_par=charge.pk)
        return retenues
