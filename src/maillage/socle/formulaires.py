"""Formulaires suivis : version cachée, quantités approchées, erreurs qui disent comment réparer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelFormMetaclass

from maillage.socle.modeles import ModeleSuivi
from maillage.socle.quantites import Precision, Quantite, QuantiteField, accorder, ecrire_nombre
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.verrou import ConflitDeVersion

_AVANT = {
    "environ": Precision.ENVIRON,
    "env": Precision.ENVIRON,
    "~": Precision.ENVIRON,
    "au moins": Precision.AU_MOINS,
    "plus de": Precision.AU_MOINS,
    "presque": Precision.PRESQUE,
    "près de": Precision.PRESQUE,
}
_ENVIRON = {
    "une dizaine": 10,
    "une douzaine": 12,
    "une quinzaine": 15,
    "une vingtaine": 20,
    "une trentaine": 30,
    "une quarantaine": 40,
    "une cinquantaine": 50,
    "une soixantaine": 60,
    "une centaine": 100,
    "un millier": 1000,
}
CHIFFRES = 12
SANS_VERSION = "Cette page est arrivée incomplète : rouvrez-la, puis recommencez."
_INCONNU = ("", "?", "inconnu", "inconnue", "nc")
_EUROS = ("€", "euro", "euros")
_FORME = re.compile(
    r"^(?P<avant>environ|env\.?|~|au moins|plus de|presque|près de)? ?"
    r"(?P<entier>-?(?:\d{1,3}(?:[ .]\d{3})+|\d+))(?:[.,](?P<decimales>\d+))? ?(?P<unite>\D*)$"
)


def lire_quantite(texte: str, unite: str = "") -> Quantite:
    """Lit ce qu'une personne écrit : « 43 200 », « près de 18 », « une vingtaine », vide = inconnu.

    L'unité peut suivre le nombre ; une autre (« k€ », « millions ») n'est pas devinée.
    Lève `ValidationError` avec un exemple si la forme n'est pas comprise.
    """
    dit = " ".join(texte.lower().split())
    if dit in _INCONNU:
        return Quantite.inconnue(unite)
    if dit in _ENVIRON:
        return Quantite(Decimal(_ENVIRON[dit]), Precision.ENVIRON, unite)
    forme = _FORME.match(dit)
    if not forme or forme["unite"] not in _unites(unite):
        raise ValidationError(
            f"« {texte.strip()} » n’est pas compris. Écrivez par exemple « 43 200 », "
            "« environ 20 », « au moins 5 », ou laissez vide si vous ne savez pas."
        )
    avant = (forme["avant"] or "").rstrip(".")
    return Quantite(_decimal(forme), _AVANT.get(avant, Precision.EXACT), unite)


def _unites(unite: str) -> tuple[str, ...]:
    """Ce qui peut suivre le nombre sans en changer le sens."""
    return ("", *_EUROS) if unite == "€" else ("", unite.lower(), f"{unite.lower()}s")


def _decimal(forme: re.Match[str]) -> Decimal:
    entier = re.sub(r"[ .]", "", forme["entier"])
    if len(entier) > CHIFFRES:
        raise ValidationError("Ce nombre est trop grand : douze chiffres au plus.")
    decimales = forme["decimales"]
    return Decimal(f"{entier}.{decimales}" if decimales else entier)


class ChampQuantite(forms.CharField):
    """Saisie d'une quantité avec ses mots ; rend une `Quantite`, inconnue si vide."""

    def __init__(
        self, *, unite: str = "", decimales: int = 2, minimum: int | None = 0, **options: Any
    ) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", 40)
        options.setdefault(
            "help_text", "Un nombre, « environ 20 », « au moins 5 »… Vide si vous ne savez pas."
        )
        super().__init__(**options)
        self.unite = unite
        self.decimales = decimales
        self.minimum = minimum
        self.widget.attrs.setdefault("inputmode", "text")

    def to_python(self, value: Any) -> Any:
        return lire_quantite(super().to_python(value) or "", self.unite)

    def validate(self, value: Any) -> None:
        if self.required and not value.connue:
            raise ValidationError(self.error_messages["required"], code="required")
        if not value.connue:
            return
        if self.minimum is not None and value.valeur < self.minimum:
            raise ValidationError(
                "Écrivez un nombre positif, ou laissez vide si vous ne savez pas."
            )
        if value.valeur != round(value.valeur, self.decimales):
            raise ValidationError(_trop_fin(self.decimales))

    def run_validators(self, value: Any) -> None:
        return None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Quantite):
            return "" if value.valeur is None else _ressaisir(value)
        return value


