"""Chercher partout : chaque sorte de chose, dans ce que la personne peut voir."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from maillage.accueillir.models import Demande, Diagnostic
from maillage.annuaire.models import Nature, Organisation, Rattachement
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.visibilite import motifs
from maillage.capitaliser.models import Publication
from maillage.identifier.models import Problematique, Signal
from maillage.ingenieries.models import Ingenierie
from maillage.socle.mots import citer
from maillage.socle.normalisation import normaliser
from maillage.socle.recherche import contient

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

MONTRES = 6
LONGUEUR_MINIMALE = 2


@dataclass(frozen=True, slots=True)
class Trouve:
    """Un résultat : son titre, où il mène, et ce qui aide à le reconnaître."""

    titre: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Groupe:
    """Les résultats d'une sorte ; `suite` mène à la liste entière quand il y en a d'autres."""

    titre: str
    trouves: list[Trouve]
    suite: str = ""


@dataclass(frozen=True, slots=True)
class Sorte:
    """Une sorte de chose que l'on cherche : où, comment la dire, et sa liste si elle en a une."""

    titre: str
    chercher: Callable[[Utilisateur, str], QuerySet[Any]]
    dire: Callable[[Any], Trouve]
    liste: str = ""


def assez_long(texte: str) -> bool:
    """Vrai si l'on peut chercher : deux lettres ou chiffres au moins."""
    return len(normaliser(texte)) >= LONGUEUR_MINIMALE


def chercher(utilisateur: Utilisateur, texte: str) -> list[Groupe]:
    """Les groupes qui ont au moins un résultat ; une requête par sorte."""
    if not assez_long(texte):
        return []
    groupes = (_groupe(sorte, utilisateur, texte) for sorte in SORTES)
    return [groupe for groupe in groupes if groupe.trouves]


def _groupe(sorte: Sorte, utilisateur: Utilisateur, texte: str) -> Groupe:
    lus = list(sorte.chercher(utilisateur, texte)[: MONTRES + 1])
    d_autres = len(lus) > MONTRES and sorte.liste
    suite = f"{reverse(sorte.liste)}?{urlencode({'q': texte})}" if d_autres else ""
    return Groupe(sorte.titre, [sorte.dire(objet) for objet in lus[:MONTRES]], suite)


def _missions(utilisateur: Utilisateur, texte: str) -> QuerySet[Any]:
    return Ingenierie.objects.visibles_par(utilisateur).cherche(texte).select_related("operateur")


def _structures(utilisateur: Utilisateur, texte: str) -> QuerySet[Any]:
    visibles = Organisation.objects.visibles_par(utilisateur).en_service()
    return visibles.cherche(texte).select_related("commune")


def _demandes(utilisateur: Utilisateur, texte: str) -> QuerySet[Any]:
    return Demande.objects.visibles_par(utilisateur).cherche(texte).pour_liste()


def _diagnostics(utilisateur: Utilisateur, texte: str) -> QuerySet[Any]:
    """Ceux que l'on mène et ceux de sa structure : un tiers les trouve où sa lecture s'inscrit."""
    return Diagnostic.objects.visibles_par(utilisateur).cherche(texte).pour_liste()


def _fiches(_utilisateur: Utilisateur, texte: str) -> QuerySet[Any]:
    trouvees: QuerySet[Any] = Publication.objects.en_rayon().pour_liste().cherche(texte)
    return trouvees.order_by("-justesse", "pk")


def _problematiques(utilisateur: Utilisateur, texte: str) -> QuerySet[Any]:
    visibles = Problematique.objects.visibles_par(utilisateur)
    return visibles.cherche(texte).select_related("operateur")


def _signaux(utilisateur: Utilisateur, texte: str) -> QuerySet[Any]:
    return Signal.objects.visibles_par(utilisateur).cherche(texte)


def _personnes(utilisateur: Utilisateur, texte: str) -> QuerySet[Any]:
    """Les rattachements en cours dans les organisations dont la personne lit le dossier."""
    return (
        Rattachement.objects.actifs()
        .filter(
            contient("personne__recherche", texte),
            organisation__in=_dossiers(utilisateur).values("pk"),
        )
        .select_related("personne", "organisation")
        .order_by("personne__nom", "personne__prenom", "pk")
    )


def _dossiers(utilisateur: Utilisateur) -> QuerySet[Organisation]:
    """La règle de `annuaire.droits.peut_lire_dossier`, en SQL."""
    ouverts = list(motifs(perimetre_de(utilisateur)))
    complets = [m.filtre for m in ouverts if m.dossier]
    partages = [m.filtre & ~Q(natures__contains=[Nature.STRUCTURE]) for m in ouverts]
    return Organisation.objects.filter(reduce(or_, [*complets, *partages], Q(pk__in=[])))


SORTES = (
    Sorte(
        "Missions",
        _missions,
        lambda m: Trouve(m.titre, m.get_absolute_url(), f"{m.operateur.nom}, {m.annee_lisible}"),
        "ingenieries:liste",
    ),
    Sorte(
        "Structures et partenaires",
        _structures,
        lambda o: Trouve(
            o.nom,
            reverse("annuaire:fiche", args=[o.pk]),
            o.commune.nom if o.commune else ", ".join(o.natures_lisibles),
        ),
        "annuaire:structures",
    ),
    Sorte(
        "Demandes",
        _demandes,
        lambda d: Trouve(
            str(d.structure),
            d.get_absolute_url(),
            f"Reçue le {d.recue_le:%d/%m/%Y}, {d.get_etat_display()}",
        ),
        "accueillir:demandes",
    ),
    Sorte(
        "Diagnostics",
        _diagnostics,
        lambda d: Trouve(
            str(d.structure), d.get_absolute_url(), f"Du {d.date:%d/%m/%Y}, {d.get_etat_display()}"
        ),
        "accueillir:diagnostics",
    ),
    Sorte(
        "Besoins partagés",
        _problematiques,
        lambda p: Trouve(p.titre, p.get_absolute_url(), p.operateur.nom),
        "identifier:problematiques",
    ),
    Sorte(
        "Besoins entendus",
        _signaux,
        lambda s: Trouve(citer(s), s.get_absolute_url(), s.date.strftime("%d/%m/%Y")),
        "identifier:signaux",
    ),
    Sorte(
        "Fiches publiées",
        _fiches,
        lambda f: Trouve(f.titre, f.get_absolute_url(), f.contexte.identite.dla),
        "capitaliser:bibliotheque",
    ),
    Sorte(
        "Personnes",
        _personnes,
        lambda r: Trouve(
            str(r.personne),
            reverse("annuaire:fiche", args=[r.organisation_id]),
            f"{r.get_role_display()}, {r.organisation.nom}",
        ),
    ),
)
