"""La liste des ciblages d'un DLA, et celle des structures d'un résultat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest

from maillage.identifier.ciblage.resultats import Releve
from maillage.identifier.models import RechercheDeCiblage, ResultatDeCiblage
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Filtres, Liste

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

COLONNES = [
    ColonneDeListe("Ciblage", "nom", ["recherche"]),
    ColonneDeListe("Pour"),
    ColonneDeListe("Modifié le", "modifie", ["modifie_le"]),
    ColonneDeListe("Dernier résultat", "resultat", ["dernier_le"]),
    ColonneDeListe("Structures", "structures", ["dernier_nombre"], nombre=True),
]
COLONNES_DES_STRUCTURES = [
    ColonneDeListe("Choisir"),
    ColonneDeListe("Structure", "nom", ["nom"]),
    ColonneDeListe("Commune", "commune", ["commune__nom_normalise"]),
    ColonneDeListe("D’où elle vient", "source", ["du_registre", "nom"]),
    ColonneDeListe("À vérifier"),
]


class FiltresDeCiblages(Filtres):
    """Le nom."""

    q = forms.CharField(label="Chercher un ciblage", required=False, max_length=100)


def ciblages(request: HttpRequest, utilisateur: Utilisateur) -> Liste:
    """Les ciblages que tient le DLA, le dernier touché d'abord."""
    derniers = ResultatDeCiblage.objects.filter(recherche=OuterRef("pk")).order_by("-le")
    return Liste(
        request,
        RechercheDeCiblage.objects.visibles_par(utilisateur)
        .select_related("ingenierie", "problematique")
        .annotate(
            dernier_le=Subquery(derniers.values("le")[:1]),
            dernier_nombre=Subquery(derniers.values("retenues")[:1]),
        ),
        colonnes=COLONNES,
        tri="-modifie",
        filtres=FiltresDeCiblages(request.GET),
    )


def structures(request: HttpRequest, releve: Releve, *, a_cocher: bool) -> Liste:
    """Les structures d'un résultat, vos fiches d'abord ; à cocher si l'on peut les verser."""
    colonnes = COLONNES_DES_STRUCTURES if a_cocher else COLONNES_DES_STRUCTURES[1:]
    return Liste(request, releve.visibles(), colonnes=colonnes, tri="source", par_page=50)


def lignes(liste: Liste, releve: Releve) -> Iterator[dict[str, Any]]:
    """Chaque structure de la page, et ce que l'on ne savait pas d'elle."""
    for ligne in liste.page:
        yield {"structure": ligne, "a_verifier": releve.a_verifier(ligne.profil)}


def export(releve: Releve) -> Export[Any]:
    """Les structures du résultat, en fichier."""
    return Export(
        "ciblage",
        [
            Colonne("structure", "Structure", lambda s: s.nom),
            Colonne("commune", "Commune", lambda s: s.commune.nom if s.commune else ""),
            Colonne("source", "D’où elle vient", source),
            Colonne("a_verifier", "À vérifier", lambda s: releve.a_verifier(s.profil)),
        ],
    )


def source(ligne: Any) -> str:
    """« votre annuaire », « registre W251000123 »."""
    return f"registre {ligne.cle}" if ligne.du_registre else "votre annuaire"
