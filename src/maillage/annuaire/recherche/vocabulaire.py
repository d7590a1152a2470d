"""De chaque mot tapé aux mots qui existent : ses formes, ce qu'il commence, ses voisins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q

from maillage.annuaire.recherche.mots import VIDES, Saisie, a_une_faute, formes

SUITES = 40
LIGNES_DES_SUITES = 50_000
DEBUT = 2
"""Ce que peut commencer le dernier mot, dès deux lettres : les mots les plus fréquents, tant qu'ils
ne mènent pas à trop de lignes."""
VOISINS = 30
FAUTE_PROBABLE = 50
"""Un mot connu, mais tant de fois plus rare qu'un voisin, est sans doute une faute de frappe."""

_CHERCHER = f"""
WITH tapes AS (
    SELECT * FROM unnest(%(rangs)s::int[], %(mots)s::text[]) AS t(rang, mot)
)
SELECT t.rang, 'forme' AS lien, v.mot, v.frequence
FROM unnest(%(rangs_formes)s::int[], %(formes)s::text[]) AS t(rang, forme)
JOIN annuaire_motduvocabulaire v ON v.mot = t.forme
UNION ALL
(SELECT %(dernier)s, 'suite', mot, frequence FROM annuaire_motduvocabulaire
    WHERE mot LIKE %(debut)s ORDER BY frequence DESC LIMIT {SUITES})
UNION ALL
SELECT t.rang, 'voisin', v.mot, v.frequence
FROM tapes t CROSS JOIN LATERAL (
    SELECT mot, frequence FROM annuaire_motduvocabulaire
    WHERE voisins && annuaire_voisins(t.mot) ORDER BY frequence DESC LIMIT {VOISINS}
) AS v
"""  # noqa: S608 - deux de nos constantes


class Question(SearchQuery):
    """Un `tsquery` déjà écrit : nos mots sont normalisés, rien ne s'y relit."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, texte: str) -> None:
        super().__init__(texte, search_type="raw")


@dataclass(frozen=True, slots=True)
class MotCompris:
    """Un mot tapé ; `justes` : ce qu'il dit ou commence, `proches` : à une faute de frappe."""

    tape: str
    justes: dict[str, int] = field(default_factory=dict)
    proches: dict[str, int] = field(default_factory=dict)

    def mots(self, *, indulgent: bool) -> list[str]:
        """Les mots du vocabulaire à chercher ; aux fautes près si rien de juste ou si demandé."""
        probables = {
            mot: frequence
            for mot, frequence in self.proches.items()
            if indulgent or frequence > FAUTE_PROBABLE * sum(self.justes.values())
        }
        return list(self.justes | probables)

    @property
    def probable(self) -> str:
        """Le mot que l'on a sans doute voulu taper."""
        if self.tape in self.justes:
            return self.tape
        connus = self.justes or self.proches
        return max(connus, key=lambda mot: connus[mot]) if connus else self.tape


@dataclass(frozen=True, slots=True)
class Comprise:
    """Une saisie dont chaque mot est rapporté au vocabulaire."""

    saisie: Saisie
    mots: tuple[MotCompris, ...]

    def question(self, *, indulgent: bool = False, partout: bool = False) -> str:
        """Tous les mots, chacun sous l'une de ses formes ; vide si l'un n'existe sous aucune.

        Le dernier mot, s'il est encore en train de se taper et ne dit rien, n'empêche pas les
        autres de se chercher. `partout` : tout ce qu'il commence, même rare ; pour une table que
        l'on peut parcourir ainsi.
        """
        groupes = [mot.mots(indulgent=indulgent) for mot in self.mots]
        inachevee = self.saisie.en_cours and len(groupes) > 1
        if inachevee and (not groupes[-1] or len(self.mots[-1].tape) < DEBUT):
            groupes.pop()
        if not groupes or not all(groupes):
            return ""
        entiers = [ou(groupe) for groupe in groupes]
        if partout and self.saisie.en_cours and len(groupes) == len(self.mots):
            entiers[-1] = f"({entiers[-1]} | '{self.mots[-1].tape}':*)"
        return et(*entiers)

    @property
    def phrase(self) -> str:
        """Ce que l'on a sans doute voulu taper, pour classer les noms."""
        probables = {mot.tape: mot.probable for mot in self.mots}
        return " ".join(probables.get(mot, mot) for mot in self.saisie.phrase.split())


def filtre_des_fiches(comprise: Comprise, *, indulgent: bool = False) -> Q:
    """Les fiches dont les mots sont ceux-là, ou dont un numéro commence ainsi."""
    filtre = Q(pk__in=[])
    if comprise.saisie.numero:
        filtre |= Q(mots__mots=Question(f"'{comprise.saisie.numero.lower()}':*"))
    if question := comprise.question(indulgent=indulgent, partout=True):
        filtre |= Q(mots__mots=Question(question))
    return filtre


def comprendre(saisie: Saisie) -> Comprise:
    """Rapporte chaque mot au vocabulaire : une requête, bornée."""
    lus: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for rang, lien, mot, frequence in _lire(saisie) if saisie else ():
        lus[rang][lien][mot] = frequence
    return Comprise(saisie, tuple(_compris(mot, lus[rang]) for rang, mot in enumerate(saisie.mots)))


def _lire(saisie: Saisie) -> Iterable[tuple[int, str, str, int]]:
    cherchees = [(rang, f) for rang, mot in enumerate(saisie.mots) for f in sorted(formes(mot))]
    dernier = len(saisie.mots) - 1
    with connection.cursor() as curseur:
        curseur.execute(
            _CHERCHER,
            {
                "rangs": list(range(len(saisie.mots))),
                "mots": list(saisie.mots),
                "rangs_formes": [rang for rang, _ in cherchees],
                "formes": [forme for _, forme in cherchees],
                "dernier": dernier,
                "debut": f"{saisie.mots[dernier]}%" if _commence(saisie) else "",
            },
        )
        lignes: list[tuple[int, str, str, int]] = curseur.fetchall()
    return lignes


def _commence(saisie: Saisie) -> bool:
    return saisie.en_cours and len(saisie.mots[-1]) >= DEBUT


def _suites(frequences: dict[str, int]) -> dict[str, int]:
    """Les plus fréquents d'abord, le premier toujours ; « as » ne veut pas dire « association »."""
    retenues: dict[str, int] = {}
    for mot, frequence in sorted(frequences.items(), key=lambda paire: -paire[1]):
        lignes = sum(retenues.values()) + frequence
        if mot not in VIDES and (not retenues or lignes <= LIGNES_DES_SUITES):
            retenues[mot] = frequence
    return retenues


def _compris(tape: str, liens: dict[str, dict[str, int]]) -> MotCompris:
    justes = liens["forme"] | _suites(liens["suite"])
    proches = {
        mot: frequence
        for mot, frequence in liens["voisin"].items()
        if mot not in justes and a_une_faute(tape, mot)
    }
    return MotCompris(tape, justes, proches)


def ou(mots: Iterable[str]) -> str:
    """L'un de ces mots ou étiquettes, écrit pour `Question`."""
    return "(" + " | ".join(f"'{mot}'" for mot in mots) + ")"


def et(*questions: str) -> str:
    """Toutes ces questions à la fois ; celles qui sont vides ne demandent rien."""
    return " & ".join(filter(None, questions))
