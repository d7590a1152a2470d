"""Les deux grands livres face à face, et la phrase qui dit s'ils s'équilibrent.

Règle 6 du métier : inconnu n'est pas zéro, environ reste environ, une part d'un total inconnu
reste une part. Les temps valorisés sont dits à part : personne ne les verse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from maillage.socle.quantites import CENTIEME, Precision, Quantite, Total, meler

EURO = "€"
VALORISATION = "valorisation"
REFUSE = "refuse"
ACQUIS = frozenset({"accorde", "verse"})
_UN_EURO = Decimal(1)


@dataclass(frozen=True, slots=True)
class Depense:
    """Une ligne du grand livre de gauche."""

    nature: str
    libelle: str
    cout: Quantite


@dataclass(frozen=True, slots=True)
class Apport:
    """Une ligne du grand livre de droite : un montant, ou une part (%) du coût total."""

    nom: str
    etat: str
    montant: Quantite
    part: Quantite
    credits_dla: bool = False

    @property
    def compte(self) -> bool:
        return self.etat != REFUSE

    @property
    def acquis(self) -> bool:
        return self.etat in ACQUIS


class Etat(StrEnum):
    """Ce que l'on peut dire de l'équilibre."""

    VIDE = "vide"
    INCONNU = "inconnu"
    MANQUE = "manque"
    EXCEDENT = "excedent"
    SOUS_CONDITION = "sous_condition"
    EQUILIBRE = "equilibre"


@dataclass(frozen=True, slots=True)
class Budget:
    """Les totaux des deux livres, l'écart (positif : il manque), son état et ce qu'on en dit.

    `valeurs` : ce que vaut chaque apport en euros, dans l'ordre reçu ; une part y est convertie
    quand le coût total est connu, et reste inconnue sinon.
    """

    depenses: Total
    valorisation: Total
    valeurs: tuple[Quantite, ...]
    acquis: Total
    attendus: Total
    ecart: Quantite
    etat: Etat
    constat: str
    suites: str

    @property
    def phrase(self) -> str:
        """Le constat, puis ce qui reste sans montant ou sans réponse."""
        return " ".join(filter(None, [self.constat, self.suites]))

    @property
    def equilibre(self) -> bool:
        return self.etat is Etat.EQUILIBRE


def cout_des_jours(jours: Quantite, cout_jour: Quantite) -> Quantite:
    """Jours × prix ; inconnu si l'un manque, approché si l'un l'est."""
    if jours.valeur is None or cout_jour.valeur is None:
        return Quantite.inconnue(EURO)
    precision = meler([jours.precision, cout_jour.precision])
    return Quantite(_centimes(jours.valeur * cout_jour.valeur), precision, EURO)


def tenir(depenses: Sequence[Depense], apports: Sequence[Apport]) -> Budget:
    """Tient les deux livres et dit leur équilibre."""
    payees = Total.de((d.cout for d in depenses if d.nature != VALORISATION), EURO)
    valeurs = tuple(_valeur(a, payees) for a in apports)
    comptes = [(a, v) for a, v in zip(apports, valeurs, strict=True) if a.compte]
    acquis = Total.de((v for a, v in comptes if a.acquis), EURO)
    attendus = Total.de((v for a, v in comptes if not a.acquis), EURO)
    ecart = _ecart(payees, acquis, attendus)
    etat = _etat(payees, comptes, ecart)
    return Budget(
        depenses=payees,
        valorisation=Total.de((d.cout for d in depenses if d.nature == VALORISATION), EURO),
        valeurs=valeurs,
        acquis=acquis,
        attendus=attendus,
        ecart=ecart,
        etat=etat,
        constat=_constat(etat, payees, ecart),
        suites=" ".join(filter(None, [_sans_montant(comptes), _sans_reponse(comptes)])),
    )


def _valeur(apport: Apport, payees: Total) -> Quantite:
    if apport.part.valeur is None:
        return apport.montant
    if not payees.connues or not payees.complet:
        return Quantite.inconnue(EURO)
    exacte = apport.part.precision == Precision.EXACT and not payees.approchees
    precision = Precision.EXACT if exacte else Precision.ENVIRON
    return Quantite(_centimes(payees.valeur * apport.part.valeur / 100), precision, EURO)


