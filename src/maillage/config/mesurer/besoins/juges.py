"""Juger : quel rang a le bon thème, quelles paires se retrouvent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maillage import methode
from maillage.config.mesurer.besoins import temoins
from maillage.config.mesurer.besoins.lecture import Ligne, Part
from maillage.identifier.codage.calculs import Codeur, Exemple, LexiqueLu
from maillage.identifier.regroupement.calculs import Besoin, BesoinSitue, Situeur, regrouper

Groupes = Sequence[Hashable | None]
"""Le groupe de chaque besoin, None quand il reste seul."""


@dataclass(slots=True)
class Jugement:
    """Ce qu'un moyen a répondu, besoin par besoin, plis réunis."""

    lignes: list[Ligne] = field(default_factory=list)
    ordres: list[list[str]] = field(default_factory=list)
    groupes: Groupes = ()

    def ajouter(self, lignes: Sequence[Ligne], ordres: Sequence[list[str]]) -> None:
        """Les réponses d'un pli : pour chaque besoin, les thèmes, le meilleur d'abord."""
        self.lignes += lignes
        self.ordres += ordres

    def part(self, premiers: int, *, tolerant: bool = False) -> float:
        """Part des besoins dont le thème est parmi les `premiers` proposés."""
        justes = sum(
            bool({ligne.theme, *([ligne.theme2] if tolerant else [])} & set(ordre[:premiers]))
            for ligne, ordre in zip(self.lignes, self.ordres, strict=True)
        )
        return round(justes / len(self.lignes), 4)

    def chiffres(self) -> dict[str, Any]:
        return {
            "top1": self.part(1),
            "top3": self.part(3),
            "paires": paires([ligne.groupe or None for ligne in self.lignes], self.groupes),
        }

    def confusions(self) -> list[tuple[str, str, int]]:
        """Les thèmes pris pour un autre : (vrai, proposé, combien), les plus fréquentes d'abord."""
        paires = Counter(
            (ligne.theme, ordre[0])
            for ligne, ordre in zip(self.lignes, self.ordres, strict=True)
            if ligne.theme != ordre[0]
        )
        return [(*p, n) for p, n in sorted(paires.items(), key=lambda x: (-x[1], x[0])) if n > 1]


def paires(vrais: Groupes, proposes: Groupes) -> dict[str, float]:
    """Précision et rappel des paires de besoins mis ensemble ; 0 quand il n'y en a pas."""
    communes = _nombre(
        [None if None in deux else deux for deux in zip(vrais, proposes, strict=True)]
    )
    proposees, attendues = _nombre(proposes), _nombre(vrais)
    return {
        "precision": round(communes / proposees, 4) if proposees else 0.0,
        "rappel": round(communes / attendues, 4) if attendues else 0.0,
    }


def _nombre(groupes: Groupes) -> int:
    tailles = Counter(groupe for groupe in groupes if groupe is not None)
    return sum(taille * (taille - 1) // 2 for taille in tailles.values())


def juger(parts: Sequence[Part]) -> dict[str, Jugement]:
    """Chaque moyen sur les mêmes parts : `maillage`, le lexique seul et les témoins."""
    lexique = methode.lexique_des_besoins()
    lu = LexiqueLu(methode.themes(), lexique)
    jugements: dict[str, Jugement] = defaultdict(Jugement)
    situes: dict[str, list[BesoinSitue]] = defaultdict(list)
    for appris, juges in parts:
        exemples = [Exemple(x.texte, x.theme, x.secteur, x.source) for x in appris]
        for nom, siens in (("maillage", exemples), ("lexique_seul", [])):
            codeur = Codeur(lu, siens)
            jugements[nom].ajouter(juges, [_ordre(codeur, ligne) for ligne in juges])
            situeur = Situeur(lexique, lu, codeur)
            situes[nom] += [situeur.situer(_besoin(ligne)) for ligne in juges]
        voisins = temoins.plus_proche_voisin(appris, juges)
        jugements["voisin_tfidf"].ajouter(juges, voisins)
        jugements["definitions"].ajouter(juges, temoins.definitions(lu, juges))
    for nom, places in situes.items():
        de = {m: rang for rang, g in enumerate(regrouper(places)) for m in g.membres}
        jugements[nom].groupes = [de.get(ligne.id) for ligne in jugements[nom].lignes]
    voisin, definitions = jugements["voisin_tfidf"], jugements["definitions"]
    voisin.groupes = temoins.agglomerer([ligne.texte for ligne in voisin.lignes])
    definitions.groupes = [ordre[0] for ordre in definitions.ordres]
    return jugements


def en_json(jugements: dict[str, Jugement], *, besoins: int, croisee: bool) -> dict[str, Any]:
    """Les chiffres, forme stable : ceux de Maillage en tête, les autres sous `temoins`."""
    maillage = jugements["maillage"]
    return {
        "besoins": besoins,
        "validation": "croisée" if croisee else "apprentissage donné",
        **maillage.chiffres(),
        "tolerant": {
            "top1": maillage.part(1, tolerant=True),
            "top3": maillage.part(3, tolerant=True),
        },
        "temoins": {n: j.chiffres() for n, j in jugements.items() if n != "maillage"},
        "confusions": maillage.confusions(),
    }


def _ordre(codeur: Codeur, ligne: Ligne) -> list[str]:
    return [s.theme for s in codeur.proposer(ligne.texte, ligne.secteur, ligne.source)]


def _besoin(ligne: Ligne) -> Besoin:
    return Besoin(
        id=ligne.id,
        texte=ligne.texte,
        secteur=ligne.secteur,
        source=ligne.source,
        territoire=ligne.departement,
        date=date.fromisoformat(ligne.date) if ligne.date else None,
    )
