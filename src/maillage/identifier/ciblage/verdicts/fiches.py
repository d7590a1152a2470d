"""Ce que dit une fiche de l'annuaire, dans la limite de ce que la personne peut en lire."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchVector, SearchVectorExact
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower

from maillage.annuaire.models import ChiffresAnnuels
from maillage.annuaire.recherche.index import ACCENTS, SANS_ACCENT
from maillage.annuaire.slots import ACCOMPAGNEES
from maillage.annuaire.visibilite import filtre_de_dossier
from maillage.identifier.ciblage.calculs.cascade import INCONNU, NON
from maillage.identifier.ciblage.calculs.cascade import OUI as REPOND
from maillage.identifier.ciblage.genres import OUI
from maillage.identifier.ciblage.verdicts.communs import Juge, Lecteur, entre, question, verdict
from maillage.identifier.models import Signal
from maillage.identifier.partage import Partage
from maillage.socle.droits import reunir
from maillage.socle.quantites import Precision


def dans(lieux: Sequence[Any], _lecteur: Lecteur) -> Case:
    """Sa commune, à défaut un territoire où elle intervient, est dans ces lieux."""
    return verdict(Q(lieux__overlap=[pk for pk, _ in lieux]), Q(lieux=[]))


def objet(mots: Sequence[str], _lecteur: Lecteur) -> Case:
    """Les mots de l'activité, lus comme ceux du registre (`annuaire.recherche.index`)."""
    simple = Func(
        F("objet"),
        Value(ACCENTS),
        Value(SANS_ACCENT),
        function="translate",
        output_field=TextField(),
    )
    racines = SearchVector(Lower(simple), config="french")
    return verdict(SearchVectorExact(racines, question(mots)), Q(objet=""))


def accompagnee(valeur: str, lecteur: Lecteur) -> Case:
    """D'après ce que la personne voit des accompagnements : on sait toujours répondre."""
    oui = reunir(ACCOMPAGNEES.tout(lecteur.utilisateur))
    return verdict(oui if valeur == OUI else ~oui, Q(pk__in=[]))


def besoins(themes: Sequence[str], lecteur: Lecteur) -> Case:
    """Les thèmes codés des signaux que la personne lit, besoins des diagnostics compris.

    D'un diagnostic, seul lit le DLA qui le mène, et ce ciblage au nom d'un seul DLA : un tiers,
    même autorisé, ne lit que par un geste inscrit (règle 3, décisions 0012 et 0019). Rien de
    lisible ni de codé : inconnu.
    """
    lisibles = Q(partage=Partage.LIBRE) | Q(operateur=lecteur.operateur)
    codes = (
        Signal.objects.visibles_par(lecteur.utilisateur)
        .filter(lisibles, structure=OuterRef("pk"))
        .exclude(themes=[])
        .order_by()
    )
    return verdict(Exists(codes.filter(themes__overlap=list(themes))), ~Exists(codes))


def chiffre(*noms: str) -> Juge:
    """Le premier de ces chiffres que l'on connaît, de l'année la plus récente qui le dit."""

    def juger(valeur: Any, lecteur: Lecteur) -> Any:
        lettres = [_lettre(nom, valeur) for nom in noms]
        dite = Coalesce(*lettres) if lettres[1:] else lettres[0]
        return _si_le_dossier_se_lit(lecteur, noms, dite)

    return juger


def emploie(sortes: Sequence[str], lecteur: Lecteur) -> Any:
    """Au moins une personne dans l'une de ces sortes d'emploi, la dernière année qui en dit une."""
    presente = reduce(or_, (Q(**{f"{sorte}_valeur__gt": 0}) for sorte in sortes))
    tue = reduce(or_, (Q(**{f"{sorte}_valeur__isnull": True}) for sorte in sortes))
    return _si_le_dossier_se_lit(lecteur, sortes, verdict(presente, tue))


def _si_le_dossier_se_lit(lecteur: Lecteur, noms: Sequence[str], dite: Any) -> Any:
    """Le verdict des derniers chiffres connus ; inconnu hors des dossiers que la personne lit."""
    connus = reduce(or_, (Q(**{f"{nom}_valeur__isnull": False}) for nom in noms))
    derniers = ChiffresAnnuels.objects.filter(connus, organisation=OuterRef("pk"))
    lus = derniers.annotate(verdict=dite).order_by("-annee").values("verdict")[:1]
    visible = filtre_de_dossier(lecteur.utilisateur)
    return Coalesce(
        Case(When(visible, then=Subquery(lus)), output_field=CharField()), Value(INCONNU)
    )


def _lettre(nom: str, valeur: Any) -> Case:
    """Le verdict d'un chiffre ; rien s'il est inconnu. « Au moins 50 » ne plafonne pas."""
    champ = f"{nom}_valeur"
    au_moins = Q(**{f"{nom}_precision": Precision.AU_MOINS})
    incertain = Q(pk__in=[])
    if valeur["de"] is not None:
        incertain |= Q(**{f"{champ}__lt": valeur["de"]})
    if valeur["a"] is not None:
        incertain |= Q(**{f"{champ}__lte": valeur["a"]})
    return Case(
        When(Q(**{f"{champ}__isnull": True}), then=None),
        When(au_moins & incertain, then=Value(INCONNU)),
        When(entre(champ, valeur), then=Value(REPOND)),
        default=Value(NON),
        output_field=CharField(null=True),
    )