def _ecart(payees: Total, acquis: Total, attendus: Total) -> Quantite:
    """Dépenses moins financements connus, à l'euro près ; inconnu tant qu'une dépense l'est."""
    if not payees.connues or not payees.complet:
        return Quantite.inconnue(EURO)
    reste = payees.valeur - acquis.valeur - attendus.valeur
    approche = payees.approchees or acquis.approchees or attendus.approchees
    valeur = Decimal(0) if abs(reste) < _UN_EURO else reste
    return Quantite(valeur, Precision.ENVIRON if approche else Precision.EXACT, EURO)


def _etat(payees: Total, comptes: Sequence[tuple[Apport, Quantite]], ecart: Quantite) -> Etat:
    """Un apport acquis sans montant peut combler ce qui semble manquer : rien ne s'affirme."""
    apports = [a for a, _ in comptes]
    if not payees.connues and not payees.inconnues and not apports:
        return Etat.VIDE
    if ecart.valeur is None:
        return _etat_en_parts(apports)
    if ecart.valeur > 0:
        tu = any(a.acquis and not v.connue for a, v in comptes)
        return Etat.INCONNU if tu else Etat.MANQUE
    if ecart.valeur < 0:
        return Etat.EXCEDENT
    return Etat.EQUILIBRE if all(a.acquis for a in apports) else Etat.SOUS_CONDITION


def _etat_en_parts(apports: Sequence[Apport]) -> Etat:
    """Coût inconnu : des parts qui font cent pour cent l'équilibrent, quel qu'il soit."""
    if total_des_parts(apports) != 100 or any(a.montant.connue for a in apports):
        return Etat.INCONNU
    return Etat.EQUILIBRE if all(a.acquis for a in apports) else Etat.SOUS_CONDITION


def total_des_parts(apports: Iterable[Apport]) -> Decimal:
    """Somme des parts connues, en pour cent, refus exclus."""
    parts = (a.part.valeur for a in apports if a.compte)
    return sum((p for p in parts if p is not None), Decimal(0))


def _constat(etat: Etat, payees: Total, ecart: Quantite) -> str:
    somme = f"à {_somme(payees)}" if ecart.connue else "quel que soit le coût"
    dites = {
        Etat.VIDE: "Rien n’est encore chiffré.",
        Etat.INCONNU: _phrase_inconnue(payees, ecart),
        Etat.MANQUE: f"Il manque {_absolue(ecart)}.",
        Etat.EXCEDENT: f"Les financements dépassent les dépenses de {_absolue(ecart)}.",
        Etat.SOUS_CONDITION: f"Dépenses et financements se répondraient {somme}.",
        Etat.EQUILIBRE: f"Dépenses et financements s’équilibrent {somme}.",
    }
    return dites[etat]


def _phrase_inconnue(payees: Total, ecart: Quantite) -> str:
    if ecart.connue:
        return f"Il manque au plus {_absolue(ecart)}."
    if not payees.connues and not payees.inconnues:
        return "Aucune dépense n’est écrite : l’équilibre ne peut pas se dire."
    lignes = "1 dépense est" if payees.inconnues == 1 else f"{payees.inconnues} dépenses sont"
    connu = f" Le reste fait {_somme(payees)}." if payees.connues else ""
    return f"{lignes} sans montant : l’équilibre ne peut pas se dire.{connu}"


def _sans_montant(comptes: Sequence[tuple[Apport, Quantite]]) -> str:
    noms = [a.nom for a, v in comptes if not v.connue and not a.part.connue]
    return f"Apport encore sans montant : {', '.join(noms)}." if noms else ""


def _sans_reponse(comptes: Sequence[tuple[Apport, Quantite]]) -> str:
    noms = [f"{a.nom} ({_dire(a, v)})" for a, v in comptes if not a.acquis]
    return f"Pas encore de réponse : {', '.join(noms)}." if noms else ""


def _dire(apport: Apport, valeur: Quantite) -> str:
    return str(valeur if valeur.connue or not apport.part.connue else apport.part)


def _somme(total: Total) -> str:
    """La somme de ce qui est connu, sans ce qui manque."""
    return str(Quantite(total.valeur, total.precision, total.unite))


def _absolue(ecart: Quantite) -> str:
    """L'écart sans son signe ; rien s'il est inconnu, sa phrase ne servira pas."""
    if ecart.valeur is None:
        return ""
    return str(Quantite(abs(ecart.valeur), ecart.precision, ecart.unite))


def _centimes(valeur: Decimal) -> Decimal:
    return valeur.quantize(CENTIEME, ROUND_HALF_UP)
