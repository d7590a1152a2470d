"""Remettre sa page à quelqu'un, la fermer, noter qu'elle a été ouverte."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from maillage.annuaire.models import Organisation, Personne
from maillage.annuaire.perimetre import perimetre_de
from maillage.portail import courriel
from maillage.portail.models import PagePersonnelle, Remise
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.liens import operations as liens
from maillage.socle.models import Lien

if TYPE_CHECKING:
    from uuid import UUID

    from maillage.confirmer.mobilisation.slots import Lettre
    from maillage.socle.comptes import Utilisateur

FINALITE = "page_personnelle"
DUREE = timedelta(days=90)


@operation
def remettre(
    personne: Personne,
    structure: Organisation,
    *,
    remise: Remise,
    par: Utilisateur,
    preuve: str = "",
) -> tuple[PagePersonnelle, str]:
    """Crée le lien de cette personne et révoque le précédent ; rend la page et le jeton.

    `preuve` : comment un lien copié lui est remis.
    """
    _fermer(personne, structure)
    lien, jeton = liens.creer(finalite=FINALITE, duree=DUREE)
    page = PagePersonnelle.objects.create(
        personne=personne,
        structure=structure,
        operateur_id=_operateur(structure, par),
        lien=lien,
        remise=remise,
        preuve=preuve,
        par=par,
    )
    comment = f" : {preuve}" if preuve else ""
    journaliser(
        structure,
        f"a créé un lien personnel pour {personne}, {page.get_remise_display()}{comment}",
        par=par,
    )
    return page, jeton


def envoyer(
    personne: Personne, structure: Organisation, *, par: Utilisateur, lettre: Lettre | None = None
) -> bool:
    """Crée son lien et le lui écrit ; vrai si le courriel est parti.

    Sinon le lien se referme : l'agent n'a pas à le voir. `lettre` : ce qu'une mission écrit autour.
    """
    page, jeton = remettre(personne, structure, remise=Remise.COURRIEL, par=par)
    if courriel.envoyer(page, jeton, lettre):
        return True
    fermer(personne, structure, par=par)
    return False


@operation
def fermer(personne: Personne, structure: Organisation, *, par: Utilisateur) -> None:
    """Révoque le lien de cette personne, aussitôt."""
    if _fermer(personne, structure):
        journaliser(structure, f"a révoqué le lien personnel de {personne}", par=par)


@operation
def ouvrir(page: PagePersonnelle) -> None:
    """La porte est passée : l'agent verra que le lien a servi."""
    liens.noter_ouverture(page.lien)


def _fermer(personne: Personne, structure: Organisation) -> int:
    siens = PagePersonnelle.objects.filter(personne=personne, structure=structure)
    return liens.revoquer(Lien.objects.filter(pk__in=siens.order_by().values("lien")))


def _operateur(structure: Organisation, par: Utilisateur) -> UUID:
    """Le DLA qui suit la structure si cette personne y exerce, sinon le sien."""
    siens = perimetre_de(par).operateurs
    return structure.operateur_id if structure.operateur_id in siens else min(siens)
