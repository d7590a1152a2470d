"""Ce que filtrent toutes les listes d'une équipe qui accueille."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from maillage.accueillir.equipe import equipe_de
from maillage.annuaire.models import Personne
from maillage.socle.listes import Filtres
from maillage.socle.saisies import champ

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class FiltresDEquipe(Filtres):
    """Le nom de la structure, et dans l'équipe qui la suit ; une liste y ajoute les siens."""

    egaux = ("etat", "charge")

    q = forms.CharField(label="Nom de la structure", required=False, max_length=100)
    charge = forms.ModelChoiceField(
        Personne.objects.none(), label="Suivie par", required=False, empty_label="Toute l’équipe"
    )

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ(self, "charge").queryset = equipe_de(utilisateur)
