"""Les listes des besoins : signaux, rapprochements et problématiques."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest

from maillage.annuaire.champs import filtre_de_secteur
from maillage.identifier import choix
from maillage.identifier.choix import themes_par_famille
from maillage.identifier.models import (
    EtatProblematique,
    EtatRapprochement,
    Problematique,
    Rapprochement,
    Signal,
)
from maillage.identifier.models.signal import SignalQuerySet
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Filtres, Liste
from maillage.socle.mots import compter
from maillage.socle.quantites import ecrire_nombre

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

RESUMES = 1_000
"""Au-delà, la phrase d'en-tête dit « plus de » : un département n'y va pas en un an."""

COLONNES_DES_SIGNAUX = [
    ColonneDeListe("Choisir"),
    ColonneDeListe("Ce qui a été dit"),
    ColonneDeListe("Entendu le", "date", ["date", "cree_le"]),
    ColonneDeListe("Source", "source", ["source"]),
    ColonneDeListe("Thèmes"),
    ColonneDeListe("Structure", "structure", ["structure__nom_normalise"]),
]

COLONNES_DES_PROBLEMATIQUES = [
    ColonneDeListe("Problématique", "titre", ["recherche"]),
    ColonneDeListe("Portée par", "dla", ["operateur__nom_normalise"]),
    ColonneDeListe("Signaux", "signaux", ["nb_signaux"], nombre=True),
    ColonneDeListe("Structures", "structures", ["nb_structures"], nombre=True),
    ColonneDeListe("Missions", "missions", ["nb_missions"], nombre=True),
    ColonneDeListe("État", "etat", ["etat"]),
    ColonneDeListe("Formulée", "cree", ["cree_le"]),
]

COLONNES_DES_RAPPROCHEMENTS = [
    ColonneDeListe("Besoin partagé", "besoin", ["libelle"]),
    ColonneDeListe("Thème", "theme", ["theme", "libelle"]),
    ColonneDeListe("Structures", "structures", ["nb_structures"], nombre=True),
    ColonneDeListe("Besoins", "besoins", ["nb_signaux"], nombre=True),
    ColonneDeListe("Ce qui les rapproche"),
    ColonneDeListe("État", "etat", ["etat"]),
]

EXPORT_DES_SIGNAUX: Export[Signal] = Export(
    "besoins",
    [
        Colonne("date", "Entendu le", lambda s: s.date),
        Colonne("texte", "Ce qui a été dit", lambda s: s.mots),
        Colonne("source", "Source", lambda s: s.get_source_display()),
        Colonne("auteur", "Qui l’a dit", lambda s: s.auteur_libelle),
        Colonne("au_nom_de", "Au nom de", lambda s: str(s.auteur_organisation or "")),
        Colonne("structure", "Structure concernée", lambda s: str(s.structure or "")),
        Colonne("territoire", "Territoire", lambda s: str(s.territoire or "")),
        Colonne("secteur", "Secteur", lambda s: s.get_secteur_display()),
        Colonne("themes", "Thèmes", lambda s: ", ".join(s.themes_lisibles)),
        Colonne("dla", "Noté par", lambda s: s.operateur.nom),
    ],
)

EXPORT_DES_RAPPROCHEMENTS: Export[Any] = Export(
    "rapprochements",
    [
        Colonne("besoin", "Besoin partagé", lambda r: r.libelle),
        Colonne("theme", "Thème", lambda r: r.theme_lisible),
        Colonne("structures", "Structures", lambda r: r.nb_structures),
        Colonne("besoins", "Besoins", lambda r: r.nb_signaux),
        Colonne("mots", "Mots", lambda r: ", ".join(r.mots)),
        Colonne("etat", "État", lambda r: r.get_etat_display()),
        Colonne("motif", "Pourquoi écarté", lambda r: r.motif),
        Colonne("problematique", "Problématique", lambda r: str(r.problematique or "")),
        Colonne("dla", "Proposé à", lambda r: r.operateur.nom),
    ],
)

EXPORT_DES_PROBLEMATIQUES: Export[Any] = Export(
    "problematiques",
    [
        Colonne("titre", "Problématique", lambda p: p.titre),
        Colonne("dla", "Portée par", lambda p: p.operateur.nom),
        Colonne("etat", "État", lambda p: p.get_etat_display()),
        Colonne("motif", "Pourquoi écartée", lambda p: p.motif),
        Colonne("secteur", "Secteur", lambda p: p.get_secteur_display()),
        Colonne("contexte", "Contexte", lambda p: p.contexte),
        Colonne("enjeux", "Enjeux", lambda p: p.enjeux),
        Colonne("signaux", "Signaux", lambda p: p.nb_signaux),
        Colonne("structures", "Structures", lambda p: p.nb_structures),
        Colonne("missions", "Missions", lambda p: p.nb_missions),
    ],
)


class FiltresDeSignaux(Filtres):
    """Recherche, source, thème, secteur, à coder ; ceux d'une mission, par un lien."""

    egaux = ("source", "secteur", "ingenierie")

    ingenierie = forms.UUIDField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label="Chercher dans les besoins", required=False, max_length=100)
    source = forms.ChoiceField(
        label="Source",
        required=False,
        choices=lambda: [("", "Toutes les sources"), *choix.sources()],
    )
    theme = forms.ChoiceField(
        label="Thème",
        required=False,
        choices=lambda: [("", "Tous les thèmes"), *themes_par_famille()],
    )
    secteur = filtre_de_secteur()
    a_coder = forms.BooleanField(label="Seulement à coder", required=False)

    def appliquer(self, objets: SignalQuerySet) -> SignalQuerySet:
        retenus: SignalQuerySet = super().appliquer(objets)
        if theme := self.cleaned_data.get("theme"):
            retenus = retenus.filter(themes__contains=[theme])
        return retenus.non_codes() if self.cleaned_data.get("a_coder") else retenus


