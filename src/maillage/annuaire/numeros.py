"""Numéros officiels : RNA, SIREN, SIRET. Toujours facultatifs, vérifiés quand ils sont donnés."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

_RNA = re.compile(r"W[0-9A-Z]{9}")
_FLOTTANT = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+|\d+[.,]0+")
_LA_POSTE = "356000000"


def epurer(texte: str) -> str:
    """Sans espaces (insécables comprises) ni points ni tirets, en majuscules.

    Lève `ValidationError` pour un nombre qu'un tableur a transformé (« 1,23457E+13 »,
    « 12345678900011.0 ») : ses chiffres peuvent être perdus, il faut le reprendre à la source.
    """
    sans_espaces = "".join(texte.split())
    if _FLOTTANT.fullmatch(sans_espaces):
        raise ValidationError(
            f"« {sans_espaces} » a été transformé par un tableur, qui a pu perdre des chiffres. "
            "Reprenez le numéro sur un document officiel et collez-le comme du texte."
        )
    return re.sub(r"[.\-]", "", sans_espaces).upper()


def luhn(chiffres: str) -> bool:
    """Clef de Luhn : la somme pondérée des chiffres est un multiple de dix."""
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (1 + rang % 2)
        somme += valeur - 9 if valeur > 9 else valeur
    return somme % 10 == 0


def verifier_rna(numero: str) -> None:
    """W suivi de neuf caractères : des chiffres, parfois une lettre (Mayotte : W9T1002867)."""
    if not _RNA.fullmatch(numero):
        raise ValidationError(
            f"« {numero} » n’est pas un numéro RNA : la lettre W puis neuf caractères, "
            "par exemple W251000123. Il figure sur le récépissé de déclaration."
        )


def verifier_siren(numero: str) -> None:
    """Neuf chiffres dont la clef de Luhn est juste."""
    _exiger_des_chiffres(numero, "SIREN", 9)
    if not luhn(numero):
        raise _clef_fausse(numero, "SIREN")


def verifier_siret(numero: str) -> None:
    """Quatorze chiffres, clef de Luhn juste (La Poste : somme simple multiple de cinq)."""
    _exiger_des_chiffres(numero, "SIRET", 14)
    poste = numero.startswith(_LA_POSTE) and sum(map(int, numero)) % 5 == 0
    if not (luhn(numero) or poste):
        raise _clef_fausse(numero, "SIRET")


def _exiger_des_chiffres(numero: str, nom: str, longueur: int) -> None:
    if not re.fullmatch(rf"[0-9]{{{longueur}}}", numero):
        conseil = (
            " Un zéro a peut-être disparu au début."
            if numero.isdigit() and len(numero) == longueur - 1
            else ""
        )
        raise ValidationError(
            f"« {numero} » n’est pas un {nom} : il a {longueur} chiffres.{conseil}"
        )


def _clef_fausse(numero: str, nom: str) -> ValidationError:
    return ValidationError(
        f"Le {nom} « {numero} » a un chiffre faux (sa clef de contrôle ne correspond pas). "
        "Vérifiez-le, ou laissez vide."
    )
