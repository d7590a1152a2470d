"""Ce qu'une fiche contient, sur la grille de présentation d'une ingénierie (S3, fiche 5).

Toutes les valeurs sont des textes prêts à lire, des nombres entiers ou des suites : le même objet
sert l'écran, Word et le PDF, et se garde tel quel en JSON. L'inconnu y est dit, jamais zéro.
Rien d'interne n'y a de place : ni posture, ni attentes, ni concurrence présumée, ni note (règle 9).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Chiffre:
    """Un chiffre d'« En bref » ; `connu` est faux quand la valeur dit seulement « inconnu »."""

    libelle: str = ""
    valeur: str = ""
    detail: str = ""
    connu: bool = True


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un intitulé et ce que l'on en dit."""

    libelle: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Identite:
    """Qui a conduit la mission, où, quand, et d'où on le sait."""

    dla: str = ""
    dla_associes: tuple[str, ...] = ()
    nature: str = ""
    territoires: str = ""
    secteur: str = ""
    annee: str = ""
    etat: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Problematique:
    """Ce qui se passe, ce qui manque, d'où on le sait, comment on l'a vérifié."""

    titre: str = ""
    contexte: str = ""
    enjeux: str = ""
    besoins: str = ""
    themes: tuple[str, ...] = ()
    origine: tuple[str, ...] = ()
    validation: str = ""


@dataclass(frozen=True, slots=True)
class Objectifs:
    """Les deux niveaux d'objectifs ; le texte est celui de la mission, vide s'il n'y en a pas."""

    strategiques: tuple[Ligne, ...] = ()
    operationnels: tuple[Ligne, ...] = ()


@dataclass(frozen=True, slots=True)
class Critere:
    """Un critère de ciblage et ce que l'on en a retenu."""

    libelle: str = ""
    retenus: tuple[Ligne, ...] = ()


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
    structures: tuple[str, ...] = ()
    sans_nom: str = ""


@dataclass(frozen=True, slots=True)
class Acteur:
    """Quelqu'un qui prend part à la mission : son nom, à quel titre, pour quoi faire."""

    nom: str = ""
    titre: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Humains:
    """Qui a donné de son temps."""

    animation: str = ""
    intervenants: tuple[Acteur, ...] = ()
    systeme_intervenant: str = ""
    partenaires: tuple[Acteur, ...] = ()


@dataclass(frozen=True, slots=True)
class Montant:
    """Une ligne des comptes ; `montant` est écrit, « inconnu » compris."""

    libelle: str = ""
    titre: str = ""
    montant: str = ""


@dataclass(frozen=True, slots=True)
class Financiers:
    """Ce que la mission a coûté et qui l'a payée."""

    budget: str = ""
    prestations: str = ""
    depenses: tuple[Montant, ...] = ()
    financements: tuple[Montant, ...] = ()


@dataclass(frozen=True, slots=True)
class Moyens:
    """Les trois sortes de moyens de la grille."""

    humains: Humains = field(default_factory=Humains)
    financiers: Financiers = field(default_factory=Financiers)
    logistiques: tuple[Montant, ...] = ()


@dataclass(frozen=True, slots=True)
class Seance:
    """Un temps de l'intervention."""

    titre: str = ""
    forme: str = ""
    quand: str = ""
    duree: str = ""
    presents: str = ""
    intervenants: str = ""
    contenu: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Ce qui s'est fait auprès des structures."""

    typologie: str = ""
    solution: str = ""
    intervention: tuple[str, ...] = ()
    journees: str = ""
    duree: str = ""
    rythme: str = ""
    lieu: str = ""
    prestations: tuple[str, ...] = ()
    contenus: str = ""
    seances: tuple[Seance, ...] = ()


@dataclass(frozen=True, slots=True)
class Resultat:
    """Un résultat, obtenu ou non ; `mesure` est vide quand il ne se compte pas."""

    nature: str = ""
    phrase: str = ""
    mesure: str = ""
    quand: str = ""
    obtenu: bool = True