def _trop_fin(decimales: int) -> str:
    if not decimales:
        return "Écrivez un nombre entier."
    return f"Arrondissez à {decimales} {accorder(decimales, 'chiffre')} après la virgule."


def _ressaisir(quantite: Quantite) -> str:
    assert quantite.valeur is not None  # noqa: S101 - garanti par l'appelant
    avant = "" if quantite.precision == Precision.EXACT else f"{quantite.precision.label} "
    return f"{avant}{ecrire_nombre(quantite.valeur)}"


def _champ_de(descripteur: QuantiteField) -> ChampQuantite:
    libelle = descripteur.libelle[0].upper() + descripteur.libelle[1:]
    if descripteur.unite and descripteur.unite not in libelle.lower():
        libelle = f"{libelle} ({accorder(2, descripteur.unite)})"
    return ChampQuantite(unite=descripteur.unite, decimales=descripteur.decimales, label=libelle)


class _AvecQuantites(ModelFormMetaclass):
    """Déclare un champ par quantité, que `Meta.fields` peut alors ranger parmi les autres."""

    def __new__(
        mcs, nom: str, bases: tuple[type, ...], attributs: dict[str, Any]
    ) -> _AvecQuantites:
        modele = getattr(attributs.get("Meta"), "model", None)
        for quantite in attributs.get("quantites", ()):
            attributs.setdefault(quantite, _champ_de(getattr(modele, quantite)))
        return super().__new__(mcs, nom, bases, attributs)


@dataclass(frozen=True, slots=True)
class Section:
    """Des champs que l'on ouvre sur demande, sous l'essentiel : leur titre et leurs noms."""

    titre: str
    champs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionLue:
    """Une section prête à montrer : ce qu'elle a déjà reçu, et s'il faut la montrer ouverte."""

    titre: str
    champs: list[forms.BoundField]
    ouverte: bool


TIRETS = ("", "---------")


