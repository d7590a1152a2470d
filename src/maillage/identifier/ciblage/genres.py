"""Les genres de critères : comment chacun se saisit, se garde en JSON, et se dit en mots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError

from maillage.socle.mots import citer, enumerer
from maillage.socle.quantites import accorder, ecrire_nombre
from maillage.socle.saisies import cases
from maillage.territoires.champs import ChampCommune, ChampTerritoires

SEPARATEUR = ";"
OUI, NON = "oui", "non"
Choix = Callable[[], list[Any]]


class Genre(Protocol):
    """Un genre tient en quatre gestes ; une valeur vide se lit None."""

    def champs(self, libelle: str, aide: str) -> dict[str, forms.Field]:
        """Les champs de saisie, par suffixe de leur nom."""

    def lire(self, dits: Mapping[str, Any]) -> Any:
        """La valeur à garder, en JSON. Lève `ValidationError`."""

    def initiales(self, valeur: Any) -> dict[str, Any]:
        """La valeur gardée, telle qu'elle se ressaisit."""

    def dire(self, valeur: Any) -> str:
        """La valeur en mots."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Des codes d'une nomenclature, dont un suffit."""

    choix: Choix

    def champs(self, libelle: str, aide: str) -> dict[str, forms.Field]:
        return {"": cases(libelle, self.choix, help_text=aide)}

    def lire(self, dits: Mapping[str, Any]) -> Any:
        return dits[""] or None

    def initiales(self, valeur: Any) -> dict[str, Any]:
        return {"": valeur}

    def dire(self, valeur: Any) -> str:
        libelles = dict(_a_plat(self.choix()))
        return enumerer([libelles.get(code, code) for code in valeur], "ou")


@dataclass(frozen=True, slots=True)
class Mots:
    """Des mots ou des débuts de code, séparés par des points-virgules, dont un suffit."""

    def champs(self, libelle: str, aide: str) -> dict[str, forms.Field]:
        return {"": forms.CharField(label=libelle, help_text=aide, required=False, max_length=300)}

    def lire(self, dits: Mapping[str, Any]) -> Any:
        return [mot for brut in dits[""].split(SEPARATEUR) if (mot := brut.strip())] or None

    def initiales(self, valeur: Any) -> dict[str, Any]:
        return {"": f" {SEPARATEUR} ".join(valeur)}

    def dire(self, valeur: Any) -> str:
        return enumerer([citer(mot) for mot in valeur], "ou")


@dataclass(frozen=True, slots=True)
class Intervalle:
    """Un nombre entre deux bornes comprises, dont une suffit."""

    unite: str = ""
    annees: bool = False

    def champs(self, libelle: str, aide: str) -> dict[str, forms.Field]:
        de, a = (" depuis", " jusqu’en") if self.annees else (", au moins", ", au plus")
        return {"de": self._champ(f"{libelle}{de}"), "a": self._champ(f"{libelle}{a}", aide)}

    def _champ(self, libelle: str, aide: str = "") -> forms.Field:
        return forms.IntegerField(
            label=libelle,
            help_text=aide,
            required=False,
            min_value=1800 if self.annees else 0,
            max_value=2100 if self.annees else 999_999_999,
        )

    def lire(self, dits: Mapping[str, Any]) -> Any:
        de, a = dits["de"], dits["a"]
        if de is not None and a is not None and de > a:
            raise ValidationError("La première borne dépasse la seconde : échangez-les.")
        return None if de is None and a is None else {"de": de, "a": a}

    def initiales(self, valeur: Any) -> dict[str, Any]:
        return dict(valeur)

    def dire(self, valeur: Any) -> str:
        de, a = (None if v is None else self._ecrire(v) for v in (valeur["de"], valeur["a"]))
        if de and a:
            return f"de {de} à {a}"
        if self.annees:
            return f"depuis {de}" if de else f"jusqu’en {a}"
        return f"au moins {de}" if de else f"au plus {a}"

    def _ecrire(self, valeur: int) -> str:
        if self.annees:
            return str(valeur)
        unite = accorder(valeur, self.unite) if self.unite else ""
        return f"{ecrire_nombre(valeur)} {unite}".strip()


@dataclass(frozen=True, slots=True)
class Lieux:
    """Des territoires de tout niveau, dont un suffit : gardés (identifiant, nom)."""

    def champs(self, libelle: str, aide: str) -> dict[str, forms.Field]:
        return {"": ChampTerritoires(label=libelle, required=False)}

    def lire(self, dits: Mapping[str, Any]) -> Any:
        return [[t.pk, t.nom_complet] for t in dits[""] or ()] or None

    def initiales(self, valeur: Any) -> dict[str, Any]:
        return {"": f" {SEPARATEUR} ".join(nom for _, nom in valeur)}

    def dire(self, valeur: Any) -> str:
        return enumerer([nom for _, nom in valeur], "ou")


@dataclass(frozen=True, slots=True)
class Autour:
    """À tant de kilomètres à vol d'oiseau du centre d'une commune."""

    def champs(self, libelle: str, aide: str) -> dict[str, forms.Field]:
        return {
            "centre": ChampCommune(label=f"{libelle} : commune", required=False),
            "km": forms.IntegerField(
                label="À combien de kilomètres au plus",
                help_text=aide,
                required=False,
                min_value=1,
                max_value=500,
            ),
        }

    def lire(self, dits: Mapping[str, Any]) -> Any:
        centre, km = dits["centre"], dits["km"]
        if centre is None and km is None:
            return None
        if centre is None or km is None:
            raise ValidationError("Dites la commune et la distance, ou aucune des deux.")
        if centre.longitude is None:
            raise ValidationError(f"On ne sait pas où est {centre.nom} : choisissez une voisine.")
        lieu = [centre.pk, centre.nom_complet, centre.longitude, centre.latitude]
        return {"centre": lieu, "km": km}

    def initiales(self, valeur: Any) -> dict[str, Any]:
        return {"centre": valeur["centre"][1], "km": valeur["km"]}

    def dire(self, valeur: Any) -> str:
        return f"à {valeur['km']} km au plus de {valeur['centre'][1]}"


@dataclass(frozen=True, slots=True)
class OuiNon:
    """Oui, non, ou peu importe."""

    def champs(self, libelle: str, aide: str) -> dict[str, forms.Field]:
        choix = [("", "Peu importe"), (OUI, "Oui"), (NON, "Non")]
        return {"": forms.ChoiceField(label=libelle, help_text=aide, required=False, choices=choix)}

    def lire(self, dits: Mapping[str, Any]) -> Any:
        return dits[""] or None

    def initiales(self, valeur: Any) -> dict[str, Any]:
        return {"": valeur}

    def dire(self, valeur: Any) -> str:
        return str(valeur)


def _a_plat(choix: list[Any]) -> list[tuple[str, str]]:
    """Les choix, sans leurs groupes."""
    return [
        paire
        for code, suite in choix
        for paire in (suite if isinstance(suite, list) else [(code, suite)])
    ]
