"""Ce que l'on fait dans l'annuaire : une transaction par fonction, une phrase au journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage.annuaire.droits import ROLES_PAR_NATURE
from maillage.annuaire.models import (
    ChiffresAnnuels,
    Nature,
    Organisation,
    Personne,
    Rattachement,
    Role,
)
from maillage.annuaire.nomenclatures import SECTEURS
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.models import Utilisateur
from maillage.socle.verrou import enregistrer
from maillage.territoires.perimetres import couvre, nommer

if TYPE_CHECKING:
    from maillage.territoires.models import Territoire


@operation
def creer_organisation(
    organisation: Organisation,
    *,
    territoires: Iterable[Territoire] = (),
    par: Utilisateur | None,
) -> Organisation:
    """Ajoute une organisation à l'annuaire. Lève `ValidationError` si une règle n'est pas tenue."""
    organisation.full_clean()
    organisation.save(force_insert=True)
    organisation.territoires.set(territoires)
    journaliser(organisation, f"a ajouté « {organisation.nom} » à l’annuaire", par=par)
    return organisation


@operation
def modifier_organisation(
    organisation: Organisation,
    *,
    version: int,
    territoires: Iterable[Territoire] | None = None,
    par: Utilisateur,
) -> Organisation:
    """Enregistre la fiche ; `territoires` à None les laisse. Lève `ConflitDeVersion`."""
    organisation.full_clean()
    enregistrer(organisation, version=version)
    if territoires is not None:
        organisation.territoires.set(territoires)
    journaliser(organisation, f"a modifié la fiche de « {organisation.nom} »", par=par)
    return organisation


@operation
def enregistrer_chiffres(
    chiffres: ChiffresAnnuels, *, version: int = 1, par: Utilisateur | None
) -> ChiffresAnnuels:
    """Ajoute les chiffres d'une année, ou modifie ceux dont `version` est celle qu'on a lue.

    Lève `ValidationError` (année déjà saisie) ou `ConflitDeVersion`.
    """
    chiffres.full_clean()
    if chiffres._state.adding:
        chiffres.save(force_insert=True)
    else:
        enregistrer(chiffres, version=version)
    journaliser(chiffres.organisation, f"a saisi les chiffres de {chiffres.annee}", par=par)
    return chiffres


@operation
def inviter(personne: Personne, *, par: Utilisateur | None) -> Personne:
    """Enregistre une personne et lui ouvre un compte si elle a une adresse et n'en a pas.

    Le compte n'a pas de mot de passe : la personne choisit le sien par « mot de passe oublié ».
    Une personne déjà connue par cette adresse est rendue telle quelle, son compte ouvert.
    """
    connue = personne.courriel and Personne.objects.filter(courriel__iexact=personne.courriel)
    personne = (connue.first() if connue else None) or personne
    if personne.courriel and personne.compte is None:
        compte = Utilisateur.objects.filter(courriel__iexact=personne.courriel).first()
        personne.compte = compte or Utilisateur.objects.create_user(
            personne.courriel, nom_affiche=str(personne)
        )
    personne.full_clean()
    personne.save()
    return personne


@operation
def rattacher(
    personne: Personne,
    organisation: Organisation,
    role: Role,
    *,
    territoires: Iterable[Territoire] = (),
    secteurs: Iterable[str] = (),
    depuis: date | None = None,
    jusqua: date | None = None,
    par: Utilisateur | None,
) -> Rattachement:
    """Donne un rôle à une personne. Lève `ValidationError` si la règle du rôle n'est pas tenue."""
    territoires = list(territoires)
    _verifier_destinataire(personne, par)
    _verifier_role(organisation, role)
    _verifier_territoires(organisation, territoires)
    rattachement = Rattachement(
        personne=personne,
        organisation=organisation,
        role=role,
        secteurs=_verifier_secteurs(secteurs),
        depuis=depuis or timezone.localdate(),
        jusqua=jusqua,
    )
    rattachement.full_clean()
    rattachement.save(force_insert=True)
    rattachement.territoires.set(territoires)
    ou = f", sur {nommer(territoires)}" if territoires else ""
    journaliser(organisation, f"a donné à {personne} le rôle « {role.label} »{ou}", par=par)
    _accorder_administration(personne)
    return rattachement


@operation
def inviter_et_rattacher(
    personne: Personne, organisation: Organisation, *, par: Utilisateur | None, **role: Any
) -> Rattachement:
    """`inviter` puis `rattacher`, tout ou rien : un rôle refusé n'ouvre pas de compte."""
    return rattacher(inviter(personne, par=par), organisation, par=par, **role)


@operation
def modifier_personne(
    personne: Personne, organisation: Organisation, *, version: int, par: Utilisateur
) -> Personne:
    """Corrige ce que l'on sait d'une personne. Lève `ConflitDeVersion`."""
    enregistrer(personne, version=version)
    journaliser(organisation, f"a corrigé ce que l’on sait de {personne}", par=par)
    return personne


@operation
def revoquer(rattachement: Rattachement, *, version: int, par: Utilisateur) -> Rattachement:
    """Retire un rôle aussitôt ; sa trace reste. Lève `ConflitDeVersion`."""
    rattachement.revoque_le = timezone.now()
    enregistrer(rattachement, version=version)
    journaliser(
        rattachement.organisation,
        f"a retiré à {rattachement.personne} le rôle « {rattachement.get_role_display()} »",
        par=par,
    )
    _accorder_administration(rattachement.personne)
    return rattachement


def _accorder_administration(personne: Personne) -> None:
    """`is_staff` suit le rôle d'administration : il impose un second facteur à la connexion."""
    compte = personne.compte
    if compte is None:
        return
    administre = personne.rattachements.actifs().filter(role=Role.ADMINISTRATEUR).exists()
    if compte.is_staff != administre and not compte.is_superuser:
        compte.is_staff = administre
        compte.save(update_fields=["is_staff"])


def _verifier_destinataire(personne: Personne, par: Utilisateur | None) -> None:
    """Nul ne se donne un rôle, sauf qui administre : il ouvrirait les dossiers d'autrui."""
    if par and personne.compte_id == par.pk and not perimetre_de(par).est_administrateur:
        raise ValidationError({"courriel": "C’est vous : un rôle se reçoit de quelqu’un d’autre."})


def _verifier_role(organisation: Organisation, role: Role) -> None:
    permis = {r for nature in organisation.natures for r in ROLES_PAR_NATURE[nature]}
    if not Nature.du_dla().isdisjoint(organisation.natures):
        permis.add(Role.ADMINISTRATEUR)
    if role not in permis:
        raise ValidationError(
            {"role": f"« {role.label} » ne se tient pas dans une organisation de cette nature."}
        )


def _verifier_territoires(organisation: Organisation, territoires: list[Territoire]) -> None:
    """Un rôle ne porte jamais plus loin que son organisation."""
    ids = list(organisation.territoires.values_list("pk", flat=True)) if territoires else []
    dehors = [t for t in territoires if not couvre(ids, t)]
    if dehors:
        raise ValidationError(
            {"territoires": f"{nommer(dehors)} : hors du territoire de {organisation.nom}."}
        )


def _verifier_secteurs(secteurs: Iterable[str]) -> list[str]:
    donnes = list(secteurs)
    inconnus = [code for code in donnes if code not in SECTEURS]
    if inconnus:
        raise ValidationError({"secteurs": f"Secteur inconnu : {', '.join(inconnus)}."})
    return donnes
