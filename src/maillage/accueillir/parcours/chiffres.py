"""Les chiffres de la structure avant et après le parcours ; l'inconnu n'est pas zéro."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from maillage.annuaire.models import ChiffresAnnuels
from maillage.socle.quantites import Quantite, ecrire_nombre, meler

COMPARES = (("emplois", "Emplois"), ("etp", "Équivalents temps plein"), ("budget", "Budget"))


@dataclass(frozen=True, slots=True)
class Compare:
    """Un chiffre avant et après, et la différence en mots."""

    libelle: str
    avant: Quantite
    apres: Quantite

    @property
    def ecart(self) -> str:
        """« + 2 », « environ − 500 € », « pareil » ; « inconnu » s'il manque l'un des deux."""
        if self.avant.valeur is None or self.apres.valeur is None:
            return "inconnu"
        precision = meler([self.avant.precision, self.apres.precision])
        difference = self.apres.valeur - self.avant.valeur
        if not difference:
            return "pareil"
        signe = "+" if difference > 0 else "−"
        nombre = f"{signe}\u00a0{ecrire_nombre(abs(difference))}"
        unite = f"\u00a0{self.avant.unite}" if self.avant.unite else ""
        approche = "" if precision == "exact" else "environ "
        return f"{approche}{nombre}{unite}"


@dataclass(frozen=True, slots=True)
class AvantApres:
    """Les deux années comparées (None : aucune connue) et leurs chiffres."""

    avant: int | None
    apres: int | None
    lignes: Sequence[Compare]


def comparer(annees: Sequence[ChiffresAnnuels], ouvert_en: int, fini_en: int) -> AvantApres:
    """Avant : la dernière année connue jusqu'à l'ouverture ; après : la dernière qui la suit.

    `fini_en` borne l'après, une année plus loin : les comptes d'une année se lisent la suivante.
    """
    triees = sorted(annees, key=lambda c: c.annee)
    avant = next((c for c in reversed(triees) if c.annee <= ouvert_en), None)
    suivent = [c for c in triees if ouvert_en < c.annee <= fini_en + 1]
    apres = suivent[-1] if suivent else None
    return AvantApres(
        avant.annee if avant else None,
        apres.annee if apres else None,
        [Compare(libelle, _lire(avant, nom), _lire(apres, nom)) for nom, libelle in COMPARES],
    )


def _lire(annee: ChiffresAnnuels | None, nom: str) -> Quantite:
    if annee is None:
        return Quantite.inconnue()
    quantite: Quantite = getattr(annee, nom)
    return (
        Quantite(Decimal(quantite.valeur), quantite.precision, quantite.unite)
        if (quantite.valeur is not None)
        else quantite
    )
