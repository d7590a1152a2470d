"""Les formulaires d'exemple de la page /composants/."""

from django import forms


class FormulaireExemple(forms.Form):
    """Un champ de chaque sorte."""

    intitule = forms.CharField(
        label="Intitulé de la mission", help_text="Le besoin partagé, en quelques mots."
    )
    structures = forms.IntegerField(label="Structures attendues", min_value=2)
    forme = forms.ChoiceField(
        label="Forme de l’ingénierie",
        choices=[("thematique", "Thématique"), ("constitue", "Collectif déjà constitué")],
        widget=forms.RadioSelect,
    )
    temps = forms.MultipleChoiceField(
        label="Temps prévus",
        required=False,
        choices=[("collectif", "Temps collectifs"), ("individuel", "Temps individuels")],
        widget=forms.CheckboxSelectMultiple,
    )
    constats = forms.CharField(
        label="Ce que disent les structures",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Leurs mots, avec la source et la date.",
    )
    accord = forms.BooleanField(label="Les structures ont accepté d’être nommées")


# Une saisie où trois réponses sont à reprendre.
SAISIE = {
    "intitule": "Trouver des financements privés",
    "structures": "1",
    "forme": "autre",
}


class FiltresExemple(forms.Form):
    """Trois filtres au plus, et « seulement les miens »."""

    statut = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Tous"), ("ouverte", "Ouverte"), ("close", "Close")],
    )
    theme = forms.CharField(label="Thème", required=False)
    miens = forms.BooleanField(label="Seulement les miens", required=False)
