"""Repartir d'une expérience : sa méthode se reprend, jamais ses gens, ses nombres ni ses dates.

Qui lit l'interne du dossier reprend ce qu'il y a d'écrit ; tout autre, ce que la fiche lui montre :
celle d'aujourd'hui si la mission lui est visible, l'édition publiée sinon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef
from django.http import Http404

from maillage import methode
from maillage.capitaliser.contexte import contexte_de_fiche
from maillage.capitaliser.grille import ContexteDeFiche
from maillage.capitaliser.models import Publication
from maillage.confirmer.models import CahierDesCharges, Groupe, ProjetDIntervention
from maillage.engager.models import LigneDeBudget, Nature, Niveau, Objectif
from maillage.finaliser.models import QuestionAdaptee
from maillage.identifier.models import Ciblage
from maillage.ingenieries.droits import regard
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import ElementDeDossier, Ingenierie
from maillage.socle.documents.grilles import Ligne
from maillage.socle.lots import lire_lots
from maillage.socle.mots import compter

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

Elements = list[ElementDeDossier]


@dataclass(frozen=True, slots=True)
class Partie:
    """Une partie que l'on peut reprendre : de quel élément, quels champs et pas un de plus."""

    code: str
    libelle: str
    modele: type[ElementDeDossier]
    champs: tuple[str, ...]
    unite: str = ""
    sans: str = ""

    def copier(self, lus: Iterable[ElementDeDossier]) -> Elements:
        """Des éléments neufs, qui n'ont que ces champs ; ceux où rien n'est écrit sont laissés."""
        copies = ({nom: getattr(lu, nom) for nom in self.champs} for lu in lus)
        return [self.modele(**champs) for champs in copies if any(champs.values())]

    def dire(self, elements: Elements) -> str:
        """« Groupes prévus : 3 groupes, sans structures ni profil »."""
        combien = compter(len(elements), self.unite) if self.unite else ""
        dits = ", ".join(filter(None, (combien, self.sans)))
        return f"{self.libelle} : {dits}" if dits else self.libelle


PARTIES = (
    Partie("objectifs", "Objectifs", Objectif, ("niveau", "code", "texte"), "objectif"),
    Partie("ciblage", "Ciblage", Ciblage, ("sous_item", "retenu"), "critère"),
    Partie(
        "projet",
        "Projet d’intervention",
        ProjetDIntervention,
        (
            "type_ingenierie",
            "solution",
            "formes",
            "prestations",
            "objectifs_collectifs",
            "objectifs_individuels",
            "resultats_qualitatifs",
            "contenus",
            "rythme",
            "temps_du_dla",
            "registres",
            "indicateurs",
            "participation_evaluation",
        ),
        sans="sans lieu, dates, nombres ni intervenants",
    ),
    Partie(
        "cahier",
        "Cahier des charges",
        CahierDesCharges,
        ("demarche", "objectifs", "resultats", "conditions", "role_evaluation"),
        sans="en brouillon, sans délai ni plafond",
    ),
    Partie(
        "groupes",
        "Groupes prévus",
        Groupe,
        ("nom", "theme"),
        "groupe",
        "sans structures ni profil",
    ),
    Partie(
        "matrice",
        "Matrice des résultats adaptée",
        QuestionAdaptee,
        ("geste", "question", "groupe", "libelle", "publics", "raison"),
        "adaptation",
        "sans réponses",
    ),
    Partie(
        "depenses",
        "Types de dépenses",
        LigneDeBudget,
        ("nature", "libelle"),
        "ligne",
        "sans montants",
    ),
)

JAMAIS = (
    "les structures et les partenaires",
    "les financements et les montants",
    "les séances, les réponses et les résultats",
    "les dates et l’avancement : tout y est à faire",
    "les notes et tout ce qui est interne au DLA",
)


@dataclass(frozen=True, slots=True)
class Depart:
    """Ce dont on repart ; `edition` : vrai si l'on n'en lit que la fiche publiée.

    `citable` : son titre est publié, tout lecteur de la nouvelle mission peut le lire.
    """

    mission: UUID
    titre: str
    url: str
    entete: Mapping[str, Any]
    parties: Mapping[str, Elements]
    edition: bool
    citable: bool

    def choix(self) -> list[tuple[str, str]]:
        """Les parties où il y a de quoi reprendre, dites."""
        return [(p.code, p.dire(self.parties[p.code])) for p in PARTIES if self.parties[p.code]]

    @property
    def absentes(self) -> list[str]:
        return [p.libelle for p in PARTIES if not self.parties[p.code]]


def depart_de_mission(utilisateur: Utilisateur, pk: UUID) -> Depart:
    """Repartir d'une mission que l'on voit (3 requêtes). Lève `Http404` hors périmètre."""
    mission = lire_dossier(utilisateur, pk)
    interne = regard(utilisateur, mission).voit_interne
    parties = du_dossier(pk) if interne else de_la_fiche(contexte_de_fiche(mission))
    return Depart(
        mission=mission.pk,
        titre=mission.titre,
        url=mission.get_absolute_url(),
        entete=_entete(mission.titre, mission.accroche, mission.secteur, mission.nature),
        parties=parties,
        edition=False,
        citable=Publication.objects.en_rayon().filter(fiche__ingenierie=mission).exists(),
    )


