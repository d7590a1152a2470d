"""Le budget d'une mission en SQL : pour l'en-tête du dossier et la page « Aujourd'hui »."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Count, DecimalField, F, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from maillage.engager.models import EtatFinancement, Financement, LigneDeBudget, Nature
from maillage.socle.agregats import agreger
from maillage.socle.quantites import Precision

COUT: Any = Coalesce(
    F("jours_valeur") * F("cout_jour_valeur"),
    F("montant_valeur"),
    output_field=DecimalField(max_digits=24, decimal_places=4),
)
_DES_JOURS = Q(jours_valeur__isnull=False, cout_jour_valeur__isnull=False)
_EXACTS = Q(jours_precision=Precision.EXACT, cout_jour_precision=Precision.EXACT)
APPROCHE = (_DES_JOURS & ~_EXACTS) | (
    ~_DES_JOURS & Q(montant_valeur__isnull=False) & ~Q(montant_precision=Precision.EXACT)
)


@cache
def depenses() -> Subquery:
    """Par mission, en JSON : somme, connues, approchees, inconnues ; sans les temps valorisés."""
    lignes = LigneDeBudget.objects.exclude(nature=Nature.VALORISATION).annotate(prevu=COUT)
    resume = JSONObject(
        somme=Sum("prevu"),
        connues=Count("pk", filter=Q(prevu__isnull=False)),
        approchees=Count("pk", filter=APPROCHE),
        inconnues=Count("pk", filter=Q(prevu__isnull=True)),
    )
    return agreger(lignes, resume)


@cache
def apports() -> Subquery:
    """Par mission, en JSON : somme des montants, parts (%), inconnus ; sans les refus."""
    comptes = Financement.objects.exclude(etat=EtatFinancement.REFUSE)
    resume = JSONObject(
        somme=Sum("montant_valeur"),
        parts=Sum("part_valeur"),
        inconnus=Count("pk", filter=Q(montant_valeur__isnull=True, part_valeur__isnull=True)),
    )
    return agreger(comptes, resume)
