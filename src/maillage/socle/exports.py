"""Exports déclarés : des colonnes nommées, en xlsx ou csv, sans formule qui s'exécute."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Generic, TypeVar

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from maillage.socle.quantites import Quantite

L = TypeVar("L")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Colonne(Generic[L]):
    """Une colonne : son code stable, son intitulé, et comment lire sa valeur sur une ligne."""

    code: str
    intitule: str
    valeur: Callable[[L], Any]


@dataclass(frozen=True, slots=True)
class Export(Generic[L]):
    """Un export : ses colonnes ne changent pas d'ordre ni de code d'une version à l'autre."""

    nom: str
    colonnes: Sequence[Colonne[L]]

    def en_xlsx(self, lignes: Iterable[L]) -> HttpResponse:
        return classeur(self.nom, [(self, lignes)])

    def en_csv(self, lignes: Iterable[L]) -> HttpResponse:
        tampon = StringIO()
        ecrivain = csv.writer(tampon, delimiter=";")
        ecrivain.writerow([c.intitule for c in self.colonnes])
        for ligne in lignes:
            ecrivain.writerow([_en_texte(simplifier(c.valeur(ligne))) for c in self.colonnes])
        return _reponse(
            tampon.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{self.nom}.csv"
        )


def classeur(nom: str, feuilles: Sequence[tuple[Export[Any], Iterable[Any]]]) -> HttpResponse:
    """Un classeur xlsx d'une feuille par export, chacune du nom de son export."""
    tampon = BytesIO()
    livre = xlsxwriter.Workbook(
        tampon,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    jour = livre.add_format({"num_format": "dd/mm/yyyy"})
    for export, lignes in feuilles:
        feuille = livre.add_worksheet(export.nom[:31])
        feuille.write_row(0, 0, [c.intitule for c in export.colonnes])
        for rang, ligne in enumerate(lignes, start=1):
            for place, colonne in enumerate(export.colonnes):
                _ecrire(feuille, rang, place, simplifier(colonne.valeur(ligne)), jour)
    livre.close()
    return _reponse(tampon.getvalue(), XLSX, f"{nom}.xlsx")


def simplifier(valeur: Any) -> Any:
    """Ramène une valeur du domaine à ce qu'un tableur sait tenir ; l'inconnu reste vide."""
    if isinstance(valeur, Quantite):
        return valeur.valeur
    if isinstance(valeur, datetime):
        return timezone.localtime(valeur).date()
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return valeur


def desamorcer(texte: str) -> str:
    """Neutralise une formule : une apostrophe précède un texte qui commence par =, +, - ou @."""
    return f"'{texte}" if texte.startswith(_FORMULE) else texte


def _en_texte(valeur: Any) -> str:
    """Cellule d'un csv français : virgule décimale, jour avant le mois, aucune formule."""
    if valeur is None:
        return ""
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, int | float | Decimal):
        return str(valeur).replace(".", ",")
    return desamorcer(str(valeur))


def _ecrire(feuille: Any, rang: int, place: int, valeur: Any, jour: Any) -> None:
    if valeur is None or valeur == "":
        return
    if isinstance(valeur, date):
        feuille.write_datetime(rang, place, valeur, jour)
    elif isinstance(valeur, int | float | Decimal):
        feuille.write_number(rang, place, valeur)
    else:
        feuille.write_string(rang, place, str(valeur))


def _reponse(contenu: bytes, type_mime: str, nom: str) -> HttpResponse:
    reponse = HttpResponse(contenu, content_type=type_mime)
    reponse["Content-Disposition"] = content_disposition_header(True, nom)
    return reponse
