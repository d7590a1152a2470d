"""Lire la charge d'une année : l'objectif, le réalisé et le reste, puis ce que porte chacun."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from maillage import methode
from maillage.accueillir.equipe import equipe_de
from maillage.accueillir.models import ObjectifConvenu
from maillage.methode.notions.accueillir import NatureDeCharge
from maillage.piloter.charge.comptes import COMPTES, Champ, compter, jours
from maillage.socle.agregats import nombre
from maillage.socle.mots import citer
from maillage.socle.quantites import Quantite, Total, accorder, ecrire_nombre

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

JOURS = "jours"
PORTES = ("parcours_en_cours", "actions", "missions_ouvertes")


@dataclass(frozen=True, slots=True)
class Face:
    """Une nature, son objectif en face de ce qui est fait."""

    nature: NatureDeCharge
    objectif: Total
    fait: Quantite
    sans_duree: int
    url: str

    @property
    def convenu(self) -> bool:
        return self.objectif.connues > 0

    @property
    def reste(self) -> Decimal:
        """Ce qui reste à faire ; négatif quand l'objectif est dépassé."""
        return self.objectif.valeur - (self.fait.valeur or Decimal(0))

    @property
    def part(self) -> int:
        """La part faite, de 0 à 100."""
        if not self.objectif.valeur:
            return 100 if self.convenu else 0
        return min(100, int(100 * (self.fait.valeur or 0) / self.objectif.valeur))

    @property
    def phrase(self) -> str:
        """« Il en reste 8 », « Objectif atteint », « Dépassé de 3 » ; vide sans objectif."""
        if not self.convenu:
            return "Pas d’objectif convenu"
        if self.reste > 0:
            au_plus = "Il en reste au plus" if self.sans_duree else "Il en reste"
            return f"{au_plus} {ecrire_nombre(self.reste)}"
        return f"Dépassé de {ecrire_nombre(-self.reste)}" if self.reste else "Objectif atteint"

    @property
    def reserve(self) -> str:
        """Ce que le compte ne sait pas."""
        if not self.sans_duree:
            return ""
        missions = f"{self.sans_duree} {accorder(self.sans_duree, 'mission')}"
        return f"{missions} sans durée connue"


def objectifs(champ: Champ) -> QuerySet[ObjectifConvenu]:
    """Les objectifs convenus pour cette année."""
    convenus = ObjectifConvenu.objects.filter(operateur__in=champ.operateurs, annee=champ.annee)
    return convenus.select_related("financeur", "operateur")


def faces(champ: Champ, convenus: Iterable[ObjectifConvenu]) -> list[Face]:
    """Chaque nature de la méthode, convenue ou non (deux requêtes)."""
    natures = methode.charge().natures
    comptes = compter(champ, [n.code for n in natures if n.code != JOURS])
    total = jours(champ)
    faits = {code: Quantite(Decimal(n)) for code, n in comptes.items()} | {JOURS: _dire(total)}
    attendus: dict[str, list[Quantite]] = {}
    for convenu in convenus:
        attendus.setdefault(convenu.nature, []).append(convenu.nombre)
    return [
        Face(
            nature,
            Total.de(attendus.get(nature.code, ())),
            faits[nature.code],
            total.inconnues if nature.code == JOURS else 0,
            adresse(nature.code, champ),
        )
        for nature in natures
    ]


def _dire(total: Total) -> Quantite:
    """Ce que l'on sait d'une somme ; sans aucune mission, zéro est connu."""
    return total.quantite if total.connues or total.inconnues else Quantite(Decimal(0))


def en_phrase(lues: list[Face]) -> str:
    """« 2 objectifs atteints sur 5. Le plus loin du compte : « Parcours », il en reste 3. »"""
    convenues = [f for f in lues if f.convenu]
    if not convenues:
        return "Aucun objectif n’est convenu pour cette année ; voici ce qui est fait."
    atteints = sum(f.reste <= 0 for f in convenues)
    accord = "objectifs atteints" if atteints > 1 else "objectif atteint"
    debut = f"{atteints} {accord} sur {len(convenues)}."
    loin = min(convenues, key=lambda f: f.part)
    if loin.reste <= 0:
        return debut
    return f"{debut} Le plus loin du compte : {citer(loin.nature.libelle)}, {loin.phrase.lower()}."


def par_personne(champ: Champ, utilisateur: Utilisateur) -> list[dict[str, Any]]:
    """Ce que chaque membre de l'équipe porte aujourd'hui (une requête)."""
    portes = {
        "parcours_en_cours": "charge",
        "actions": "parcours__charge",
        "missions_ouvertes": "charge",
    }
    voulues = {
        f"n_{code}": nombre(COMPTES[code].lignes(champ), par=par) for code, par in portes.items()
    }
    return [
        {
            "personne": personne,
            "portes": [
                (
                    COMPTES[code].titre,
                    getattr(personne, f"n_{code}"),
                    f"{adresse(code, champ)}&charge={personne.pk}",
                )
                for code in PORTES
            ],
        }
        for personne in equipe_de(utilisateur).annotate(**voulues)
    ]


def adresse(code: str, champ: Champ) -> str:
    """La liste que compte ce chiffre."""
    return f"{reverse('piloter:charge_compte', args=[code])}?{urlencode({'annee': champ.annee})}"
