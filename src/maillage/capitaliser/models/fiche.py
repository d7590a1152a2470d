"""La fiche de présentation d'une mission : ce que l'on en retient, et si elle est publiée."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise


class EtatFiche(models.TextChoices):
    """Une fiche se prépare, paraît, peut être retirée puis reparaître."""

    BROUILLON = "brouillon", "en brouillon"
    PUBLIEE = "publiee", "publiée"
    RETIREE = "retiree", "retirée"


def _codes(libelle: str, **options: Any) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=60),
        verbose_name=libelle,
        default=list,
        blank=True,
        **options,
    )


@historise()
class Fiche(ElementDeDossier):
    """Ce que l'agent ajoute au dossier pour en faire une expérience transmissible (S3, fiche 4/4).

    Le reste de la fiche se lit dans le dossier même. Les codes sont ceux de la méthode :
    `themes.themes`, puis les listes de `capitalisation`.
    """

    ingenierie = models.OneToOneField(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="fiche"
    )
    titre = models.CharField("titre de la fiche", max_length=200, blank=True)
    resume = models.TextField(
        "en bref",
        max_length=1200,
        blank=True,
        help_text="Deux ou trois phrases pour qui ne lira que cela.",
    )
    themes = _codes("thèmes")
    natures = _codes("ce que l’on garde")
    a_retenir = models.TextField(
        "ce que l’on retient",
        max_length=6000,
        blank=True,
        help_text="Ce que vous diriez à un collègue qui voudrait s’y lancer, échecs compris.",
    )
    transferable = models.TextField("ce qui peut servir ailleurs", max_length=4000, blank=True)
    but_du_transfert = models.TextField("dans quel but le transmettre", max_length=2000, blank=True)
    destinataires = _codes("à qui")
    responsables = _codes("qui s’en charge")
    formes = _codes("sous quelle forme")
    ton = models.CharField("sur quel ton", max_length=60, blank=True)
    etat = models.CharField(
        "état",
        max_length=10,
        choices=EtatFiche.choices,
        default=EtatFiche.BROUILLON,
        editable=False,
    )

    class Meta:
        verbose_name = "fiche de présentation"

    def __str__(self) -> str:
        return self.titre or "fiche sans titre"

    def get_absolute_url(self) -> str:
        """La fiche d'aujourd'hui, telle que le dossier la donne."""
        return reverse("capitaliser:fiche", args=[self.ingenierie_id])

    @property
    def capitalisee(self) -> bool:
        """Vrai quand on a dit ce que l'on garde et ce que l'on en retient."""
        return bool(self.natures and self.a_retenir.strip())
