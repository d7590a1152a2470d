"""Reconnaître un fichier à son contenu : un nom ne prouve rien."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError

from maillage.socle.documents.archives import ArchiveRefusee, lire_archive

MIME_OOXML = "application/vnd.openxmlformats-officedocument"
MIME_ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class TypeDeFichier:
    """Un type permis : son extension (sans point), son type MIME, et comment on le nomme."""

    extension: str
    mime: str
    nom: str


DOCX = TypeDeFichier("docx", f"{MIME_OOXML}.wordprocessingml.document", "document Word")
XLSX = TypeDeFichier("xlsx", f"{MIME_OOXML}.spreadsheetml.sheet", "classeur Excel")
PPTX = TypeDeFichier("pptx", f"{MIME_OOXML}.presentationml.presentation", "présentation")
ODT = TypeDeFichier("odt", f"{MIME_ODF}.text", "document texte ODT")
ODS = TypeDeFichier("ods", f"{MIME_ODF}.spreadsheet", "classeur ODS")
PDF = TypeDeFichier("pdf", "application/pdf", "PDF")
PNG = TypeDeFichier("png", "image/png", "image PNG")
JPG = TypeDeFichier("jpg", "image/jpeg", "image JPEG")
TXT = TypeDeFichier("txt", "text/plain", "texte")
CSV = TypeDeFichier("csv", "text/csv", "tableau CSV")

PERMIS = (DOCX, XLSX, PPTX, ODT, ODS, PDF, PNG, JPG, TXT, CSV)
ACCEPT = ",".join(f".{permis.extension}" for permis in PERMIS)
_LISTE = ", ".join(permis.extension for permis in PERMIS)

_SIGNATURES = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPG}
_BUREAUTIQUE = {
    f"{MIME_OOXML}.wordprocessingml.document.main+xml": DOCX,
    f"{MIME_OOXML}.spreadsheetml.sheet.main+xml": XLSX,
    f"{MIME_OOXML}.presentationml.presentation.main+xml": PPTX,
}
_OUVERTE = {permis.mime: permis for permis in (ODT, ODS)}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SYNONYMES = {"jpeg": "jpg"}
_BLANCS = b"\t\n\r\f"
_BINAIRES = bytes(octet for octet in range(32) if octet not in _BLANCS)


def reconnaitre(contenu: bytes, nom: str) -> TypeDeFichier:
    """Le type lu dans le contenu, si son extension dit la même chose.

    Lève `ValidationError` avec ce qu'il faut faire : vide, type non permis, ancien format,
    macros, archive piégée ou abîmée, extension trompeuse.
    """
    if not contenu:
        raise ValidationError("Ce fichier est vide : choisissez-en un autre.")
    extension = PurePath(nom).suffix.lower().removeprefix(".")
    extension = _SYNONYMES.get(extension, extension)
    trouve = _lire_type(contenu, extension)
    if trouve.extension != extension:
        raise ValidationError(
            f"Le nom finit par « .{extension} » mais le contenu est : {trouve.nom}. "
            f"Renommez-le en « .{trouve.extension} », ou choisissez le bon fichier."
        )
    return trouve


def _lire_type(contenu: bytes, extension: str) -> TypeDeFichier:
    for signature, permis in _SIGNATURES.items():
        if contenu.startswith(signature):
            return permis
    if contenu.startswith(_ZIP):
        return _type_bureautique(contenu)
    if contenu.startswith(_OLE):
        raise ValidationError(
            "Ce fichier est d’un ancien format (.doc, .xls, .ppt) ou protégé par un mot de passe. "
            "Enregistrez-le en docx, xlsx ou pptx, sans mot de passe."
        )
    if extension in (TXT.extension, CSV.extension) and _est_du_texte(contenu):
        return TXT if extension == TXT.extension else CSV
    raise ValidationError(f"Ce type de fichier n’est pas reçu. Types reçus : {_LISTE}.")


def _type_bureautique(contenu: bytes) -> TypeDeFichier:
    try:
        archive = lire_archive(contenu)
        declares = archive.lire("[Content_Types].xml") + archive.lire("mimetype")
        noms = archive.noms
    except ArchiveRefusee as refus:
        raise ValidationError(str(refus)) from refus
    if b"macroEnabled" in declares or _porte_des_macros(noms):
        raise ValidationError(
            "Ce fichier contient des macros : enregistrez-le sans macros, puis déposez-le."
        )
    for marque, permis in _BUREAUTIQUE.items():
        if marque.encode() in declares:
            return permis
    if permis_odf := _OUVERTE.get(declares.decode("ascii", "replace").strip()):
        return permis_odf
    raise ValidationError(f"Cette archive n’est pas un document reçu. Types reçus : {_LISTE}.")


def _porte_des_macros(noms: Iterable[str]) -> bool:
    return any(nom.endswith("vbaProject.bin") or nom.startswith("Basic/") for nom in noms)


def _est_du_texte(contenu: bytes) -> bool:
    """Texte UTF-8, ou des anciens Windows, sans octet de commande."""
    if contenu.translate(None, _BINAIRES) != contenu:
        return False
    for encodage in ("utf-8", "cp1252"):
        try:
            contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
        return True
    return False
