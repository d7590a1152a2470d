"""Quelles organisations une personne voit, et pourquoi : une seule table, lue de deux façons.

Chaque motif porte le filtre SQL, le même test sur un objet, et la phrase. `visibles_par`
réunit les filtres ; `motifs_de` garde ceux qui retiennent l'organisation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.annuaire.models.types import Nature, Role
from maillage.annuaire.perimetre import Exercice, Perimetre, perimetre_de
from maillage.socle.droits import reunir
from maillage.territoires.perimetres import couvre

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from maillage.annuaire.models.organisations import Organisation
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Motif:
    """Une raison de voir, et ce qu'elle ouvre.

    `dossier` : chiffres, personnes, accompagnements. `interne` : ce qui est interne au DLA.
    `modifie` : écrire dans la fiche.
    """

    filtre: Q
    retient: Callable[[Organisation], bool]
    phrase: str
    dossier: bool = True
    interne: bool = False
    modifie: bool = False


def filtre_de_lieu(ids_perimetre: Iterable[int]) -> Q:
    """La commune (à défaut, un territoire d'intervention) est dans le périmètre.

    Se lit sur `lieux`, que PostgreSQL tient : joindre les territoires parcourait tout l'annuaire.
    """
    return Q(lieux__overlap=list(ids_perimetre))


def est_dans(ids_perimetre: Collection[int], organisation: Organisation) -> bool:
    """La même règle que `filtre_de_lieu`, pour un objet."""
    if organisation.commune:
        return couvre(ids_perimetre, organisation.commune)
    return any(couvre(ids_perimetre, t) for t in organisation.territoires.all())


def motifs(perimetre: Perimetre) -> Iterator[Motif]:
    """Les motifs d'un périmètre, du plus proche au plus large."""
    for exercice in perimetre.exercices:
        yield _la_mienne(exercice)
    for exercice in perimetre.tenus(Role.territoriaux()):
        yield _suivie(exercice)
    for exercice in perimetre.tenus(Role.territoriaux()):
        yield _sur_mon_territoire(exercice)
    for exercice in perimetre.tenus({Role.CENTRE_RESSOURCES}):
        yield _de_mon_secteur(exercice)
    if perimetre.est_agent or perimetre.est_administrateur:
        yield _ANNUAIRE_PARTAGE


def filtre_de_visibilite(utilisateur: Utilisateur | AnonymousUser) -> Q:
    """Le filtre SQL des organisations visibles ; rien pour qui n'a aucun motif."""
    return reunir(m.filtre for m in motifs(perimetre_de(utilisateur)))


def filtre_de_dossier(utilisateur: Utilisateur) -> Q:
    """La règle de `droits.peut_lire_dossier`, en SQL : pas par le seul annuaire partagé."""
    hors_structure = ~Q(natures__contains=[Nature.STRUCTURE])
    ouverts = motifs(perimetre_de(utilisateur))
    return reunir(m.filtre if m.dossier else m.filtre & hors_structure for m in ouverts)


def filtre_de_modification(utilisateur: Utilisateur) -> Q:
    """La règle de `droits.peut_modifier`, en SQL.

    Celles du DLA : par son ou sa responsable, ou par l'administration.
    """
    perimetre = perimetre_de(utilisateur)
    du_dla = Q(natures__overlap=sorted(Nature.du_dla()))
    tenues = [e.organisation for e in perimetre.tenus({Role.RESPONSABLE})]
    ouvertes = reunir(m.filtre for m in motifs(perimetre) if m.modifie)
    regle = ouvertes & (~du_dla | Q(pk__in=tenues))
    return regle | du_dla if perimetre.est_administrateur else regle


def motifs_de(utilisateur: Utilisateur | AnonymousUser, organisation: Organisation) -> list[Motif]:
    """Tous les motifs de voir cette organisation, le plus proche d'abord."""
    return [m for m in motifs(perimetre_de(utilisateur)) if m.retient(organisation)]


def _la_mienne(exercice: Exercice) -> Motif:
    return Motif(
        filtre=Q(pk=exercice.organisation),
        retient=lambda o: o.pk == exercice.organisation,
        phrase=f"C’est votre organisation : {exercice.libelle}.",
        modifie=exercice.role == Role.RESPONSABLE,
    )


def _suivie(exercice: Exercice) -> Motif:
    return Motif(
        filtre=Q(operateur=exercice.organisation),
        retient=lambda o: o.operateur_id == exercice.organisation,
        phrase=f"Elle est suivie par votre DLA : {exercice.libelle}.",
        interne=True,
        modifie=True,
    )


def _sur_mon_territoire(exercice: Exercice) -> Motif:
    ids = exercice.territoires
    return Motif(
        filtre=filtre_de_lieu(ids),
        retient=lambda o: est_dans(ids, o),
        phrase=f"Elle est sur le territoire de votre DLA : {exercice.libelle}.",
        interne=exercice.role in Role.d_operateur(),
        modifie=exercice.role in Role.d_operateur(),
    )


def _de_mon_secteur(exercice: Exercice) -> Motif:
    """Un centre de ressources sans territoire dit a son secteur dans toute la France."""
    ids, secteurs = exercice.territoires, exercice.secteurs
    return Motif(
        filtre=Q(secteur__in=secteurs) & (filtre_de_lieu(ids) if ids else Q()),
        retient=lambda o: o.secteur in secteurs and (not ids or est_dans(ids, o)),
        phrase=f"Elle est du secteur de votre centre de ressources : {exercice.libelle}.",
    )


_ANNUAIRE_PARTAGE = Motif(
    filtre=Q(natures__overlap=sorted(Nature.partagees())),
    retient=lambda o: o.est_partagee,
    phrase="Elle fait partie de l’annuaire que partagent les agents du DLA.",
    dossier=False,
)