@dataclass(frozen=True, slots=True)
class Registre:
    """Un registre de l'évaluation, rempli."""

    libelle: str = ""
    aide: str = ""
    appreciation: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Les registres remplis, et le nom de ceux qui ne le sont pas encore."""

    registres: tuple[Registre, ...] = ()
    a_apprecier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capitalisation:
    """Ce que l'on retient, et comment cela doit voyager (S3, fiche 4/4)."""

    a_retenir: str = ""
    natures: tuple[str, ...] = ()
    transferable: str = ""
    but_du_transfert: str = ""
    destinataires: tuple[str, ...] = ()
    responsables: tuple[str, ...] = ()
    formes: tuple[str, ...] = ()
    ton: str = ""


@dataclass(frozen=True, slots=True)
class ContexteDeFiche:
    """Une fiche entière."""

    titre: str = ""
    accroche: str = ""
    resume: str = ""
    identite: Identite = field(default_factory=Identite)
    en_bref: tuple[Chiffre, ...] = ()
    problematique: Problematique = field(default_factory=Problematique)
    objectifs: Objectifs = field(default_factory=Objectifs)
    beneficiaires: Beneficiaires = field(default_factory=Beneficiaires)
    moyens: Moyens = field(default_factory=Moyens)
    action: Action = field(default_factory=Action)
    resultats: tuple[Resultat, ...] = ()
    evaluation: Evaluation = field(default_factory=Evaluation)
    capitalisation: Capitalisation = field(default_factory=Capitalisation)
    manques: tuple[str, ...] = ()

    def en_json(self) -> dict[str, Any]:
        """Le même contenu en types JSON, pour le figer à la publication."""
        return asdict(self)

    @classmethod
    def depuis_json(cls, contenu: dict[str, Any]) -> ContexteDeFiche:
        """Relit un contenu figé ; ce qu'une ancienne édition n'avait pas prend sa valeur vide."""
        relu: ContexteDeFiche = _relire(cls, contenu)
        return relu


def champs_de(classe: type[Any] = ContexteDeFiche, devant: str = "") -> list[str]:
    """Les noms pointés de tout ce qu'un gabarit peut lire : « moyens.financiers.budget »…

    Dans une suite, le nom est celui d'un élément : « resultats.phrase ».
    """
    noms = []
    for nom, attendu in _types(classe).items():
        contenu = _element(attendu)
        noms.append(f"{devant}{nom}")
        if _composee(contenu):
            noms += champs_de(contenu, f"{devant}{nom}.")
    return noms


def exemple(classe: type[Any] = ContexteDeFiche) -> Any:
    """Une fiche où chaque champ dit quelque chose, pour éprouver un gabarit."""
    return classe(**{nom: _exemple(attendu) for nom, attendu in _types(classe).items()})


def _exemple(attendu: Any) -> Any:
    element = _element(attendu)
    valeur = exemple(element) if _composee(element) else _SIMPLES.get(element)
    return (valeur,) if get_origin(attendu) is tuple else valeur


_SIMPLES: dict[Any, Any] = {str: "exemple", bool: True, int | None: 1}


def _relire(classe: type[Any], contenu: dict[str, Any]) -> Any:
    connus = _types(classe)
    lus = {nom: _valeur(connus[nom], v) for nom, v in contenu.items() if nom in connus}
    return classe(**lus)


def _valeur(attendu: Any, lu: Any) -> Any:
    element = _element(attendu)
    if not _composee(element):
        return tuple(lu) if get_origin(attendu) is tuple else lu
    if get_origin(attendu) is tuple:
        return tuple(_relire(element, e) for e in lu)
    return _relire(element, lu)


def _types(classe: type[Any]) -> dict[str, Any]:
    types = get_type_hints(classe)
    return {f.name: types[f.name] for f in fields(classe)}


def _element(attendu: Any) -> Any:
    """Le type d'un champ, ou celui des éléments d'une suite."""
    return get_args(attendu)[0] if get_origin(attendu) is tuple else attendu


def _composee(attendu: Any) -> bool:
    """Vrai pour une partie de la grille, faux pour un texte, un nombre, un booléen."""
    return is_dataclass(attendu)
