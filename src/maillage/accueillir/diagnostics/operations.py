"""Ce que l'on fait d'un diagnostic : l'ouvrir, l'écrire domaine par domaine, dire ses besoins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from maillage import methode
from maillage.accueillir.models import (
    Besoin,
    Diagnostic,
    FormeDeDiagnostic,
    Volet,
)
from maillage.socle.droits import Refus, refuse
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

REPRIS = ("situation", "forces", "fragilites", "preuves", "reponses")


@operation
def ouvrir(diagnostic: Diagnostic, *, par: Utilisateur | None) -> Diagnostic:
    """Ouvre un diagnostic sur la grille en service, un volet par domaine.

    Celui qu'il reprend (`precedent`) lui donne ses textes et ses besoins, à relire et à corriger ;
    l'interne d'un autre DLA reste chez lui.
    """
    grille = methode.diagnostic()
    diagnostic.version_de_grille = grille.version
    diagnostic.save(force_insert=True)
    codes = [domaine.code for domaine in grille.domaines]
    repris = _volets(diagnostic.precedent)
    repris_d_ici = (*REPRIS, "note_interne") if _du_meme_dla(diagnostic) else REPRIS
    for code in codes:
        volet = Volet(diagnostic=diagnostic, domaine=code)
        if ancien := repris.get(code):
            for champ in repris_d_ici:
                setattr(volet, champ, getattr(ancien, champ))
        volet.save(force_insert=True)
    if diagnostic.precedent:
        _reprendre_les_besoins(diagnostic, diagnostic.precedent, codes)
    phrase = "a ouvert ce diagnostic"
    if diagnostic.precedent:
        phrase += f", qui reprend celui du {diagnostic.precedent.date:%d/%m/%Y}"
    journaliser(diagnostic, phrase, par=par)
    return diagnostic


@operation
def modifier(diagnostic: Diagnostic, *, version: int, par: Utilisateur) -> Diagnostic:
    """Enregistre la date, la synthèse, qui s'en charge. Lève `ConflitDeVersion` ou `Refus`."""
    _exiger_en_cours(diagnostic)
    enregistrer(diagnostic, version=version)
    journaliser(diagnostic, "a écrit ce qu’il faut retenir", par=par)
    return diagnostic


@operation
def changer_de_forme(
    diagnostic: Diagnostic, *, forme: str, version: int, par: Utilisateur
) -> Diagnostic:
    """Bascule de forme ; ce qui est écrit reste. Lève `ConflitDeVersion` ou `Refus`."""
    _exiger_en_cours(diagnostic)
    diagnostic.forme = FormeDeDiagnostic(forme)
    enregistrer(diagnostic, version=version)
    journaliser(diagnostic, f"est passé·e à la {diagnostic.get_forme_display()}", par=par)
    return diagnostic


@operation
def ecrire_volet(volet: Volet, *, version: int, par: Utilisateur | None) -> Volet:
    """Enregistre un domaine. Lève `ConflitDeVersion`, ou `Refus` s'il a été soumis entre-temps."""
    _exiger_en_cours(volet.diagnostic)
    enregistrer(volet, version=version)
    journaliser(volet.diagnostic, f"a écrit le domaine {citer(volet)}", par=par)
    return volet


@operation
def ajouter_besoin(besoin: Besoin, *, version: int = 1, par: Utilisateur | None) -> Besoin:
    """Note un besoin du diagnostic. Lève `Refus` s'il a été soumis entre-temps."""
    _exiger_en_cours(besoin.diagnostic)
    besoin.save(force_insert=True)
    journaliser(besoin.diagnostic, f"a noté {_un(besoin)}", par=par, interne=besoin.interne)
    return besoin


@operation
def modifier_besoin(besoin: Besoin, *, version: int, par: Utilisateur) -> Besoin:
    """Corrige ou code un besoin. Lève `ConflitDeVersion`, ou `Refus` s'il a été soumis."""
    _exiger_en_cours(besoin.diagnostic)
    etait_interne = Besoin.objects.filter(pk=besoin.pk, interne=True).exists()
    enregistrer(besoin, version=version)
    interne = besoin.interne or etait_interne
    journaliser(besoin.diagnostic, f"a corrigé {_un(besoin)}", par=par, interne=interne)
    return besoin


@operation
def retirer_besoin(besoin: Besoin, *, par: Utilisateur) -> None:
    """Retire un besoin noté par erreur ; son historique reste. Lève `Refus` s'il a été soumis."""
    _exiger_en_cours(besoin.diagnostic)
    journaliser(besoin.diagnostic, f"a retiré {_un(besoin)}", par=par, interne=besoin.interne)
    besoin.delete()


def _exiger_en_cours(diagnostic: Diagnostic) -> None:
    """Un geste à la fois : on ne l'écrit pas pendant que la structure le relit."""
    present = Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
    if not present.se_modifie:
        raise Refus(
            refuse(
                f"Ce diagnostic est {present.get_etat_display()} : il ne s’écrit plus.",
                "Votre texte est gardé sur ce poste ; remettez d’abord le diagnostic en cours.",
            )
        )


def _du_meme_dla(diagnostic: Diagnostic) -> bool:
    precedent = diagnostic.precedent
    return precedent is not None and precedent.operateur_id == diagnostic.operateur_id


def _volets(precedent: Diagnostic | None) -> dict[str, Volet]:
    return {v.domaine: v for v in precedent.volets.all()} if precedent else {}


def _reprendre_les_besoins(
    diagnostic: Diagnostic, precedent: Diagnostic, domaines: Iterable[str]
) -> None:
    """Chaque besoin garde son origine : on saura s'il est levé, ou toujours là."""
    anciens = precedent.besoins.filter(domaine__in=list(domaines))
    if not _du_meme_dla(diagnostic):
        anciens = anciens.filter(interne=False)
    for ancien in anciens:
        Besoin.objects.create(
            diagnostic=diagnostic,
            domaine=ancien.domaine,
            theme=ancien.theme,
            dit=ancien.dit,
            prioritaire=ancien.prioritaire,
            interne=ancien.interne,
            origine_id=ancien.origine_id or ancien.pk,
        )


def _un(besoin: Besoin) -> str:
    """Sans ses mots : ce qui devient interne ne doit pas rester lisible au journal."""
    return f"un besoin du domaine {citer(besoin.get_domaine_display())}"
