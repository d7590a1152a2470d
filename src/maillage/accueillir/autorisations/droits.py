"""Qui lit un diagnostic, pourquoi, et à qui demander sinon : la face « objet » des droits.

La même vérité en SQL : `autorisations.visibilite` ; un test de propriété les tient ensemble.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from maillage.accueillir.autorisations.portees import Portee, portees
from maillage.accueillir.models import (
    Autorisation,
    Demande,
    Diagnostic,
    EtatDiagnostic,
    ExceptionDAutorisation,
    FormeDeLecture,
    Lecture,
    Parcours,
)
from maillage.accueillir.visibilite import motifs_de
from maillage.annuaire.models import Organisation
from maillage.annuaire.models.types import Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Regard:
    """Ce qu'une personne voit d'un diagnostic.

    `existe` faux : il n'existe pas pour elle (404). `equipe` : le DLA qui mène, qui écrit et lit
    l'interne. `structure` : la structure à qui il appartient. `titres` : ce qui autorise un tiers,
    dont chaque lecture s'inscrit.
    """

    existe: bool
    lire: Decision
    equipe: bool = False
    structure: bool = False
    titres: tuple[Portee, ...] = ()

    @property
    def est_tiers(self) -> bool:
        """Sa lecture s'inscrit et se voit."""
        return not (self.equipe or self.structure)


def regard(utilisateur: Utilisateur, diagnostic: Diagnostic) -> Regard:
    """Le regard de cette personne sur ce diagnostic ; trois requêtes au plus."""
    maison = motifs_de(utilisateur, diagnostic)
    if maison:
        equipe = any(m.interne for m in maison)
        return Regard(True, permis(maison[0].phrase), equipe=equipe, structure=not equipe)
    connus = _a_portee(utilisateur, diagnostic)
    if not connus:
        return Regard(False, refuse("Ce diagnostic est hors de votre périmètre."))
    ouverts = _ouverts(utilisateur, diagnostic, connus)
    if ouverts:
        raison = f"La structure vous l’a ouvert au titre de : {ouverts[0].libelle}."
        return Regard(True, permis(raison), titres=ouverts)
    return Regard(True, _non_ouvert(diagnostic))


def peut_lire_diagnostic(utilisateur: Utilisateur, diagnostic: Diagnostic) -> Decision:
    """La face « objet » de `Diagnostic.objects.lisibles_par`."""
    return regard(utilisateur, diagnostic).lire


def lecture_ouverte(
    utilisateur: Utilisateur,
    diagnostic: Diagnostic,
    vu: Regard,
    forme: str = FormeDeLecture.ECRAN,
) -> bool:
    """Vrai si ce GET peut montrer le contenu : un tiers doit avoir inscrit sa lecture du jour.

    L'autorisation se relit à chaque fois : la retirer ferme aussitôt.
    """
    if not vu.lire:
        return False
    if not vu.est_tiers:
        return True
    return Lecture.objects.de(diagnostic).ouvertes(utilisateur, forme).exists()


def peut_decider(utilisateur: Utilisateur, structure: Organisation) -> Decision:
    """Dire à qui la structure s'ouvre : ses contacts, ou le DLA qui l'accompagne et consigne."""
    if est_contact(utilisateur, structure):
        return permis("C’est votre structure : ses diagnostics sont à elle.")
    if _accompagne(perimetre_de(utilisateur).operateurs, structure):
        return permis("Votre DLA accompagne cette structure : il consigne ce qu’elle décide.")
    return refuse(
        "À qui s’ouvrent ses diagnostics se dit entre la structure et le DLA qui l’accompagne.",
        structure.nom,
    )


def peut_compter(utilisateur: Utilisateur) -> Decision:
    """Des comptes sans nom : le réseau du DLA et le niveau national."""
    perimetre = perimetre_de(utilisateur)
    if perimetre.est_agent or Role.NATIONAL in perimetre.roles:
        return permis("Vous êtes du réseau du DLA : vous lisez ses comptes, sans aucun nom.")
    return refuse("Ces comptes sont réservés au réseau du DLA.", "Le DLA de votre département.")


