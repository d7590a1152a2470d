"""D'où vient chaque donnée de l'identité : qui l'a saisie, et quand, lu dans l'historique."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import formats, timezone

from maillage.annuaire.models import Organisation
from maillage.annuaire.registre.rapprochement import CHAMPS as CHAMPS_DU_REGISTRE
from maillage.socle.models import Acte
from maillage.socle.mots import minuscule

CHAMPS = (
    *("sigle", "commune_id", "secteur", "branche", "categorie_juridique", "agrements"),
    *("rna", "siren", "siret", "creee_en", "rattachee_a_id", "operateur_id"),
    *("courriel", "telephone", "site"),
)
ETATS_LUS = 200
REPRIS = "a repris"
"""Ainsi commencent les actes qui écrivent dans une fiche ce que dit le registre."""
PRIS_AU_REGISTRE = {*CHAMPS_DU_REGISTRE, "secteur"}
_FICHE = re.compile(r" du registre \((\w+)")


def origines(organisation: Organisation, etats: Sequence[Any]) -> dict[str, str]:
    """Par champ connu, « saisi par Aline Martin le 3 mars 2026 » ; `etats` du plus récent.

    « RNA, repris par Aline Martin le 3 mars 2026 » quand un geste l'a pris au registre. C'est le
    geste qui a donné au champ sa valeur d'aujourd'hui, non le dernier enregistrement.
    """
    dites = {champ: _depuis(champ, etats) for champ in CHAMPS if getattr(organisation, champ)}
    return {champ: _dire(champ, etat) for champ, etat in dites.items() if etat}


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


def _dire(champ: str, etat: Any) -> str:
    quand = formats.date_format(timezone.localtime(etat.pgh_created_at), "j F Y")
    source = _source(champ, etat.geste or "")
    par = f" par {etat.qui}" if etat.qui else ""
    return f"{source}, repris{par} le {quand}" if source else f"saisi{par} le {quand}"


def _source(champ: str, geste: str) -> str:
    """Le registre que nomme le geste : pour ce champ, à défaut pour toute la fiche."""
    nom = champ.removesuffix("_id")
    if nom not in PRIS_AU_REGISTRE or not geste.startswith(REPRIS):
        return ""
    libelle = re.escape(minuscule(CHAMPS_DU_REGISTRE.get(nom, nom)))
    dite = re.search(rf"\b{libelle} \((RNA|SIRENE)\)", geste) or _FICHE.search(geste)
    return dite[1] if dite else "registre"
