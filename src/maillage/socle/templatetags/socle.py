"""Ce que le socle pose dans les pages des autres pièces."""

from __future__ import annotations

from typing import Any

from django import forms, template

from maillage.socle.journal.lecture import actes_de, entrees
from maillage.socle.sujets import sujet_de

register = template.Library()
DERNIERS = 8


@register.inclusion_tag("socle/journal/_derniers.html", takes_context=True)
def journal_de(context: dict[str, Any], objet: Any, titre: str = "Journal") -> dict[str, Any]:
    """Les derniers actes d'un objet (une requête) ; `titre` vide si la page les nomme déjà."""
    sujet = sujet_de(objet, context["request"].user)
    derniers = entrees(sujet, actes_de(sujet)[:DERNIERS])
    return {"sujet": sujet, "entrees": derniers, "titre": titre}


@register.filter
def a_saisir(champ: forms.BoundField) -> forms.BoundField:
    """Le champ, sans l'exemple qu'une bibliothèque y a mis : il redit le libellé et s'efface."""
    champ.field.widget.attrs.pop("placeholder", None)
    return champ


@register.filter
def a_marquer(champ: forms.BoundField) -> bool:
    """Vrai d'un champ obligatoire parmi d'autres qui ne le sont pas : l'étoile les distingue."""
    return _a_dire(champ) and not _tous_obligatoires(champ.form)


@register.filter
def obligatoires(formulaire: forms.BaseForm) -> str:
    """« * Obligatoire : Titre, Année. » en tête du formulaire ; rien si cela va de soi."""
    a_remplir = _a_remplir(formulaire)
    exiges = [str(champ.label) for champ in a_remplir if _a_dire(champ)]
    if len(a_remplir) < 3:
        return ""
    if _tous_obligatoires(formulaire):
        return "Toutes les réponses sont obligatoires."
    return (
        f"* Obligatoire : {', '.join(exiges)}." if exiges else "Aucune réponse n’est obligatoire."
    )


def _a_dire(champ: forms.BoundField) -> bool:
    """Obligatoire, et pas déjà coché : un bouton radio choisi d'avance ne peut rester vide."""
    deja = isinstance(champ.field.widget, forms.RadioSelect) and champ.initial not in (None, "")
    return champ.field.required and not deja


def _tous_obligatoires(formulaire: forms.BaseForm) -> bool:
    return all(champ.field.required for champ in _a_remplir(formulaire))


def _a_remplir(formulaire: forms.BaseForm) -> list[forms.BoundField]:
    """Les champs où l'on écrit ou choisit ; une case à cocher n'est jamais à remplir."""
    return [c for c in formulaire.visible_fields() if not isinstance(c.field, forms.BooleanField)]