def est_contact(utilisateur: Utilisateur, structure: Organisation) -> bool:
    """Vrai pour qui tient le rôle de contact dans cette structure."""
    exercices = perimetre_de(utilisateur).tenus({Role.STRUCTURE})
    return any(e.organisation == structure.pk for e in exercices)


def soustrait(
    exceptions: Iterable[ExceptionDAutorisation],
    diagnostic: Diagnostic,
    categorie: str,
    organisations: frozenset[object],
) -> bool:
    """Vrai si une exception ferme ce diagnostic à cette catégorie ou à ces organisations."""
    return any(
        e.diagnostic_id in (None, diagnostic.pk)
        and (e.organisation_id is None or e.organisation_id in organisations)
        and e.categorie in ("", categorie)
        for e in exceptions
    )


def filtre_des_decideurs(utilisateur: Utilisateur) -> Q:
    """La face SQL de `peut_decider` : les structures pour qui cette personne répond ou consigne."""
    perimetre = perimetre_de(utilisateur)
    siennes = [e.organisation for e in perimetre.tenus({Role.STRUCTURE})]
    return Q(pk__in=siennes) | _filtre_d_accompagnement(perimetre.operateurs)


def _accompagne(operateurs: frozenset[UUID], structure: Organisation) -> bool:
    """Un de ces DLA la suit, ou mène avec elle un diagnostic ou un parcours."""
    if structure.operateur_id in operateurs:
        return True
    suivies = Organisation.objects.filter(_filtre_d_accompagnement(operateurs))
    return bool(operateurs) and suivies.filter(pk=structure.pk).exists()


def _filtre_d_accompagnement(operateurs: frozenset[UUID]) -> Q:
    """Une demande reçue n'y suffit que si aucun DLA ne la suit : noter un appel s'écrit seul."""

    def mene(modele: Any) -> Exists:
        return Exists(modele.objects.filter(structure=OuterRef("pk"), operateur__in=operateurs))

    return (
        Q(operateur__in=operateurs)
        | Q(mene(Diagnostic))
        | Q(mene(Parcours))
        | Q(mene(Demande), operateur__isnull=True)
    )


def _a_portee(utilisateur: Utilisateur, diagnostic: Diagnostic) -> tuple[Portee, ...]:
    """Les titres auxquels cette personne sait qu'il existe ; rien s'il n'est pas validé."""
    possibles = tuple(portees(perimetre_de(utilisateur)))
    if not possibles or diagnostic.etat != EtatDiagnostic.VALIDE:
        return ()
    marques = {
        f"portee_{rang}": Case(When(p.filtre, then=Value(True)), default=Value(False))
        for rang, p in enumerate(possibles)
    }
    ligne = Diagnostic.objects.filter(pk=diagnostic.pk).annotate(**marques).values(*marques).first()
    return tuple(p for rang, p in enumerate(possibles) if (ligne or {}).get(f"portee_{rang}"))


def _ouverts(
    utilisateur: Utilisateur, diagnostic: Diagnostic, connus: tuple[Portee, ...]
) -> tuple[Portee, ...]:
    """Parmi les titres connus, ceux que la structure autorise et qu'elle n'a pas soustraits."""
    structure = diagnostic.structure_id
    accordees = set(
        Autorisation.objects.filter(structure=structure, accordee=True).values_list(
            "categorie", flat=True
        )
    )
    exceptions = list(
        ExceptionDAutorisation.objects.filter(Q(structure=structure) | Q(diagnostic=diagnostic))
    )
    siennes: frozenset[object] = frozenset(perimetre_de(utilisateur).organisations)
    return tuple(
        p
        for p in connus
        if p.categorie in accordees and not soustrait(exceptions, diagnostic, p.categorie, siennes)
    )


def _non_ouvert(diagnostic: Diagnostic) -> Decision:
    """La même phrase sans autorisation ou soustrait : la structure n'a pas à dire laquelle."""
    return refuse(
        "La structure n’a pas ouvert ce diagnostic : vous savez qu’il existe, rien de plus.",
        f"La structure elle-même, ou {diagnostic.operateur.nom}, qui l’accompagne.",
    )
