"""Comment les bénéficiaires et le projet d'intervention se présentent dans un document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from maillage import methode
from maillage.confirmer.calculs.entonnoir import Marche
from maillage.confirmer.lecture import effectif_du_groupe
from maillage.confirmer.models import Palier as PalierDeStructure
from maillage.confirmer.models import ProjetDIntervention
from maillage.identifier.models import Ciblage
from maillage.identifier.presentation import Critere, profil
from maillage.socle.documents.grilles import Ligne
from maillage.socle.quantites import Quantite, accorder, ecrire_nombre


@dataclass(frozen=True, slots=True)
class Palier:
    """Un palier de l'entonnoir : le nombre de structures, écrit, et en entier s'il est su."""

    libelle: str = ""
    texte: str = ""
    nombre: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Beneficiaires:
    """À qui la mission s'adressait, et qui est venu.

    `structures` : les seules dont le nom peut être dit ; `sans_nom` : la phrase pour les autres.
    """

    profil: tuple[Critere, ...] = ()
    entonnoir: tuple[Palier, ...] = ()
    groupes: tuple[Ligne, ...] = ()
    structures: tuple[str, ...] = ()
    sans_nom: str = ""


def beneficiaires(
    ciblages: Iterable[Ciblage],
    participations: Iterable[Any],
    marches: Sequence[Marche],
    groupes: Iterable[Any] = (),
) -> Beneficiaires:
    """À qui la mission s'adresse ; `participations` annotées de `nom` et `nomme` (nom publié).

    `groupes` annotés de `membres` : on en dit le thème et la taille, jamais le profil (interne).

    Seules sont nommées les structures retenues : une structure repérée, contactée ou désistée ne
    sait pas toujours qu'elle figure au dossier.
    """
    retenues = [p for p in participations if p.palier == PalierDeStructure.RETENUE]
    nommees = tuple(p.nom for p in retenues if p.nomme)
    return Beneficiaires(
        profil=profil(ciblages),
        entonnoir=tuple(_palier(m) for m in marches if m.compte.valeur and not m.deduit),
        groupes=tuple(_groupe(rang, groupe) for rang, groupe in enumerate(groupes, start=1)),
        structures=nommees,
        sans_nom=_sans_nom(marches[-1].compte, len(nommees)),
    )


def typologie(projet: ProjetDIntervention) -> str:
    """Le type d'ingénierie, dans les mots de la méthode."""
    code = projet.type_ingenierie
    return methode.libelle("ingenieries.types", code) if code else ""


def solution(projet: ProjetDIntervention) -> str:
    """La solution produite, dans les mots de la méthode."""
    return methode.libelle("ingenieries.solutions", projet.solution) if projet.solution else ""


def formes_de_travail(projet: ProjetDIntervention) -> tuple[str, ...]:
    """Les formes de travail, dans l'ordre où elles ont été choisies."""
    formes = {f.code: f.libelle for t in methode.ingenieries().types for f in t.formes}
    return tuple(formes.get(code, code) for code in projet.formes)


def prestations(projet: ProjetDIntervention) -> tuple[str, ...]:
    """Les types de prestation, dans les mots de la méthode."""
    return tuple(methode.libelle("prestations.types", code) for code in projet.prestations)


def _palier(marche: Marche) -> Palier:
    valeur = marche.compte.valeur
    dit = [marche.declare.precision, *marche.declare.parties] if marche.declare else []
    return Palier(
        marche.libelle,
        str(marche.compte),
        None if valeur is None else int(valeur),
        ", ".join(filter(None, dit)),
    )


def _groupe(rang: int, groupe: Any) -> Ligne:
    effectif = effectif_du_groupe(groupe)
    combien = f"{effectif} {accorder(effectif.valeur, 'structure')}" if effectif.valeur else ""
    return Ligne(groupe.theme or f"Groupe {rang}", combien)


def _sans_nom(compte: Quantite, nommees: int) -> str:
    """Celles que l'on compte sans les nommer."""
    if compte.valeur is None or compte.valeur <= nommees:
        return ""
    autres = int(compte.valeur) - nommees
    if not nommees:
        return "Les structures accompagnées ne sont pas nommées."
    if autres == 1:
        return "Une autre structure n’est pas nommée."
    return f"{ecrire_nombre(autres)} autres structures ne sont pas nommées."
