"""Ce que dit une ligne collée : un nom, un numéro, ou les deux ; pur, sans base."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from maillage.annuaire.numeros import epurer, verifier_rna, verifier_siren, verifier_siret

_SEPARATEURS = re.compile(r"[;\t|]")
_EN_FIN = re.compile(r"\s(?P<numero>W[0-9A-Z]{9}|\d(?:[ .\u00a0\u202f]?\d){8,13})$", re.IGNORECASE)
_NUMERO = re.compile(r"W[0-9A-Z]*\d[0-9A-Z]*|\d{8,}")


@dataclass(frozen=True, slots=True)
class Dite:
    """`nom`, `numero` sans espaces, et sa nature (« rna », « siren », « siret ») s'il est juste.

    `probleme` : pourquoi le numéro n'a pas été lu, avec de quoi le réparer.
    """

    nom: str = ""
    numero: str = ""
    champ: str = ""
    probleme: str = ""


_VERIFIER = {"rna": verifier_rna, "siren": verifier_siren, "siret": verifier_siret}


def lire(ligne: str) -> Dite:
    """« Atelier du Lac ; 832 145 678 00012 » : le nom, et le SIRET sans ses espaces."""
    nom, numero, probleme = "", "", ""
    for morceau in _morceaux(ligne):
        try:
            epure = epurer(morceau)
        except ValidationError as erreur:
            probleme = probleme or " ".join(erreur.messages)
            continue
        if _NUMERO.fullmatch(epure):
            numero = numero or epure
        else:
            nom = nom or morceau
    if not numero:
        return Dite(nom, probleme=probleme)
    for champ, verifier in _VERIFIER.items():
        with suppress(ValidationError):
            verifier(numero)
            return Dite(nom, numero, champ)
    return Dite(nom, numero, probleme=_pourquoi(numero))


def _morceaux(ligne: str) -> list[str]:
    """Coupée par un tableur ou un point-virgule ; à défaut, un numéro en fin de ligne."""
    morceaux = [propre for brut in _SEPARATEURS.split(ligne) if (propre := brut.strip())]
    fin = _EN_FIN.search(ligne)
    if len(morceaux) == 1 and fin and any(c.isalpha() for c in ligne[: fin.start()]):
        return [ligne[: fin.start()].strip(" ,:-–—"), fin["numero"]]
    return morceaux


def _pourquoi(numero: str) -> str:
    """Ce qui cloche dans le numéro, d'après celui auquel il ressemble le plus."""
    champ = "rna" if numero.startswith("W") else "siren" if len(numero) < 12 else "siret"
    try:
        _VERIFIER[champ](numero)
    except ValidationError as erreur:
        return " ".join(erreur.messages)
    return ""
