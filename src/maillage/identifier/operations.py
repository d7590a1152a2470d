"""Ce que l'on fait d'un besoin : une transaction par fonction, une phrase au journal.

Qui lit une problématique n'en voit pas tous les signaux, structures et missions : la phrase qui en
nomme un reste au DLA qui la porte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from maillage.annuaire.models import Organisation
from maillage.identifier.codage.operations import garder
from maillage.identifier.models import Ciblage, Orientation, Problematique, Signal
from maillage.identifier.transitions import ETATS
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.operations import ouvrir_ingenierie
from maillage.socle.etats import choisir
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer, compter
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

Liens = Mapping[str, Iterable[Any]]


@operation
def noter_signal(signal: Signal, *, par: Utilisateur) -> Signal:
    """Garde un besoin entendu, même d'un trait ; il se code plus tard."""
    signal.note_par = par
    signal.save(force_insert=True)
    journaliser(signal, "a noté ce besoin", par=par)
    return signal


@operation
def noter_signaux(
    signaux: Iterable[Signal], *, pour: Problematique | None = None, par: Utilisateur
) -> list[Signal]:
    """Garde d'un geste plusieurs besoins, tous ou aucun ; `pour` : celle qu'ils nourrissent."""
    notes = [noter_signal(signal, par=par) for signal in signaux]
    if pour:
        joindre_signaux(pour, notes, par=par)
    return notes


@operation
def modifier_signal(
    signal: Signal, *, version: int, par: Utilisateur, proposes: Sequence[str] = ()
) -> Signal:
    """Complète ou code un signal ; un codage nouveau est gardé. Lève `ConflitDeVersion`.

    `proposes` : les thèmes que la page proposait.
    """
    lu = Signal.objects.only("themes", "source").get(pk=signal.pk)
    enregistrer(signal, version=version)
    if signal.themes and signal.themes != lu.themes:
        garder(signal, avant=(lu.themes, lu.source), proposes=proposes, par=par)
    journaliser(signal, "a complété ce besoin", par=par)
    return signal


@operation
def retirer_signal(signal: Signal, *, par: Utilisateur) -> None:
    """Retire un signal noté par erreur ; son historique reste."""
    for problematique in signal.problematiques.all():
        journaliser(problematique, f"a retiré {_dit(signal)}", par=par, interne=True)
    journaliser(signal, f"a retiré {_dit(signal)}", par=par)
    signal.delete()


@operation
def formuler(problematique: Problematique, *, liens: Liens, par: Utilisateur) -> Problematique:
    """Rassemble des signaux en une problématique ; leurs structures viennent avec eux."""
    problematique.save(force_insert=True)
    signaux = list(liens.get("signaux", ()))
    problematique.territoires.set(liens.get("territoires", ()))
    _joindre(problematique, signaux)
    journaliser(problematique, "a formulé cette problématique", par=par)
    return problematique


@operation
def modifier_problematique(
    problematique: Problematique, *, version: int, liens: Liens, par: Utilisateur
) -> Problematique:
    """Enregistre la problématique. Lève `ConflitDeVersion`."""
    enregistrer(problematique, version=version)
    problematique.territoires.set(liens.get("territoires", ()))
    journaliser(problematique, "a modifié la problématique", par=par)
    return problematique


@operation
def joindre_signaux(
    problematique: Problematique, signaux: Collection[Signal], *, par: Utilisateur
) -> None:
    """Ajoute des preuves ; les structures qu'elles citent rejoignent la problématique."""
    _joindre(problematique, signaux)
    combien = compter(len(signaux), "signal", "signaux")
    journaliser(problematique, f"a joint {combien}", par=par)


@operation
def detacher_signal(problematique: Problematique, signal: Signal, *, par: Utilisateur) -> None:
    """Retire une preuve ; le signal, lui, reste."""
    problematique.signaux.remove(signal)
    journaliser(problematique, f"a détaché {_dit(signal)}", par=par, interne=True)


@operation
def ajouter_structure(
    problematique: Problematique, structure: Organisation, *, par: Utilisateur
) -> None:
    """Dit qu'une structure partage ce besoin."""
    problematique.structures.add(structure)
    journaliser(problematique, f"a ajouté la structure {structure}", par=par, interne=True)


@operation
def retirer_structure(
    problematique: Problematique, structure: Organisation, *, par: Utilisateur
) -> None:
    """Dit qu'une structure ne partage pas ce besoin, finalement."""
    problematique.structures.remove(structure)
    journaliser(problematique, f"a retiré la structure {structure}", par=par, interne=True)


@operation
def changer_etat(
    problematique: Problematique, verbe: str, *, version: int, motif: str = "", par: Utilisateur
) -> Problematique:
    """Joue un verbe de la table `ETATS`. Lève `TransitionRefusee` ou `ConflitDeVersion`."""
    choisir(problematique, ETATS, verbe, version=version, motif=motif, par=par)
    return problematique


