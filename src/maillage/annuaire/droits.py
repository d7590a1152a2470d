"""Droits de l'annuaire : qui voit, crée, modifie, et qui donne un rôle à quelqu'un."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.annuaire.models import Nature, Organisation, Personne, Rattachement, Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.visibilite import motifs_de
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

ROLES_PAR_NATURE: dict[str, tuple[Role, ...]] = {
    Nature.OPERATEUR: (
        Role.CHARGE_ACCOMPAGNEMENT,
        Role.RESPONSABLE,
        Role.MEMBRE_COMITE,
        Role.ANIMATEUR,
    ),
    Nature.DLA_REGIONAL: (Role.DLA_REGIONAL, Role.MEMBRE_COMITE),
    Nature.CENTRE_RESSOURCES: (Role.CENTRE_RESSOURCES,),
    Nature.NATIONAL: (Role.NATIONAL,),
    Nature.STRUCTURE: (Role.STRUCTURE,),
    Nature.PRESTATAIRE: (Role.PRESTATAIRE,),
    Nature.FINANCEUR: (Role.PARTENAIRE, Role.MEMBRE_COMITE),
    Nature.COLLECTIVITE: (Role.PARTENAIRE, Role.MEMBRE_COMITE, Role.ANIMATEUR),
    Nature.RESEAU: (Role.PARTENAIRE, Role.MEMBRE_COMITE, Role.ANIMATEUR),
    Nature.RESSOURCE: (Role.PARTENAIRE, Role.MEMBRE_COMITE, Role.ANIMATEUR),
    Nature.SERVICE_PUBLIC: (Role.PARTENAIRE, Role.MEMBRE_COMITE),
    Nature.ENTREPRISE: (Role.PARTENAIRE, Role.ANIMATEUR),
}
_ADMINISTRATION = "L’administration de l’instance."


def peut_voir(utilisateur: Utilisateur, organisation: Organisation) -> Decision:
    """La face « objet » de `visibles_par`."""
    ouverts = motifs_de(utilisateur, organisation)
    if ouverts:
        return permis(ouverts[0].phrase)
    return refuse("Cette organisation est hors de votre périmètre.", "Le DLA de son département.")


def peut_lire_dossier(utilisateur: Utilisateur, organisation: Organisation) -> Decision:
    """Chiffres, personnes, accompagnements d'une structure : pas par le seul annuaire partagé."""
    ouverts = motifs_de(utilisateur, organisation)
    if any(m.dossier for m in ouverts) or (ouverts and not organisation.est_structure):
        return permis(ouverts[0].phrase)
    return refuse(
        "Les chiffres et les accompagnements d’une structure restent à son DLA.",
        _qui_suit(organisation),
    )


def peut_voir_interne(utilisateur: Utilisateur, organisation: Organisation) -> Decision:
    """Ce qui est interne au DLA n'est lu que par ceux qui suivent ou couvrent (règle 9)."""
    if any(m.interne for m in motifs_de(utilisateur, organisation)):
        return permis("Votre DLA la suit ou couvre son territoire.")
    return refuse("Cette partie est interne au DLA.", _qui_suit(organisation))


def peut_creer(utilisateur: Utilisateur) -> Decision:
    """Ajouter une structure ou un partenaire revient à qui tient un portefeuille."""
    if perimetre_de(utilisateur).portefeuilles:
        return permis("Vous tenez un portefeuille : vous pouvez ajouter une organisation.")
    return refuse(
        "Ajouter une organisation revient aux opérateurs du DLA et aux DLA régionaux.",
        "Le DLA du département concerné.",
    )


def peut_administrer(utilisateur: Utilisateur) -> Decision:
    """Créer les organisations du DLA, leurs territoires et leurs rôles."""
    if perimetre_de(utilisateur).est_administrateur:
        return permis("Vous administrez l’instance.")
    return refuse(
        "Les organisations du DLA et leurs territoires sont tenus par l’administration.",
        _ADMINISTRATION,
    )


def peut_tenir_le_registre(utilisateur: Utilisateur) -> Decision:
    """Importer les registres : l'administration, même technique (rien n'y est d'un dossier)."""
    if utilisateur.is_staff or perimetre_de(utilisateur).est_administrateur:
        return permis("Vous administrez l’instance.")
    return refuse("Le registre national s’importe par l’administration.", _ADMINISTRATION)