class FormulaireSuivi(forms.ModelForm, metaclass=_AvecQuantites):
    """ModelForm d'un `ModeleSuivi` : porte la version lue et les quantités du modèle.

    Sans la version, un objet existant n'est pas enregistré : le verrou n'aurait pas de prise.
    Les `QuantiteField` nommées dans `quantites` deviennent chacune un seul champ de saisie, que
    `Meta.fields` peut nommer pour en fixer l'ordre. `sections` range ce qui peut attendre : la
    forme courte montre l'essentiel, les mêmes champs s'ouvrent dessous.
    """

    quantites: ClassVar[tuple[str, ...]] = ()
    sections: tuple[Section, ...] = ()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance: ModeleSuivi
        self.fields["version"].initial = self.instance.version
        for nom in self.quantites:
            self.initial.setdefault(nom, getattr(self.instance, nom))
        for champ in self.fields.values():
            _nommer_le_vide(champ)
            if isinstance(champ, forms.DateField | forms.DateTimeField):
                champ.validators.append(verifier_annee)

    def essentiel(self) -> list[forms.BoundField]:
        """Les champs montrés d'emblée."""
        plus_tard = {nom for section in self.sections for nom in section.champs}
        return [champ for champ in self.visible_fields() if champ.name not in plus_tard]

    def sections_lues(self) -> Iterator[SectionLue]:
        """Les sections, ouvertes si une réponse y est à reprendre."""
        for section in self.sections:
            champs = [self[nom] for nom in section.champs if nom in self.fields]
            remplis = sum(bool(champ.value()) for champ in champs)
            compte = f" ({remplis} sur {len(champs)})" if remplis else ""
            if champs:
                yield SectionLue(
                    f"{section.titre}{compte}", champs, any(champ.errors for champ in champs)
                )

    def _post_clean(self) -> None:
        for nom in self.quantites:
            if nom in self.cleaned_data:
                setattr(self.instance, nom, self.cleaned_data[nom])
        super()._post_clean()  # type: ignore[misc]
        if not self.instance._state.adding and not self.cleaned_data.get("version"):
            self.add_error(None, SANS_VERSION)

    def _get_validation_exclusions(self) -> set[str]:
        """Les règles qui portent sur une quantité saisie se vérifient aussi au formulaire."""
        lues = self._colonnes(self.cleaned_data)
        return super()._get_validation_exclusions() - lues  # type: ignore[misc]

    def _colonnes(self, champs: Iterable[str]) -> set[str]:
        """Les deux colonnes de chaque quantité parmi ces champs."""
        saisies = set(champs).intersection(self.quantites)
        return {f"{nom}_{colonne}" for nom in saisies for colonne in ("valeur", "precision")}

    @property
    def version_lue(self) -> int:
        return self.cleaned_data.get("version") or self.instance.version

    def enregistrer(self, operation: Callable[..., object], *sujets: Any, **options: Any) -> bool:
        """Envoyé et valide, joue `operation(*sujets, version=…, **options)` ; vrai si fait."""
        if not self.is_valid():
            return False
        try:
            operation(*sujets, version=self.version_lue, **options)
        except ConflitDeVersion as conflit:
            self.signaler_conflit(conflit)
        except TransitionRefusee as refus:
            self.add_error(None, str(refus))
        return not self.errors

    def signaler_conflit(self, conflit: ConflitDeVersion) -> None:
        """Garde la saisie, dit ce que l'autre a changé, et permet d'enregistrer en connaissance.

        Seuls se disent les champs de ce formulaire : ce qu'il ne montre pas peut être scellé.
        """
        montres = self._colonnes(self.fields).union(self.fields)
        changements = " ; ".join(
            f"{d.champ} : « {d.avant} » est devenu « {d.apres} »"
            for d in conflit.differences
            if d.nom in montres
        )
        self.add_error(
            None,
            "Quelqu’un d’autre a enregistré cette page pendant que vous l’écriviez"
            f"{' (' + changements + ')' if changements else ''}. Votre saisie est gardée "
            "ci-dessous : relisez-la, puis enregistrez de nouveau pour la retenir.",
        )
        donnees: Any = self.data
        self.data = donnees.copy()
        self.data[self.add_prefix("version")] = str(conflit.objet.version)  # type: ignore[index]


def verifier_annee(jour: date) -> None:
    """Refuse une faute de frappe : un moment de l'an 1 s'écrit en base et ne s'y relit plus."""
    if not 1900 <= jour.year <= 2100:
        raise ValidationError("Vérifiez l’année : quatre chiffres, entre 1900 et 2100.")


def _nommer_le_vide(champ: Any) -> None:
    """Une liste dont on n'a rien choisi le dit en mots, pas en tirets."""
    vide = "À choisir" if champ.required else "Non précisé"
    if isinstance(champ, forms.ModelChoiceField):
        champ.empty_label = vide if champ.empty_label else None
    elif isinstance(champ, forms.ChoiceField):
        choix: Any = champ.choices
        champ.choices = [("", vide) if c == TIRETS else c for c in choix]


class FormulaireDeVerbe(forms.Form):
    """La version lue, sans laquelle un changement d'état ne se joue pas."""

    version = forms.IntegerField(error_messages={"required": SANS_VERSION, "invalid": SANS_VERSION})


class FormulaireDeVerbeMotive(FormulaireDeVerbe):
    """La version lue et, au besoin, la raison du changement."""

    motif = forms.CharField(label="Raison", max_length=2000, required=False)
