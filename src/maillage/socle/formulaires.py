"""Formulaires suivis : version cachée, quantités approchées, erreurs qui disent comment réparer."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from maillage.socle.modeles import ModeleSuivi
from maillage.socle.quantites import Precision, Quantite, QuantiteField, ecrire_nombre

if TYPE_CHECKING:
    from maillage.socle.verrou import ConflitDeVersion

_AVANT = {
    "environ": Precision.ENVIRON,
    "env": Precision.ENVIRON,
    "une": Precision.ENVIRON,
    "~": Precision.ENVIRON,
    "au moins": Precision.AU_MOINS,
    "plus de": Precision.AU_MOINS,
    "presque": Precision.PRESQUE,
    "près de": Precision.PRESQUE,
}
_FORME = re.compile(
    r"^(?P<avant>environ|env\.?|~|au moins|plus de|presque|près de)?\s*"
    r"(?P<nombre>-?\d[\d\s\u00a0\u202f.]*(?:,\d+)?)\s*(?P<apres>€|euros?|[a-zéè%]+)?$",
    re.IGNORECASE,
)


def lire_quantite(texte: str, unite: str = "") -> Quantite:
    """Lit ce qu'une personne écrit : « 43 200 », « environ 20 », « près de 18 », vide = inconnu.

    Lève `ValidationError` avec un exemple si la forme n'est pas comprise.
    """
    texte = texte.strip()
    if texte.lower() in ("", "?", "inconnu", "nc"):
        return Quantite.inconnue(unite)
    forme = _FORME.match(texte)
    if not forme:
        raise ValidationError(
            f"« {texte} » n'est pas compris. Écrivez par exemple « 43 200 », "
            "« environ 20 », « au moins 5 », ou laissez vide si vous ne savez pas."
        )
    avant = (forme["avant"] or "").lower().rstrip(".")
    return Quantite(_decimal(forme["nombre"]), _AVANT.get(avant, Precision.EXACT), unite)


def _decimal(texte: str) -> Decimal:
    epure = re.sub(r"[\s\u00a0\u202f]", "", texte)
    if re.fullmatch(r"-?\d+\.\d{1,2}", epure) and "," not in epure:
        nombre = epure
    else:
        nombre = epure.replace(".", "").replace(",", ".")
    try:
        valeur = Decimal(nombre)
    except InvalidOperation as erreur:
        raise ValidationError(
            "Ce nombre n'est pas lisible. Écrivez par exemple « 1 250,50 »."
        ) from erreur
    if abs(valeur) >= Decimal(10) ** 12:
        raise ValidationError("Ce nombre est trop grand : douze chiffres au plus.")
    return valeur


class ChampQuantite(forms.CharField):
    """Saisie d'une quantité avec ses mots ; rend une `Quantite`, inconnue si vide."""

    def __init__(self, *, unite: str = "", minimum: int | None = 0, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", 40)
        options.setdefault(
            "help_text", "Un nombre, « environ 20 », « au moins 5 »… Vide si vous ne savez pas."
        )
        super().__init__(**options)
        self.unite = unite
        self.minimum = minimum
        self.widget.attrs.setdefault("inputmode", "text")

    def to_python(self, value: Any) -> Any:
        return lire_quantite(super().to_python(value) or "", self.unite)

    def validate(self, value: Any) -> None:
        if self.required and not value.connue:
            raise ValidationError(self.error_messages["required"], code="required")
        if value.connue and self.minimum is not None and value.valeur < self.minimum:
            raise ValidationError(
                "Écrivez un nombre positif, ou laissez vide si vous ne savez pas."
            )

    def run_validators(self, value: Any) -> None:
        return None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Quantite):
            return "" if value.valeur is None else _ressaisir(value)
        return value


def _ressaisir(quantite: Quantite) -> str:
    assert quantite.valeur is not None  # noqa: S101 - garanti par l'appelant
    avant = "" if quantite.precision == Precision.EXACT else f"{quantite.precision.label} "
    return f"{avant}{ecrire_nombre(quantite.valeur)}"


class FormulaireSuivi(forms.ModelForm):
    """ModelForm d'un `ModeleSuivi` : porte la version lue et les quantités du modèle.

    Les `QuantiteField` nommées dans `quantites` deviennent chacune un seul champ de saisie.
    """

    quantites: ClassVar[tuple[str, ...]] = ()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance: ModeleSuivi
        self.fields["version"].initial = self.instance.version
        for nom in self.quantites:
            self._ajouter_quantite(nom)
        if self.Meta.fields:  # type: ignore[attr-defined]
            self.order_fields(self.Meta.fields)  # type: ignore[attr-defined]

    def _ajouter_quantite(self, nom: str) -> None:
        descripteur: QuantiteField = getattr(type(self.instance), nom)
        libelle = descripteur.libelle[0].upper() + descripteur.libelle[1:]
        if descripteur.unite:
            libelle = f"{libelle} ({descripteur.unite})"
        self.fields[nom] = ChampQuantite(unite=descripteur.unite, label=libelle)
        self.initial.setdefault(nom, getattr(self.instance, nom))

    def _post_clean(self) -> None:
        for nom in self.quantites:
            if nom in self.cleaned_data:
                setattr(self.instance, nom, self.cleaned_data[nom])
        super()._post_clean()  # type: ignore[misc]

    @property
    def version_lue(self) -> int:
        return self.cleaned_data.get("version") or self.instance.version

    def signaler_conflit(self, conflit: ConflitDeVersion) -> None:
        """Garde la saisie, dit ce que l'autre a changé, et permet d'enregistrer en connaissance."""
        changements = " ; ".join(
            f"{d.champ} : « {d.avant} » est devenu « {d.apres} »" for d in conflit.differences
        )
        self.add_error(
            None,
            "Quelqu'un d'autre a enregistré cette page pendant que vous l'écriviez"
            f"{' (' + changements + ')' if changements else ''}. Votre saisie est gardée "
            "ci-dessous : relisez-la, puis enregistrez de nouveau pour la retenir.",
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(conflit.objet.version)
