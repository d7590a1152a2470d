"""Fichiers attachés à un sujet et servis à travers ses droits."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from maillage.socle.modeles import ModeleSuivi, historise


@historise()
class Document(ModeleSuivi):
    """Un fichier, son type lu dans son contenu, son empreinte, et le sujet dont il suit les droits."""

    titre = models.CharField("titre", max_length=200)
    fichier = models.FileField("fichier", upload_to="documents/%Y/%m/")
    type_mime = models.CharField("type", max_length=120, editable=False)
    taille = models.PositiveBigIntegerField("taille en octets", editable=False)
    empreinte = models.CharField("empreinte SHA-256", max_length=64, editable=False)
    sujet_type = models.CharField(max_length=80, editable=False)
    sujet_id = models.UUIDField(editable=False)
    interne = models.BooleanField("interne au DLA", default=False)
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-cree_le"]
        indexes = [models.Index(fields=["sujet_type", "sujet_id"], name="document_sujet")]

    def __str__(self) -> str:
        return self.titre