class FiltresDeProblematiques(Filtres):
    """Recherche et état."""

    egaux = ("etat",)

    q = forms.CharField(label="Chercher dans les problématiques", required=False, max_length=100)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous les états"), *EtatProblematique.choices]
    )


class FiltresDeRapprochements(Filtres):
    """Thème et état ; ce que l'on a écarté ne se montre que si on le demande."""

    egaux = ("theme",)

    theme = forms.ChoiceField(
        label="Thème",
        required=False,
        choices=lambda: [("", "Tous les thèmes"), *themes_par_famille()],
    )
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Proposés et retenus"), *EtatRapprochement.choices],
    )

    def appliquer(self, objets: Any) -> Any:
        retenus = super().appliquer(objets)
        if etat := self.cleaned_data.get("etat"):
            return retenus.filter(etat=etat)
        return retenus.exclude(etat=EtatRapprochement.ECARTE)


def signaux(request: HttpRequest, utilisateur: Utilisateur) -> Liste:
    """La liste des signaux visibles, telle que l'adresse la demande."""
    return Liste(
        request,
        Signal.objects.visibles_par(utilisateur).pour_liste(),
        colonnes=COLONNES_DES_SIGNAUX,
        tri="-date",
        filtres=FiltresDeSignaux(request.GET),
    )


def rapprochements(request: HttpRequest, utilisateur: Utilisateur) -> Liste:
    """La liste des rapprochements proposés à mes DLA."""
    return Liste(
        request,
        Rapprochement.objects.visibles_par(utilisateur).pour_liste(),
        colonnes=COLONNES_DES_RAPPROCHEMENTS,
        tri="-structures",
        filtres=FiltresDeRapprochements(request.GET),
    )


def problematiques(request: HttpRequest, utilisateur: Utilisateur) -> Liste:
    """La liste des problématiques visibles."""
    return Liste(
        request,
        Problematique.objects.visibles_par(utilisateur).pour_liste(),
        colonnes=COLONNES_DES_PROBLEMATIQUES,
        tri="-cree",
        filtres=FiltresDeProblematiques(request.GET),
    )


def resume(utilisateur: Utilisateur, aujourdhui: date) -> str:
    """La phrase en tête des besoins : ce qui s'est dit depuis janvier (une requête bornée)."""
    depuis = Signal.objects.visibles_par(utilisateur).filter(date__gte=date(aujourdhui.year, 1, 1))
    # Les derniers d'abord : tout le pays se lit dans l'ordre de l'index, et s'arrête là.
    comptes = depuis.order_by("-date")[: RESUMES + 1].aggregate(
        voix=Count("pk"),
        structures=Count("structure", distinct=True),
        a_coder=Count("pk", filter=Q(themes=[]) | Q(source="")),
    )
    if not comptes["voix"]:
        return "Ce que les structures et ceux qui les connaissent disent de leurs besoins."
    if comptes["voix"] > RESUMES:
        return f"Depuis janvier, plus de {ecrire_nombre(RESUMES)} besoins notés."
    dites = compter(comptes["voix"], "besoin noté", "besoins notés")
    aupres = f" auprès de {compter(n, 'structure')}" if (n := comptes["structures"]) else ""
    reste = f", dont {n} à coder" if (n := comptes["a_coder"]) else ""
    return f"Depuis janvier, {dites}{aupres}{reste}."
