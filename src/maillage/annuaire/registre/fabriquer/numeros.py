"""Numéros fabriqués, dont les clefs de contrôle sont justes."""

from __future__ import annotations

from maillage.annuaire.registre.fabriquer.lieux import Lieu

_DOUBLES = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def numero_rna(lieu: Lieu, rang: int) -> str:
    """« W632007046 » : le greffe, puis le rang dans le département."""
    return f"W{lieu.greffe}{rang + 1:06d}"


def ancien_numero(lieu: Lieu, rang: int) -> str:
    """« 632P0012007046 » : l'identifiant d'avant Waldec, dans `rna_import`."""
    return f"{gestion(lieu)}{lieu.greffe[:2]:0>3}{rang + 1:07d}"


def gestion(lieu: Lieu) -> str:
    """Le service qui tient le dossier : préfecture au chef-lieu, sous-préfecture ailleurs."""
    return f"{lieu.greffe}{'P' if lieu.greffe[-1] in '12' else 'S'}"


def siren(rang_du_departement: int, rang: int) -> str:
    """Neuf chiffres, un par association tant qu'un département en a moins de 500 000."""
    debut = f"{30_000_000 + 500_000 * rang_du_departement + rang % 500_000:08d}"
    return debut + _clef(debut)


def siret(numero: str, etablissement: int) -> str:
    """Le SIREN, quatre chiffres de rang et la clef."""
    debut = f"{numero}{etablissement:04d}"
    return debut + _clef(debut)


def _clef(debut: str) -> str:
    """Le chiffre qui rend juste la clef de Luhn de la suite entière."""
    somme = 0
    double = True
    for chiffre in reversed(debut):
        somme += _DOUBLES[int(chiffre)] if double else int(chiffre)
        double = not double
    return str(-somme % 10)
