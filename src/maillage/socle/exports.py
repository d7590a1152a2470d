"""Exports déclarés : des colonnes nommées, en xlsx ou csv, sans formule qui s'exécute.

Les lignes sont lues et écrites au fil de l'eau : cent mille ne tiennent pas plus de place en
mémoire que mille. Un csv part à mesure qu'il s'écrit ; un classeur, une fois clos, depuis un
fichier de passage que l'envoi efface.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from tempfile import TemporaryFile
from typing import Any, Generic, TypeVar

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from maillage.socle.quantites import Quantite

L = TypeVar("L")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLEINE = 1_000_000
"""Lignes d'une feuille ; au-delà de 1 048 576, un tableur les perdrait sans le dire."""
MORCEAU = 64_000
"""Caractères d'un csv envoyés d'un coup."""
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

    def en_xlsx(self, lignes: Iterable[L]) -> FileResponse:
        return classeur(self.nom, [(self, lignes)])

    def en_csv(self, lignes: Iterable[L]) -> StreamingHttpResponse:
        morceaux = (m.encode() for m in self._morceaux(lignes))
        reponse = StreamingHttpResponse(morceaux, content_type="text/csv; charset=utf-8")
        reponse["Content-Disposition"] = content_disposition_header(True, f"{self.nom}.csv")
        return reponse

    def _morceaux(self, lignes: Iterable[L]) -> Iterator[str]:
        """Le csv, marque d'ordre des octets en tête pour qu'Excel y lise les accents."""
        tampon = StringIO()
        tampon.write("\ufeff")
        ecrivain = csv.writer(tampon, delimiter=";")
        ecrivain.writerow([c.intitule for c in self.colonnes])
        for ligne in lignes:
            ecrivain.writerow([_en_texte(simplifier(c.valeur(ligne))) for c in self.colonnes])
            if tampon.tell() >= MORCEAU:
                yield tampon.getvalue()
                tampon.seek(0)
                tampon.truncate()
        yield tampon.getvalue()


def classeur(nom: str, feuilles: Sequence[tuple[Export[Any], Iterable[Any]]]) -> FileResponse:
    """Un classeur xlsx d'une feuille par export, chacune du nom de son export."""
    fichier = TemporaryFile()  # noqa: SIM115 - la réponse le ferme, et il s'efface
    livre = xlsxwriter.Workbook(
        fichier,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    jour = livre.add_format({"num_format": "dd/mm/yyyy"})
    for export, lignes in feuilles:
        _remplir(livre, export, lignes, jour)
    livre.close()
    fichier.seek(0)
    return FileResponse(fichier, as_attachment=True, filename=f"{nom}.xlsx", content_type=XLSX)


def _remplir(livre: Any, export: Export[Any], lignes: Iterable[Any], jour: Any) -> None:
    """Les lignes d'un export ; une feuille pleine se continue sur la suivante."""
    feuille = _feuille(livre, export, 1)
    for rang, ligne in enumerate(lignes):
        page, place = divmod(rang, PLEINE)
        if page and not place:
            feuille = _feuille(livre, export, page + 1)
        for rangee, colonne in enumerate(export.colonnes):
            _ecrire(feuille, place + 1, rangee, simplifier(colonne.valeur(ligne)), jour)


def _feuille(livre: Any, export: Export[Any], page: int) -> Any:
    suite = f" {page}" if page > 1 else ""
    feuille = livre.add_worksheet(f"{export.nom[: 31 - len(suite)]}{suite}")
    feuille.write_row(0, 0, [c.intitule for c in export.colonnes])
    return feuille


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
