"""Ce que l'étape fait de particulier : un partenaire naît avec ses attentes, un avis s'annonce."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maillage.annuaire.models import Rattachement, Role
from maillage.engager.models import AttentesDePartenaire, Avis, Partenariat
from maillage.ingenieries.operations import ajouter_element, modifier_element
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import operation
from maillage.socle.models import Utilisateur
from maillage.socle.mots import citer

if TYPE_CHECKING:
    from uuid import UUID


@operation
def ajouter_partenaire(
    partenariat: Partenariat, *, par: Utilisateur, **options: Any
) -> Partenariat:
    """Range un partenaire et ouvre, à part et en interne, la page de ses attentes."""
    ajouter_element(partenariat, par=par, **options)
    AttentesDePartenaire.objects.create(ingenierie=partenariat.ingenierie, partenariat=partenariat)
    return partenariat


@operation
def demander_avis(avis: Avis, *, par: Utilisateur, **options: Any) -> Avis:
    """Range un avis, demandé ou déjà rendu, et le dit à qui l'attend."""
    ajouter_element(avis, par=par, **options)
    _annoncer(avis, par)
    return avis


@operation
def modifier_avis(avis: Avis, *, version: int, par: Utilisateur, **options: Any) -> Avis:
    """Note l'avis rendu ou change ce qui est prévu. Lève `ConflitDeVersion`."""
    modifier_element(avis, version=version, par=par, **options)
    _annoncer(avis, par)
    return avis


def _annoncer(avis: Avis, par: Utilisateur) -> None:
    """Demandé, il s'annonce au comité ; rendu, à la personne chargée de la mission."""
    mission = avis.ingenierie
    if avis.rendu:
        phrase = f"Avis {avis.get_sens_display()} du comité d’appui sur {citer(mission)}."
        charge = mission.charge.compte if mission.charge else None
        _dire(f"avis-rendu:{avis.pk}", phrase, avis, {charge} - {None, par})
    elif not avis.acquis:
        quand = f" pour le {avis.date:%d/%m/%Y}" if avis.date else ""
        phrase = f"Votre avis est demandé{quand} sur {citer(mission)}."
        _dire(f"avis-demande:{avis.pk}", phrase, avis, set(_membres(avis.operateur_id)) - {par})


def _dire(cle: str, phrase: str, avis: Avis, destinataires: Iterable[Any]) -> None:
    annoncer(
        cle=cle,
        phrase=phrase,
        url=avis.ingenierie.get_absolute_url(),
        destinataires=list(destinataires),
    )


def _membres(operateur: UUID) -> Iterable[Utilisateur]:
    """Les comptes des membres du comité d'appui d'un opérateur."""
    actifs = Rattachement.objects.actifs().filter(
        organisation=operateur, role=Role.MEMBRE_COMITE, personne__compte__isnull=False
    )
    return Utilisateur.objects.filter(pk__in=actifs.values("personne__compte"))
