"""Reprendre une structure du registre : sa fiche, avec ce que le RNA et SIRENE en disent."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction

from maillage.annuaire.doublons import saisie
from maillage.annuaire.doublons.saisie import NumeroPris
from maillage.annuaire.models import (
    AssociationRNA,
    EntreeDuRegistre,
    Etablissement,
    Nature,
    Organisation,
    UniteLegale,
)
from maillage.annuaire.nomenclatures import CATEGORIES_JURIDIQUES
from maillage.annuaire.numeros import verifier_rna, verifier_siren, verifier_siret
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.territoires.perimetres import couvre

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from maillage.socle.comptes import Utilisateur
    from maillage.territoires.models import Territoire


class DejaPrise(Exception):
    """Un numéro de l'entrée est déjà celui d'une fiche, que la personne voit ou non."""

    def __init__(self, pris: NumeroPris) -> None:
        super().__init__(pris.message)
        self.pris = pris


def fiche_de(entree: EntreeDuRegistre, utilisateur: Utilisateur) -> Organisation:
    """La fiche que donnerait cette entrée, pas encore enregistrée ; un numéro faux est laissé."""
    association = AssociationRNA.objects.filter(pk=entree.numero).first()
    unite = UniteLegale.objects.filter(pk=entree.siren).first() if entree.siren else None
    siege = Etablissement.objects.filter(pk=unite.siege).first() if unite else None
    siret = (association.siret if association else "") or (siege.siret if siege else "")
    fiche = Organisation(
        nom=entree.nom[:200],
        sigle=entree.sigle if len(entree.sigle) <= 30 else "",
        natures=[Nature.STRUCTURE],
        rna=_juste(entree.numero, verifier_rna),
        siren=_juste(entree.siren, verifier_siren),
        siret=_juste(siret, verifier_siret),
        commune=entree.commune,
        objet=_objet(entree, association.objet if association else ""),
        secteur=entree.secteur,
        branche=entree.branche,
        categorie_juridique=_connue(entree.categorie_juridique),
        creee_en=entree.creee_en,
        site=_site(association.site if association else ""),
        operateur_id=_suivie_par(entree.commune, utilisateur),
    )
    if fiche.siret and fiche.siren and not fiche.siret.startswith(fiche.siren):
        fiche.siret = ""
    return fiche


def rang(entree: EntreeDuRegistre) -> str:
    """L'ordre où reprendre plusieurs entrées, le même pour tous.

    Chaque fiche créée retient ses numéros jusqu'à la fin de l'opération : prises dans deux ordres,
    deux opérations s'attendraient l'une l'autre.
    """
    return entree.siren or entree.numero


def deja_prise(fiche: Organisation, utilisateur: Utilisateur) -> NumeroPris | None:
    """La fiche qui porte déjà l'un de ces numéros ; une que la personne voit, s'il y en a."""
    numeros = {champ: getattr(fiche, champ) for champ in saisie.NUMEROS}
    pris = saisie.numeros_pris(numeros, utilisateur, sauf=fiche)
    return min(pris, key=lambda p: p.organisation is None, default=None)


@operation
def reprendre(fiche: Organisation, entree: EntreeDuRegistre, *, par: Utilisateur) -> Organisation:
    """Enregistre la fiche reprise. Lève `DejaPrise` : rien n'est écrit, rien n'est perdu."""
    if pris := deja_prise(fiche, par):
        raise DejaPrise(pris)
    try:
        with transaction.atomic():
            fiche.full_clean()
            fiche.save(force_insert=True)
    except (IntegrityError, ValidationError):
        # Quelqu'un l'a reprise entre la vérification et l'écriture.
        if pris := deja_prise(fiche, par):
            raise DejaPrise(pris) from None
        raise
    deduit = ", son secteur est déduit" if fiche.secteur else ""
    journaliser(fiche, f"a repris « {fiche.nom} » du registre ({entree.source}{deduit})", par=par)
    return fiche


def _juste(numero: str, verifier: Callable[[str], None]) -> str:
    """Le numéro s'il est bien formé ; le registre en porte de faux, et d'anciens identifiants."""
    with suppress(ValidationError):
        verifier(numero)
        return numero
    return ""


def _objet(entree: EntreeDuRegistre, objet: str) -> str:
    """L'objet, précédé du nom ou du sigle entier quand la fiche n'a pas la place de les tenir."""
    entiers = [t for t, place in ((entree.nom, 200), (entree.sigle, 30)) if len(t) > place]
    return "\n\n".join([*entiers, objet]).strip()


def _connue(categorie: str) -> str:
    return categorie if categorie in CATEGORIES_JURIDIQUES else ""


def _site(site: str) -> str:
    """Le site, s'il s'écrit comme une adresse ; « www.exemple.fr » reçoit https."""
    adresse = site if "://" in site else f"https://{site}"
    with suppress(ValidationError):
        URLValidator(schemes=["http", "https"])(adresse)
        return adresse if len(adresse) <= 200 else ""
    return ""


def _suivie_par(commune: Territoire | None, utilisateur: Utilisateur) -> UUID | None:
    """Le portefeuille de la personne : celui qui couvre la commune, à défaut le premier."""
    perimetre: Any = perimetre_de(utilisateur)
    exercices = [e for e in perimetre.exercices if e.organisation in perimetre.portefeuilles]
    proches = [e for e in exercices if couvre(e.territoires, commune)]
    return next((e.organisation for e in [*proches, *exercices]), None)
