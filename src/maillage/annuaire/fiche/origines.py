"""D'où vient chaque donnée de l'identité : qui l'a saisie, et quand, lu dans l'historique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import formats, timezone

from maillage.annuaire.models import Organisation
from maillage.socle.models import Acte

CHAMPS = (
    *("sigle", "commune_id", "secteur", "branche", "categorie_juridique", "agrements"),
    *("rna", "siren", "siret", "creee_en", "rattachee_a_id", "operateur_id"),
    *("courriel", "telephone", "site"),
)
ETATS_LUS = 200
REPRIS = "a repris"
"""Ainsi commencent les actes qui écrivent dans une fiche ce que dit le registre."""


def origines(organisation: Organisation, etats: Sequence[Any]) -> dict[str, str]:
    """Par champ connu, « saisi par Aline Martin le 3 mars 2026 » ; `etats` du plus récent.

    C'est le geste qui a donné au champ sa valeur d'aujourd'hui, non le dernier enregistrement.
    """
    dites = {champ: _depuis(champ, etats) for champ in CHAMPS if getattr(organisation, champ)}
    return {champ: _dire(etat) for champ, etat in dites.items() if etat}


def resumer(dites: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """L'origine la plus fréquente, dite une fois, et celles des champs qui s'en écartent."""
    if not dites:
        return "", {}
    commune = Counter(dites.values()).most_common(1)[0][0]
    return commune, {champ: origine for champ, origine in dites.items() if origine != commune}


def etats_de(organisation: Organisation) -> QuerySet[Any]:
    """Les états de la fiche, du plus récent ; `qui` est l'auteur de l'acte qui l'a faite ainsi."""
    historique = apps.get_model("annuaire", "OrganisationEvent").objects
    nom = Coalesce(NullIf("qui__nom_affiche", Value("")), "qui__courriel", output_field=CharField())
    acte = Acte.objects.filter(contexte=OuterRef("pgh_context_id")).order_by("pk")
    lus = historique.filter(pgh_obj=organisation.pk).annotate(
        qui=Subquery(acte.values(n=nom)[:1]), geste=Subquery(acte.values("phrase")[:1])
    )
    return lus.only("pgh_created_at", *CHAMPS).order_by("-pgh_id")[:ETATS_LUS]


def _depuis(champ: str, etats: Sequence[Any]) -> Any:
    """Le plus ancien de la suite d'états où le champ a déjà sa valeur présente."""
    origine = None
    for etat in etats:
        if getattr(etat, champ) != getattr(etats[0], champ):
            break
        origine = etat
    return origine


def _dire(etat: Any) -> str:
    quand = formats.date_format(timezone.localtime(etat.pgh_created_at), "j F Y")
    verbe = "repris du registre" if (etat.geste or "").startswith(REPRIS) else "saisi"
    return f"{verbe} par {etat.qui} le {quand}" if etat.qui else f"{verbe} le {quand}"
