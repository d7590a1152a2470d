"""Les chiffres d'une organisation, année par année."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from maillage.annuaire.models.organisations import Organisation
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.quantites import QuantiteField, contrainte_quantite

RESSOURCES = ("ressources_marchandes", "ressources_non_marchandes", "ressources_non_monetaires")
"""Les trois parts dont une démarche solidaire fait son modèle (S4, fiche I-B)."""
SORTES_D_EMPLOI = ("cdi", "cdd", "insertion", "alternance", "mis_a_disposition", "volontaires")
"""Liste de la maison, à éprouver avec le terrain : les sources n'en donnent pas."""
QUANTITES = (
    "budget",
    *RESSOURCES,
    *("emplois", "etp"),
    *SORTES_D_EMPLOI,
    *("adherents", "benevoles"),
)


@historise()
class ChiffresAnnuels(ModeleSuivi):
    """Ce que l'on sait d'une organisation pour une année ; l'inconnu reste inconnu.

    Rien n'oblige les parts à faire le budget, ni les sortes d'emploi à faire les emplois : la
    fiche dit l'écart (`calculs.chiffres`). Un temps bénévole valorisé est non monétaire.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="chiffres"
    )
    annee = models.PositiveSmallIntegerField(
        "année", validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    budget = QuantiteField("budget", unite="€")
    ressources_marchandes = QuantiteField("ressources marchandes", unite="€")
    ressources_non_marchandes = QuantiteField("ressources non marchandes", unite="€")
    ressources_non_monetaires = QuantiteField("ressources non monétaires", unite="€")
    adherents = QuantiteField("adhérents", decimales=0)
    benevoles = QuantiteField("bénévoles", decimales=0)
    emplois = QuantiteField("emplois", decimales=0)
    etp = QuantiteField("équivalents temps plein", unite="ETP")
    cdi = QuantiteField("CDI", decimales=0)
    cdd = QuantiteField("CDD", decimales=0)
    insertion = QuantiteField("emplois aidés ou en insertion", decimales=0)
    alternance = QuantiteField("alternance", decimales=0)
    mis_a_disposition = QuantiteField("mis à disposition", decimales=0)
    volontaires = QuantiteField("volontaires en service civique", decimales=0)
    source = models.CharField("source", max_length=200, blank=True)

    QUANTITES = QUANTITES

    class Meta:
        ordering = ["-annee"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "annee"],
                name="chiffres_une_fois_par_an",
                violation_error_message="Les chiffres de cette année sont déjà saisis.",
            ),
            *(contrainte_quantite(nom, "chiffres") for nom in QUANTITES),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} en {self.annee}"
