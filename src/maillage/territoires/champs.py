"""Champs de formulaire où l'on écrit un nom : propositions à la frappe, résolution au serveur.

Sans JavaScript, on tape le nom ou le code ; le serveur comprend ou propose de choisir.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.http import urlencode

from maillage.territoires.models import Niveau, Territoire

SEPARATEUR = ";"
PROPOSITIONS_AU_PLUS = 12


class Saisie(forms.TextInput):
    """Champ de texte dont la liste de propositions (`datalist`) vient d'une adresse."""

    template_name = "territoires/saisie.html"

    def __init__(self, adresse: Any, parametres: dict[str, str], attrs: Any = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.adresse = adresse
        self.parametres = parametres

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        contexte = super().get_context(name, value, attrs)
        identifiant = contexte["widget"]["attrs"].get("id", f"id_{name}")
        contexte["widget"]["liste"] = f"{identifiant}_propositions"
        parametres = {"champ": name, **self.parametres}
        contexte["widget"]["adresse"] = f"{self.adresse}?{urlencode(parametres)}"
        return contexte


class ChampEcrit(forms.Field):
    """Un objet que l'on écrit, et que `resoudre` reconnaît ; rend None si rien n'est écrit.

    `propositions` : adresse de la liste qui s'ouvre à la frappe, et ce qu'elle doit savoir.
    """

    plusieurs = False
    aide = ""

    def __init__(self, propositions: Any, parametres: dict[str, str], **options: Any) -> None:
        if self.plusieurs:
            parametres = {**parametres, "plusieurs": "1"}
        saisie = Saisie(propositions, parametres)
        super().__init__(**{"widget": saisie, "help_text": self.aide, **options})

    def resoudre(self, texte: str) -> Any:
        """L'objet que dit ce texte. Lève `ValidationError` s'il n'y en a pas un seul."""
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        return self.resoudre(value.strip()) if value and value.strip() else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()


class Plusieurs(ChampEcrit):
    """Posé devant un champ d'un seul choix, le rend multiple : un point-virgule entre deux textes.

    Rend la liste de ce qu'ils disent, sans double, vide si rien n'est écrit.
    """

    plusieurs = True

    def to_python(self, value: Any) -> Any:
        textes = [t.strip() for t in (value or "").split(SEPARATEUR)]
        return list(dict.fromkeys(super(Plusieurs, self).to_python(t) for t in textes if t))

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return f" {SEPARATEUR} ".join(super(Plusieurs, self).prepare_value(un) for un in value)


class ChampTerritoire(ChampEcrit):
    """Un territoire écrit par son nom ou son code ; rend le `Territoire`, ou None si vide.

    Un nom ou un code que partagent plusieurs niveaux (« Doubs », « 27 ») désigne d'abord le
    département ; entre territoires de même niveau, le champ demande de choisir.
    """

    aide = "Écrivez le nom ou le code, puis choisissez."

    def __init__(self, *, niveaux: Sequence[Niveau] = tuple(Niveau), **options: Any) -> None:
        self.niveaux = [n.value for n in niveaux]
        adresse = reverse_lazy("territoires:propositions")
        super().__init__(adresse, {"niveaux": ",".join(self.niveaux)}, **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Territoire.objects.filter(pk=value).first()
        return value.nom_complet if isinstance(value, Territoire) else value

    def resoudre(self, texte: str) -> Territoire:
        """Le territoire que dit ce texte. Lève `ValidationError` s'il n'y en a pas un seul."""
        trouves = list(
            Territoire.objects.cherche(_sans_precision(texte)).filter(niveau__in=self.niveaux)[:50]
        )
        for territoire in trouves:
            if territoire.nom_complet == texte:
                return territoire
        restants = [t for t in trouves if _poids(t) == _poids(trouves[0])]
        if len(restants) == 1:
            return restants[0]
        if restants:
            raise ValidationError(
                f"« {texte} » peut désigner plusieurs lieux : "
                f"{', '.join(t.nom_complet for t in restants[:6])}. Choisissez dans la liste, "
                "ou écrivez le code."
            )
        raise ValidationError(
            f"« {texte} » n’est pas un lieu connu. Vérifiez l’orthographe, ou écrivez le code "
            "officiel (par exemple 25056)."
        )


class ChampCommune(ChampTerritoire):
    """Une commune, écrite par son nom (présent ou ancien) ou son code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(niveaux=[Niveau.COMMUNE], **options)


class ChampTerritoires(Plusieurs, ChampTerritoire):
    """Un périmètre : plusieurs territoires de tout niveau."""

    aide = "Noms ou codes séparés par des points-virgules : « Doubs ; Jura »."


def _poids(territoire: Any) -> tuple[int, int]:
    return territoire.justesse, territoire.rang


def _sans_precision(texte: str) -> str:
    """« Doubs (département 25) » → « 25 », « Besançon (25056) » → « 25056 »."""
    precision = texte[:-1].rpartition("(")[2].split() if texte.endswith(")") else []
    return precision[-1] if precision and "(" in texte else texte


def saisie_en_cours(parametres: QueryDict) -> str:
    """Ce que `Saisie` envoie à l'adresse de ses propositions : la valeur du champ, bornée."""
    return parametres.get(parametres.get("champ", ""), "")[:200]


def deja_ecrit(saisie: str) -> tuple[str, str]:
    """« Doubs ; Ju » → (« Doubs ; », « Ju ») : ce qui est choisi, et ce qui s'écrit."""
    avant, separateur, dernier = saisie.rpartition(SEPARATEUR)
    return (f"{avant.strip()} {separateur} " if separateur else ""), dernier


def proposer(saisie: str, niveaux: Sequence[str], *, plusieurs: bool) -> list[str]:
    """Les textes à proposer pour ce qui est en train d'être écrit (au plus douze)."""
    debut, dernier = deja_ecrit(saisie) if plusieurs else ("", saisie)
    trouves = Territoire.objects.cherche(dernier).filter(niveau__in=niveaux)
    return [f"{debut}{t.nom_complet}" for t in trouves[:PROPOSITIONS_AU_PLUS]]
