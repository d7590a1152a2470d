"""D'où vient une mission et ce qu'elle a inspiré, dit à chacun selon ce qu'il peut lire.

Tout tient en annotations : la page d'une mission n'y dépense aucune requête.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from maillage.capitaliser.models import Publication
from maillage.ingenieries.mentions import Mention, Mentions
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste
from maillage.socle.agregats import nombre
from maillage.socle.mots import compter

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

NOMMEES = 6
"""Au-delà, les suites visibles sont comptées avec les autres."""


def expressions(utilisateur: Utilisateur) -> dict[str, Any]:
    """L'origine, les suites que cette personne voit, et combien il y en a en tout."""
    visibles = Ingenierie.objects.visibles_par(utilisateur)
    nommees = visibles.filter(issue_de=OuterRef("pk")).order_by("-annee", "-cree_le")
    return {
        "filiation_origine": Subquery(_origine(visibles)),
        "filiation_suites": ArraySubquery(
            nommees.values(suite=JSONObject(pk="pk", titre="titre"))[:NOMMEES]
        ),
        "filiation_nombre": nombre(Ingenierie.objects.all(), par="issue_de"),
    }


def mentions_de(utilisateur: Utilisateur, mission: UUID) -> list[Mention]:
    """Les mentions d'une mission que l'on n'a pas ouverte : sa fiche publiée (une requête)."""
    voulues = expressions(utilisateur)
    lue = Ingenierie.objects.filter(pk=mission).annotate(**voulues).only("pk").first()
    return dire(lue) if lue else []


def dire(mission: Any) -> list[Mention]:
    """« Issue de : … » et « Ce qu'elle a inspiré : … », d'après les annotations."""
    return [*_dire_l_origine(mission.filiation_origine), *_dire_les_suites(mission)]


FILIATION = Mentions(expressions, dire)


def _origine(visibles: QuerySet[Ingenierie]) -> QuerySet[Any, Any]:
    """L'origine : son dossier s'il m'est ouvert, sa fiche si elle est publiée."""
    parue = Publication.objects.en_rayon().filter(fiche__ingenierie=OuterRef("pk"))
    origine = Ingenierie.objects.filter(pk=OuterRef("issue_de")).annotate(
        visible=Exists(visibles.filter(pk=OuterRef("pk"))),
        fiche_parue=Subquery(parue.values("fiche")[:1]),
        titre_paru=Subquery(parue.values("titre")[:1]),
    )
    noms = ("pk", "titre", "visible", "fiche_parue", "titre_paru")
    return origine.values(origine=JSONObject(**{nom: nom for nom in noms}))


def _dire_l_origine(origine: dict[str, Any] | None) -> list[Mention]:
    if origine is None:
        return []
    if origine["visible"]:
        lien = Geste(origine["titre"], reverse("ingenieries:dossier", args=[origine["pk"]]))
    elif origine["fiche_parue"]:
        adresse = reverse("capitaliser:publiee", args=[origine["fiche_parue"]])
        lien = Geste(origine["titre_paru"], adresse)
    else:
        return [Mention("Issue de", suite="une mission qui n’est pas publiée")]
    return [Mention("Issue de", [lien])]


def _dire_les_suites(mission: Any) -> list[Mention]:
    if not mission.filiation_nombre:
        return []
    liens = [
        Geste(s["titre"], reverse("ingenieries:dossier", args=[s["pk"]]))
        for s in mission.filiation_suites
    ]
    autres = mission.filiation_nombre - len(liens)
    nom = "autre mission" if liens else "mission"
    suite = compter(autres, nom, f"{nom.replace(' ', 's ')}s") if autres else ""
    return [Mention("Ce qu’elle a inspiré", liens, suite)]
