"""Un diagnostic tel qu'on le lit : la grille de son jour, ses volets, ses besoins."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from maillage import methode
from maillage.accueillir.models import Besoin, Diagnostic, EtatVolet, Volet
from maillage.methode.notions.accueillir import Domaine
from maillage.socle.mots import compter

if TYPE_CHECKING:
    from uuid import UUID

_ETATS = {EtatVolet.VU: "fait", EtatVolet.SANS_OBJET: "sans_objet"}


@dataclass(frozen=True, slots=True)
class DomaineLu:
    """Un domaine de la grille, ce qui y est écrit, ses besoins."""

    domaine: Domaine
    volet: Volet
    besoins: tuple[Besoin, ...]

    @property
    def code(self) -> str:
        return self.domaine.code

    @property
    def nom(self) -> str:
        return self.domaine.libelle

    @property
    def etat(self) -> str:
        """Sa forme sur le chemin : fait, en cours, à ouvrir, sans objet."""
        commence = self.volet.ecrit or self.volet.note_interne or self.besoins
        return _ETATS.get(EtatVolet(self.volet.etat), "en_cours" if commence else "a_faire")

    @property
    def partages(self) -> tuple[Besoin, ...]:
        """Ce que la structure en lit."""
        return tuple(besoin for besoin in self.besoins if not besoin.interne)

    @property
    def reponses(self) -> list[tuple[str, str]]:
        """(question, réponse), dans l'ordre de la grille ; celles qui sont dites."""
        dites = self.volet.reponses
        return [(q.libelle, dites[q.code]) for q in self.domaine.questions if dites.get(q.code)]

    def url(self, diagnostic: UUID) -> str:
        return reverse("accueillir:domaine", args=[diagnostic, self.code])


def lire(diagnostic: Diagnostic) -> list[DomaineLu]:
    """Les domaines de sa grille, dans l'ordre (deux requêtes, ou aucune s'ils sont préchargés)."""
    volets = {volet.domaine: volet for volet in diagnostic.volets.all()}
    besoins: dict[str, list[Besoin]] = defaultdict(list)
    for besoin in diagnostic.besoins.all():
        besoins[besoin.domaine].append(besoin)
    return [
        DomaineLu(
            domaine,
            volets.get(domaine.code) or Volet(domaine=domaine.code),
            tuple(besoins[domaine.code]),
        )
        for domaine in methode.grille_de_diagnostic(diagnostic.version_de_grille).domaines
    ]


def dire_ou_il_en_est(domaines: list[DomaineLu]) -> str:
    """« 3 domaines vus ensemble, 2 à poursuivre, 3 à ouvrir. »"""
    comptes = {
        etat: sum(lu.etat == etat for lu in domaines)
        for etat in ("fait", "en_cours", "a_faire", "sans_objet")
    }
    suites = [
        compter(comptes["fait"], "domaine vu ensemble", "domaines vus ensemble"),
        *([f"{comptes['en_cours']} à poursuivre"] if comptes["en_cours"] else []),
        *([f"{comptes['a_faire']} à ouvrir"] if comptes["a_faire"] else []),
        *([f"{comptes['sans_objet']} sans objet"] if comptes["sans_objet"] else []),
    ]
    return f"{', '.join(suites)}."
