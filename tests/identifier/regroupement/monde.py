"""Des besoins qui disent la même chose, et le travail qui les rapproche, sans ouvrier."""

from __future__ import annotations

from typing import Any

from maillage.accueillir.models import Besoin
from maillage.annuaire.models import Organisation
from maillage.identifier.models import Rapprochement, Signal
from maillage.identifier.regroupement.travail import rapprocher
from tests.accueillir.fabriques import diagnostic_valide, structure_accueillie
from tests.fabriques import organisation
from tests.identifier.monde import signal

PRET = ("finances.banque", "la banque refuse le prêt, il faudrait une garantie")
FRAIS = ("finances.banque", "la banque nous prend des frais de tenue de compte")


class Compteur:
    """Retient ce que le travail dit de sa progression."""

    def __init__(self) -> None:
        self.dits: list[tuple[int, int, str]] = []

    def avancer(self, fait: int, total: int, message: str = "") -> None:
        self.dits.append((fait, total, message))


def dire(dla: Organisation, combien: int, dit: tuple[str, str] = PRET) -> list[Signal]:
    """Autant de structures du DLA qui disent la même chose."""
    theme, texte = dit
    return [
        signal(
            dla,
            texte=texte,
            themes=[theme],
            structure=organisation(operateur=dla),
        )
        for _ in range(combien)
    ]


def besoin_de_diagnostic(dla: Organisation, **champs: Any) -> Besoin:
    """Un besoin du diagnostic validé d'une structure de ce DLA."""
    diagnostic = diagnostic_valide(structure_accueillie(dla), dla)
    return Besoin.objects.create(diagnostic=diagnostic, domaine="finances", **champs)


def lancer(*dla: Organisation) -> str:
    compteur: Any = Compteur()
    return rapprocher(compteur, operateurs=[str(d.pk) for d in dla] or None)


def trouve(dla: Organisation) -> Rapprochement:
    return Rapprochement.objects.get(operateur=dla)


def membres(rapprochement: Rapprochement) -> set[Signal]:
    return set(rapprochement.signaux.all())
