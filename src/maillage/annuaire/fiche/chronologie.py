"""La vie d'une organisation dans Maillage, année par année : gestes, accompagnements, chiffres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import ExtractYear
from django.urls import reverse

from maillage.annuaire.models import ChiffresAnnuels, Organisation
from maillage.annuaire.slots import ACCOMPAGNEMENTS, Accompagnement
from maillage.socle.journal.lecture import Entree, actes_de, entrees
from maillage.socle.mots import enumerer
from maillage.socle.sujets import sujet_de

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

ACTES_LUS = 100


@dataclass(frozen=True, slots=True)
class Annee:
    """Ce qui s'est passé une année ; `annees` sont toutes celles où il y a quelque chose.

    `reste` : l'année compte plus de gestes que la page n'en montre.
    """

    annee: int
    annees: list[int]
    accompagnements: list[Accompagnement]
    chiffres: str
    gestes: list[Entree]
    reste: bool


def lire_annee(
    organisation: Organisation, utilisateur: Utilisateur, demandee: int | None
) -> Annee | None:
    """L'année demandée, à défaut la plus récente ; None si rien ne s'est jamais passé.

    Les gestes internes au DLA ne sont lus que par lui.
    """
    sujet = sujet_de(organisation, utilisateur)
    actes = actes_de(sujet)
    suivis = accompagnements(organisation, utilisateur)
    chiffres = {c.annee: c for c in organisation.chiffres.all()}
    datees = actes.order_by().values_list(ExtractYear("quand"), flat=True).distinct()
    annees = sorted({*datees, *chiffres, *(a.annee for a in suivis)}, reverse=True)
    if not annees:
        return None
    annee = demandee if demandee and demandee in annees else annees[0]
    gestes = entrees(sujet, actes.filter(quand__year=annee)[: ACTES_LUS + 1])
    return Annee(
        annee,
        annees,
        [a for a in suivis if a.annee == annee],
        _dire(chiffres[annee]) if annee in chiffres else "",
        gestes[:ACTES_LUS],
        len(gestes) > ACTES_LUS,
    )


def accompagnements(organisation: Organisation, utilisateur: Utilisateur) -> list[Accompagnement]:
    """Ce que chaque pièce du bas a fait avec l'organisation, du plus récent."""
    lignes = [a for lot in ACCOMPAGNEMENTS.tout(organisation, utilisateur) for a in lot]
    return sorted(lignes, key=lambda a: -a.annee)


def onglets(organisation: Organisation, lue: Annee) -> Sequence[dict[str, object]]:
    """Une année par onglet."""
    adresse = reverse("annuaire:chronologie", args=[organisation.pk])
    return [
        {"libelle": str(a), "url": f"{adresse}?annee={a}", "actif": a == lue.annee}
        for a in lue.annees
    ]


def _dire(chiffres: ChiffresAnnuels) -> str:
    """« Budget 90 000 €, emplois 3 » ; ce qui n'est pas dit se tait."""
    dits = [
        f"{getattr(ChiffresAnnuels, nom).libelle} {quantite}"
        for nom in ("budget", "emplois", "etp", "adherents", "benevoles")
        if (quantite := getattr(chiffres, nom)).connue
    ]
    return enumerer(dits) or "Une année ouverte, sans chiffre connu."
