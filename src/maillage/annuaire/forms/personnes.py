"""Les personnes d'une organisation : les corriger, les inviter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from maillage.annuaire import nomenclatures
from maillage.annuaire.droits import roles_attribuables
from maillage.annuaire.models import Organisation, Personne, Role
from maillage.socle.formulaires import FormulaireSuivi
from maillage.socle.saisies import JOUR, cases, champ
from maillage.territoires.champs import ChampTerritoires

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class FormulaireDePersonne(FormulaireSuivi):
    """Ce que l'on sait d'une personne. L'adresse d'un compte ne se change que par qui s'en sert."""

    instance: Personne

    class Meta:
        model = Personne
        fields = ["prenom", "nom", "fonction", "courriel", "telephone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.compte_id:
            del self.fields["courriel"]


class FormulaireDInvitation(forms.ModelForm):
    """Une personne et le rôle qu'on lui donne dans l'organisation."""

    role = forms.ChoiceField(label="Rôle")
    territoires = ChampTerritoires(
        required=False,
        label="Territoires",
        help_text="Vide : tout le territoire de l’organisation. Sinon « Doubs ; Jura ».",
    )
    secteurs = cases(
        "Secteurs", nomenclatures.choix_secteurs, help_text="Vide : le secteur de l’organisation."
    )
    jusqua = forms.DateField(required=False, label="Jusqu’au", widget=JOUR)

    class Meta:
        model = Personne
        fields = ["prenom", "nom", "courriel", "telephone", "fonction"]
        help_texts = {
            "courriel": "Avec une adresse, la personne reçoit de quoi se connecter ; "
            "sans adresse, elle est seulement connue.",
            "fonction": "Comme elle se dit : « chargée d’accompagnement ».",
        }

    def __init__(
        self, *args: Any, organisation: Organisation, utilisateur: Utilisateur, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_attribuables(utilisateur, organisation)
        champ(self, "role").choices = [(r.value, r.label) for r in roles]
        if Role.CENTRE_RESSOURCES not in roles:
            del self.fields["secteurs"]
        if not Role.d_agent().intersection(roles):
            del self.fields["territoires"]

    def _get_validation_exclusions(self) -> set[str]:
        """Une adresse déjà connue n'est pas une faute : c'est la même personne."""
        return super()._get_validation_exclusions() | {"courriel"}  # type: ignore[misc]

    def rattachement(self) -> dict[str, Any]:
        """Ce que l'opération « rattacher » attend, hors de la personne et de l'organisation."""
        donnees = self.cleaned_data
        return {
            "role": Role(donnees["role"]),
            "territoires": donnees.get("territoires", ()),
            "secteurs": donnees.get("secteurs", ()),
            "jusqua": donnees["jusqua"],
        }
