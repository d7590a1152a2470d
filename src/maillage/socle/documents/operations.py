"""Déposer et retirer un document."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import ProtectedError
from django.template.defaultfilters import filesizeformat

from maillage.socle.documents.models import Document
from maillage.socle.documents.types import reconnaitre
from maillage.socle.droits import Refus, exiger, refuse
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.sujets import Sujet

TITRE_MAX = 200


@operation
def deposer(
    *, sujet: Sujet, fichier: File[bytes], titre: str = "", interne: bool = False
) -> Document:
    """Range un fichier sous son sujet ; sans titre, il prend le nom du fichier.

    Lève `Refus` si la personne ne modifie pas le sujet (ou n'en lit pas l'interne), et
    `ValidationError` si le fichier n'est pas reçu.
    """
    exiger(sujet.modifiable)
    if interne:
        exiger(sujet.interne)
    nom = fichier.name or ""
    contenu = _lire(fichier)
    reconnu = reconnaitre(contenu, nom)
    document = Document(
        titre=assainir(titre) or assainir(PurePath(nom).stem) or reconnu.nom,
        type_mime=reconnu.mime,
        taille=len(contenu),
        empreinte=hashlib.sha256(contenu).hexdigest(),
        sujet_type=sujet.type,
        sujet_id=sujet.id,
        interne=interne,
        depose_par=sujet.utilisateur,
    )
    document.fichier.save(f"{document.pk}.{reconnu.extension}", ContentFile(contenu), save=False)
    try:
        document.save()
        _journaliser(sujet, document, "a déposé")
    except Exception:
        document.fichier.delete(save=False)
        raise
    return document


@operation
def retirer(*, sujet: Sujet, document: Document) -> None:
    """Retire le document et efface son fichier ; le journal garde son titre.

    Lève `Refus`, aussi quand le document sert de preuve. Retirer deux fois n'est dit qu'une fois.
    """
    exiger(sujet.modifiable)
    fichier, chemin = document.fichier, document.fichier.name or ""
    try:
        supprimes, _ = Document.objects.lisibles(sujet).filter(pk=document.pk).delete()
    except ProtectedError as erreur:
        raise Refus(
            refuse("Ce document montre ce qui a été consigné : il ne se retire pas.")
        ) from erreur
    if supprimes:
        _journaliser(sujet, document, "a retiré")
        transaction.on_commit(lambda: fichier.storage.delete(chemin))


def assainir(texte: str) -> str:
    """Un titre d'une ligne, sans caractère invisible ni interdit dans un nom de fichier."""
    visible = "".join(
        c if unicodedata.category(c)[0] != "C" and c not in '/\\<>:"|?*' else " " for c in texte
    )
    return " ".join(visible.split()).strip(". ")[:TITRE_MAX]


def _lire(fichier: File[bytes]) -> bytes:
    if fichier.size > settings.TAILLE_DOCUMENT:
        raise ValidationError(
            f"Ce fichier pèse {filesizeformat(fichier.size)}, plus que les "
            f"{filesizeformat(settings.TAILLE_DOCUMENT)} permis : allégez-le ou découpez-le."
        )
    return fichier.read()


def _journaliser(sujet: Sujet, document: Document, verbe: str) -> None:
    journaliser(
        sujet.objet,
        f"{verbe} le document « {document.titre} »",
        par=sujet.utilisateur,
        interne=document.interne,
    )
