"""Fichiers attachés à un sujet et servis à travers ses droits."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from maillage.socle.modeles import ModeleSuivi, historise

if TYPE_CHECKING:
    from maillage.socle.sujets import Sujet


class DocumentQuerySet(models.QuerySet["Document"]):
    """Vocabulaire des listes de documents."""

    def lisibles(self, sujet: Sujet) -> DocumentQuerySet:
        """Les documents du sujet que lit la personne qui le regarde."""
        documents = self.filter(sujet_type=sujet.type, sujet_id=sujet.id).select_related(
            "depose_par"
        )
        return documents if sujet.interne else documents.filter(interne=False)


def rangement(document: Document, nom: str) -> str:
    """Chemin dans le stockage : l'identifiant, jamais un nom venu d'ailleurs."""
    return f"documents/{timezone.localdate():%Y/%m}/{document.pk}{PurePath(nom).suffix}"


@historise()
class Document(ModeleSuivi):
    """Un fichier, son type lu dans son contenu, et le sujet dont il suit les droits."""

    titre = models.CharField("titre", max_length=200)
    fichier = models.FileField("fichier", upload_to=rangement, editable=False)
    type_mime = models.CharField("type", max_length=120, editable=False)
    taille = models.PositiveBigIntegerField("taille en octets", editable=False)
    empreinte = models.CharField("empreinte SHA-256", max_length=64, editable=False)
    sujet_type = models.CharField(max_length=80, editable=False)
    sujet_id = models.UUIDField(editable=False)
    interne = models.BooleanField("interne au DLA", default=False)
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="déposé par",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-cree_le", "-id"]
        indexes = [models.Index(fields=["sujet_type", "sujet_id"], name="document_sujet")]

    def __str__(self) -> str:
        return self.titre

    @property
    def extension(self) -> str:
        """Celle de son contenu, point compris : « .docx »."""
        return PurePath(self.fichier.name or "").suffix

    @property
    def nom_de_fichier(self) -> str:
        return f"{self.titre.removesuffix(self.extension)}{self.extension}"
