"""La page d'accueil : ce que chaque pièce a à dire, rangé en trois colonnes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince

from maillage.accueillir.demandes import taches as demandes
from maillage.accueillir.diagnostics import taches as diagnostics
from maillage.accueillir.parcours import taches as parcours
from maillage.annuaire.perimetre import Perimetre, perimetre_de, porteur
from maillage.capitaliser import taches as capitaliser
from maillage.confirmer import taches as confirmer
from maillage.engager import taches as engager
from maillage.finaliser import taches as finaliser
from maillage.identifier import taches as identifier
from maillage.ingenieries import taches as ingenieries
from maillage.ingenieries.models import Ingenierie
from maillage.socle.lots import Ensemble
from maillage.socle.models import Acte
from maillage.socle.mots import compter
from maillage.socle.taches import Colonne, Lecture, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

SUJETS = (
    *(demandes, diagnostics, parcours),
    *(ingenieries, identifier, engager, confirmer, finaliser, capitaliser),
)
MONTREES = 10
ACTES_LUS = 60
RECENTS = timedelta(days=30)
QUESTIONS_GARDEES = 200
"""Comptes dont les questions du jour restent écrites : quelques dizaines de kilo-octets chacun."""


@dataclass(frozen=True, slots=True)
class Rangee:
    """Une colonne prête à montrer : ses lignes pour `c-taches`, et la phrase qui la dit."""

    titre: str
    phrase: str
    lignes: list[dict[str, Any]]


def colonnes(utilisateur: Utilisateur, aujourdhui: date) -> list[Rangee]:
    """Les trois colonnes d'une personne, en deux requêtes."""
    attendu, bouge = _questions(utilisateur.pk, perimetre_de(utilisateur), aujourdhui)
    toutes = attendu.taches(utilisateur)

    def de(colonne: Colonne) -> list[Tache]:
        dedans = (t for t in toutes if t.colonne is colonne)
        return sorted(dedans, key=lambda t: (t.echeance or date.max, -t.poids))

    return [
        _a_faire(de(Colonne.A_FAIRE), aujourdhui),
        _rangee("Cette semaine", de(Colonne.CETTE_SEMAINE), aujourdhui),
        _ca_bouge(bouge.lire()["actes"], de(Colonne.CA_BOUGE), aujourdhui),
    ]


@lru_cache(maxsize=QUESTIONS_GARDEES)
def _questions(compte: UUID, perimetre: Perimetre, jour: date) -> tuple[Lecture, Ensemble]:
    """Ce que la page demande à la base, dont l'écriture coûte plus que la réponse.

    Le texte ne dépend que du compte, de son périmètre et du jour : il sert tant qu'ils durent.
    """
    utilisateur = porteur(compte, perimetre)
    actes = Ensemble({"actes": _derniers_actes(utilisateur, jour)})
    return Lecture(SUJETS, utilisateur, jour), actes


def _a_faire(taches: list[Tache], aujourdhui: date) -> Rangee:
    retards = sum(t.en_retard(aujourdhui) for t in taches)
    phrase = f"{compter(retards, 'geste')} en retard, d’abord." if retards else ""
    return _rangee("À faire", taches, aujourdhui, phrase)


def _rangee(titre: str, taches: list[Tache], aujourdhui: date, phrase: str = "") -> Rangee:
    autres = len(taches) - MONTREES
    reste = f" Les {MONTREES} premiers sur {len(taches)}." if autres > 0 else ""
    lignes = [_ligne(tache, aujourdhui) for tache in taches[:MONTREES]]
    return Rangee(titre, f"{phrase}{reste}".strip(), lignes)


def _ligne(tache: Tache, aujourdhui: date) -> dict[str, Any]:
    return {
        "libelle": tache.titre,
        "url": tache.url,
        "etat": "en_retard" if tache.en_retard(aujourdhui) else "a_faire",
        "contexte": tache.contexte,
        "echeance": _dire_l_echeance(tache.echeance, aujourdhui),
        "geste_libelle": tache.geste,
        "geste_url": tache.url,
    }


def _dire_l_echeance(echeance: date | None, aujourdhui: date) -> str:
    """« en retard de 3 jours », « aujourd’hui », « jeudi », « le 12 mars »."""
    if echeance is None:
        return ""
    ecart = (echeance - aujourdhui).days
    if ecart < 0:
        return f"En retard de {compter(-ecart, 'jour')}"
    if ecart == 0:
        return "Aujourd’hui"
    if ecart < 7:
        return date_format(echeance, "l j F").capitalize()
    return f"Le {date_format(echeance, 'j F Y')}"


# Ça bouge


def _ca_bouge(derniers: list[Any], taches: list[Tache], aujourdhui: date) -> Rangee:
    """Les derniers actes des autres sur mes missions, puis ce que les pièces annoncent."""
    suites = groupby(derniers, lambda a: (a.sujet_id, a.qui_id))
    actes = [_actes(list(suite)) for _, suite in suites]
    annonces = [_ligne(tache, aujourdhui) | {"etat": "fait"} for tache in taches]
    return Rangee("Ça bouge", "", [*actes[: MONTREES - len(annonces)], *annonces])


def _derniers_actes(utilisateur: Utilisateur, jour: date) -> QuerySet[Acte]:
    """Un acte interne ne se lit que dans les DLA de sa mission (règle 9)."""
    depuis = timezone.make_aware(datetime.combine(jour - RECENTS, time.min))
    missions = Ingenierie.objects.visibles_par(utilisateur).order_by()
    operateurs = perimetre_de(utilisateur).operateurs
    titre = Ingenierie.objects.filter(pk=OuterRef("sujet_id")).order_by().values("titre")
    return (
        Acte.objects.filter(
            _lisible(missions, operateurs),
            sujet_type=Ingenierie._meta.label_lower,
            sujet_id__in=missions.values("pk"),
            quand__gte=depuis,
        )
        .exclude(qui=utilisateur)
        .annotate(
            mission=Subquery(titre),
            auteur=Coalesce(
                NullIf("qui__nom_affiche", Value("")),
                F("qui__courriel"),
                output_field=CharField(),
            ),
        )
        .only("quand", "qui", "phrase", "sujet_id")
        .order_by("-quand", "-pk")[:ACTES_LUS]
    )


def _lisible(missions: Any, operateurs: Iterable[Any]) -> Q:
    dedans = missions.filter(Q(operateur__in=operateurs) | Q(operateurs_associes__in=operateurs))
    return Q(interne=False) | Q(sujet_id__in=dedans.values("pk"))


def _actes(suite: list[Any]) -> dict[str, Any]:
    """Les gestes d'affilée d'une personne sur une mission : le dernier, et combien d'autres."""
    dernier, autres = suite[0], len(suite) - 1
    en_plus = f", et {compter(autres, 'autre geste', 'autres gestes')}" if autres else ""
    return {
        "libelle": f"{dernier.auteur or 'Maillage'} {dernier.phrase}{en_plus}",
        "url": reverse("ingenieries:dossier", args=[dernier.sujet_id]),
        "etat": "fait",
        "contexte": dernier.mission,
        "echeance": _dire_depuis(dernier.quand),
        "geste_url": "",
    }


def _dire_depuis(quand: datetime) -> str:
    ecoule = timezone.now() - quand
    if ecoule < timedelta(minutes=1):
        return "À l’instant"
    return f"Il y a {timesince(quand, depth=1)}"