def peut_modifier(utilisateur: Utilisateur, organisation: Organisation) -> Decision:
    """L'opérateur du portefeuille ou du territoire ; le DLA lui-même par son ou sa responsable."""
    du_dla = not Nature.du_dla().isdisjoint(organisation.natures)
    if du_dla and perimetre_de(utilisateur).est_administrateur:
        return permis("Vous administrez l’instance.")
    ouverts = [m for m in motifs_de(utilisateur, organisation) if m.modifie]
    if du_dla:
        ouverts = [m for m in ouverts if _responsable_de(utilisateur, organisation)]
    if ouverts:
        return permis(ouverts[0].phrase)
    if du_dla:
        return refuse(
            "La fiche d’un DLA se modifie par son ou sa responsable.",
            f"{organisation.nom}, ou l’administration de l’instance.",
        )
    return refuse("Vous lisez cette fiche sans pouvoir la modifier.", _qui_suit(organisation))


def peut_reunir(
    utilisateur: Utilisateur, premiere: Organisation, seconde: Organisation
) -> Decision:
    """Réunir deux fiches, ou dire qu'elles sont différentes : il faut pouvoir modifier les deux."""
    for organisation in (premiere, seconde):
        if not (decision := peut_modifier(utilisateur, organisation)):
            return refuse(
                f"Pour réunir ces fiches, il faut pouvoir modifier « {organisation.nom} ».",
                decision.recours,
            )
    return permis("Vous pouvez modifier les deux fiches.")


def roles_attribuables(utilisateur: Utilisateur, organisation: Organisation) -> list[Role]:
    """Les rôles que cette personne peut donner à quelqu'un dans cette organisation."""
    roles = [r for nature in organisation.natures for r in ROLES_PAR_NATURE[nature]]
    if Nature.du_dla().isdisjoint(organisation.natures):
        return list(dict.fromkeys(roles)) if peut_modifier(utilisateur, organisation) else []
    if perimetre_de(utilisateur).est_administrateur:
        return list(dict.fromkeys([*roles, Role.ADMINISTRATEUR]))
    return list(dict.fromkeys(roles)) if _responsable_de(utilisateur, organisation) else []


def peut_rattacher(utilisateur: Utilisateur, organisation: Organisation) -> Decision:
    """Donner ou retirer des rôles dans cette organisation."""
    if roles_attribuables(utilisateur, organisation):
        return permis("Vous pouvez y donner et y retirer des rôles.")
    return refuse(
        "Les rôles d’une organisation se donnent par son ou sa responsable, "
        "ou par le DLA qui la suit.",
        _qui_suit(organisation),
    )


def peut_corriger(utilisateur: Utilisateur, personne: Personne) -> Decision:
    """Son nom et son téléphone se lisent partout où elle exerce : il faut y tenir les rôles.

    Sans quoi rattacher quelqu'un à une structure donnerait la main sur lui dans tout autre DLA.
    """
    perimetre = perimetre_de(utilisateur)
    if perimetre.est_administrateur or personne.pk == perimetre.personne:
        return permis("Vous pouvez corriger ce que l’on sait de cette personne.")
    en_cours = personne.rattachements.actifs().select_related("organisation")
    if all(roles_attribuables(utilisateur, r.organisation) for r in en_cours):
        return permis("Vous tenez les rôles de cette personne.")
    return refuse(
        "Cette personne exerce aussi dans une organisation dont vous ne tenez pas les rôles.",
        "Elle-même, ou l’administration de l’instance.",
    )


def peut_revoquer(utilisateur: Utilisateur, rattachement: Rattachement) -> Decision:
    """Retirer un rôle que l'on pourrait donner ; jamais le sien, pour ne pas s'enfermer dehors."""
    if rattachement.personne_id == perimetre_de(utilisateur).personne:
        return refuse("Vous ne pouvez pas retirer votre propre rôle.", "Un·e autre responsable.")
    if rattachement.role in roles_attribuables(utilisateur, rattachement.organisation):
        return permis("Vous pouvez retirer ce rôle.")
    return refuse("Ce rôle ne se retire pas par vous.", _qui_suit(rattachement.organisation))


def _responsable_de(utilisateur: Utilisateur, organisation: Organisation) -> bool:
    exercices = perimetre_de(utilisateur).tenus({Role.RESPONSABLE})
    return any(e.organisation == organisation.pk for e in exercices)


def _qui_suit(organisation: Organisation) -> str:
    if organisation.operateur:
        return f"{organisation.operateur.nom}, qui la suit."
    return "Le DLA de son département."