@operation
def ouvrir_depuis(
    problematique: Problematique, ingenierie: Ingenierie, *, liens: Liens, par: Utilisateur
) -> Ingenierie:
    """Ouvre une mission qui répond à la problématique ; le lien entre elles est gardé."""
    ouvrir_ingenierie(ingenierie, liens=liens, par=par)
    problematique.ingenieries.add(ingenierie)
    journaliser(
        problematique, f"a ouvert la mission {citer(ingenierie.titre)}", par=par, interne=True
    )
    return ingenierie


@operation
def rattacher(problematique: Problematique, ingenierie: Ingenierie, *, par: Utilisateur) -> None:
    """Dit qu'une mission déjà ouverte répond à la problématique."""
    problematique.ingenieries.add(ingenierie)
    journaliser(
        problematique, f"a rattaché la mission {citer(ingenierie.titre)}", par=par, interne=True
    )
    journaliser(ingenierie, f"a rattaché la problématique {citer(problematique.titre)}", par=par)


@operation
def orienter(orientation: Orientation, *, par: Utilisateur) -> Orientation:
    """Adresse une structure à qui saura lui répondre ; il reste à le lui dire."""
    orientation.save(force_insert=True)
    phrase = f"a orienté {orientation.structure} vers {orientation.destination}"
    journaliser(orientation.problematique, phrase, par=par, interne=True)
    return orientation


@operation
def rendre(orientation: Orientation, *, le: date, par: Utilisateur) -> None:
    """Dit que la structure sait vers qui elle est orientée ; le redire ne change rien."""
    if orientation.rendue_le:
        return
    orientation.rendue_le = le
    enregistrer(orientation, version=orientation.version)
    phrase = f"a dit à {orientation.structure} vers qui elle est orientée"
    journaliser(orientation.problematique, phrase, par=par, interne=True)


@dataclass(frozen=True, slots=True)
class LigneDeCiblage:
    """Ce qu'une personne écrit pour un sous-item, et ce qu'elle y avait lu."""

    sous_item: str
    retenu: str
    lu: str = ""


class ConflitDeCiblage(Exception):
    """Des sous-items ont changé entre-temps ; `enregistres` : leur texte en base."""

    def __init__(self, enregistres: dict[str, str]) -> None:
        super().__init__("Le ciblage a été modifié entre-temps.")
        self.enregistres = enregistres


@operation
def cibler(ingenierie: Ingenierie, lignes: Collection[LigneDeCiblage], *, par: Utilisateur) -> None:
    """Enregistre des sous-items d'un seul geste ; un texte vidé retire sa ligne.

    Lève `ConflitDeCiblage`, sans rien écrire, si l'un d'eux n'est plus ce que la personne a lu.
    """
    Ingenierie.objects.select_for_update().get(pk=ingenierie.pk)
    presents = {c.sous_item: c for c in ingenierie.ciblages.all()}
    textes = {ligne.sous_item: _retenu(presents, ligne.sous_item) for ligne in lignes}
    changees = [ligne for ligne in lignes if ligne.retenu != textes[ligne.sous_item]]
    conflits = {c.sous_item: textes[c.sous_item] for c in changees if c.lu != textes[c.sous_item]}
    if conflits:
        raise ConflitDeCiblage(conflits)
    for ligne in changees:
        _ecrire(ingenierie, presents.get(ligne.sous_item), ligne)
    if changees:
        combien = compter(len(changees), "sous-item", "sous-items")
        journaliser(ingenierie, f"a précisé le ciblage ({combien})", par=par)


def _dit(signal: Signal) -> str:
    """Le signal pour le journal, où les mots d'un diagnostic n'entrent pas (règle 3)."""
    return "un besoin d’un diagnostic" if signal.besoin_id else f"le besoin {citer(signal)}"


def _retenu(presents: Mapping[str, Ciblage], code: str) -> str:
    return presents[code].retenu if code in presents else ""


def _ecrire(ingenierie: Ingenierie, present: Ciblage | None, ligne: LigneDeCiblage) -> None:
    if present is None:
        Ciblage.objects.create(
            ingenierie=ingenierie, sous_item=ligne.sous_item, retenu=ligne.retenu
        )
    elif not ligne.retenu:
        present.delete()
    else:
        present.retenu = ligne.retenu
        enregistrer(present, version=present.version)


def _joindre(problematique: Problematique, signaux: Collection[Signal]) -> None:
    """Les structures citées suivent, sauf celles qu'un diagnostic nommerait (règle 3)."""
    problematique.signaux.add(*signaux)
    dites = {s.structure for s in signaux if s.structure and s.besoin_id is None}
    problematique.structures.add(*dites)