def depart_de_fiche(fiche: UUID) -> Depart:
    """Repartir d'une fiche publiée, de sa seule édition. Lève `Http404` si elle ne l'est pas."""
    parue = Publication.objects.en_rayon().select_related("fiche__ingenierie").filter(fiche=fiche)
    publication = parue.first()
    if publication is None:
        raise Http404
    lue, mission = publication.contexte, publication.fiche.ingenierie
    return Depart(
        mission=mission.pk,
        titre=publication.titre,
        url=publication.get_absolute_url(),
        entete=_entete(publication.titre, lue.accroche, publication.secteur, mission.nature),
        parties=de_la_fiche(lue),
        edition=True,
        citable=True,
    )


def _entete(titre: str, accroche: str, secteur: str, nature: str) -> dict[str, str]:
    return {"titre": titre, "accroche": accroche, "secteur": secteur, "nature": nature}


def du_dossier(mission: UUID) -> dict[str, Elements]:
    """Ce qui est écrit au dossier, partie par partie (une requête)."""
    lots = {p.code: p.modele._default_manager.filter(ingenierie=OuterRef("pk")) for p in PARTIES}
    lus = lire_lots(Ingenierie.objects.filter(pk=mission), lots)
    return {p.code: p.copier(lus[p.code]) for p in PARTIES}


def de_la_fiche(fiche: ContexteDeFiche) -> dict[str, Elements]:
    """Ce qu'une fiche montre, rendu aux codes de la méthode ; un libellé d'autrefois est laissé."""
    lues = {code: lire(fiche) for code, lire in _DANS_LA_FICHE.items()}
    return {p.code: p.copier(lues.get(p.code, ())) for p in PARTIES}


def _objectifs(fiche: ContexteDeFiche) -> Elements:
    codes = _codes(methode.choix("objectifs.tous"))

    def lire(ligne: Ligne, niveau: str) -> Objectif:
        code = codes.get(ligne.libelle, "")
        return Objectif(niveau=niveau, code=code, texte=ligne.texte if code else ligne.libelle)

    return [
        *(lire(ligne, Niveau.STRATEGIQUE) for ligne in fiche.objectifs.strategiques),
        *(lire(ligne, Niveau.OPERATIONNEL) for ligne in fiche.objectifs.operationnels),
    ]


def _ciblage(fiche: ContexteDeFiche) -> Elements:
    codes = {
        (critere.libelle, element.libelle): element.code
        for critere in methode.ciblage().criteres
        for element in critere.elements
    }
    return [
        Ciblage(sous_item=codes[critere.libelle, ligne.libelle], retenu=ligne.texte)
        for critere in fiche.beneficiaires.profil
        for ligne in critere.retenus
        if (critere.libelle, ligne.libelle) in codes
    ]


def _projet(fiche: ContexteDeFiche) -> Elements:
    action = fiche.action
    formes = {f.libelle: f.code for t in methode.ingenieries().types for f in t.formes}
    prestations = _codes(methode.choix("prestations.types"))
    projet = ProjetDIntervention(
        type_ingenierie=_codes(methode.choix("ingenieries.types")).get(action.typologie, ""),
        solution=_codes(methode.choix("ingenieries.solutions")).get(action.solution, ""),
        formes=[formes[f] for f in action.intervention if f in formes],
        prestations=[prestations[p] for p in action.prestations if p in prestations],
        contenus=action.contenus,
        rythme=action.rythme,
        temps_du_dla=fiche.moyens.humains.animation,
    )
    return [projet]


def _groupes(fiche: ContexteDeFiche) -> Elements:
    """Le thème fait le nom ; deux groupes de même thème n'en font qu'un."""
    longueur = Groupe._meta.get_field("nom").max_length
    themes = dict.fromkeys(ligne.libelle for ligne in fiche.beneficiaires.groupes)
    return [Groupe(nom=nom) for nom in dict.fromkeys(theme[:longueur] for theme in themes)]


def _depenses(fiche: ContexteDeFiche) -> Elements:
    natures = _codes(Nature.choices)
    return [
        LigneDeBudget(nature=natures.get(m.titre, Nature.AUTRE), libelle=m.libelle)
        for m in fiche.moyens.financiers.depenses
    ]


_DANS_LA_FICHE: dict[str, Callable[[ContexteDeFiche], Elements]] = {
    "objectifs": _objectifs,
    "ciblage": _ciblage,
    "projet": _projet,
    "groupes": _groupes,
    "depenses": _depenses,
}


def _codes(choix: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    return {str(libelle): str(code) for code, libelle in choix}
