"""Réunir deux fiches en une, et défaire une réunion."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from maillage.annuaire.doublons.etapes import AnnulationImpossible, Registre, defaire
from maillage.annuaire.doublons.liens import RECALCULEES, RETIREES, Lien, heurts, liens_vers
from maillage.annuaire.models import Fusion, Organisation
from maillage.annuaire.slots import REUNIONS, SEPARATIONS
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.models import Utilisateur
from maillage.socle.recherche import ChampNormalise

CHAMPS = (
    *("nom", "sigle", "natures", "commune", "secteur", "branche", "objet", "rna", "siren", "siret"),
    *("categorie_juridique", "agrements", "courriel", "telephone", "site", "rattachee_a"),
    *("operateur", "creee_en", "nom_publie", "archive"),
)
"""Ce que l'on choisit champ par champ ; l'aire d'intervention réunit les deux."""

DE_L_ABSORBEE = "absorbee"


class ReunionImpossible(Exception):
    """Les deux fiches ne peuvent pas n'en faire qu'une ; le message dit pourquoi."""


@operation
def reunir(
    gardee: Organisation,
    absorbee: Organisation,
    *,
    champs: Mapping[str, str],
    lignes: Mapping[str, str],
    par: Utilisateur | None,
) -> Fusion:
    """Fait de deux fiches une seule, `gardee`.

    `champs` et `lignes` disent d'où prendre un champ, ou laquelle de deux lignes qui se heurtent
    garder : « absorbee », sinon celle de la fiche gardée. Rien ne se perd : ce qui est mis de côté
    reste dans la `Fusion`. Lève `ReunionImpossible`.
    """
    fiches = Organisation.objects.select_for_update().in_bulk([gardee.pk, absorbee.pk])
    if len(fiches) != 2:
        raise ReunionImpossible("L’une de ces fiches n’est plus là : elle a peut-être été réunie.")
    gardee, absorbee = fiches[gardee.pk], fiches[absorbee.pk]
    registre = Registre()
    valeurs = {nom: getattr(absorbee, _attname(nom)) for nom in CHAMPS if _pris(champs, nom)}
    try:
        with transaction.atomic():
            ajouts = list(chain.from_iterable(REUNIONS.tout(gardee.pk, absorbee.pk)))
            _reprendre(registre, gardee, absorbee, lignes)
            registre.retirer(absorbee)
            for ajout in ajouts:
                registre.ajouter(ajout)
            _recopier(registre, gardee, valeurs)
            connection.check_constraints()
    except IntegrityError as erreur:
        raise ReunionImpossible(_dire(erreur)) from erreur
    fusion = Fusion.objects.create(
        gardee=gardee,
        absorbee=absorbee.pk,
        nom_absorbee=absorbee.nom,
        etapes=registre.etapes,
        faite_par=par,
    )
    journaliser(gardee, f"a réuni à cette fiche celle de « {absorbee.nom} »", par=par)
    return fusion


@operation
def annuler(fusion: Fusion, *, par: Utilisateur | None) -> Fusion:
    """Remet les deux fiches comme avant. Lève `AnnulationImpossible` si l'une a trop changé."""
    fusion = Fusion.objects.select_for_update().get(pk=fusion.pk)
    if fusion.annulee_le:
        raise AnnulationImpossible("Cette réunion est déjà annulée.")
    try:
        with transaction.atomic():
            defaire(fusion.etapes)
            list(SEPARATIONS.tout(fusion.gardee_id, fusion.absorbee))
    except IntegrityError as erreur:
        raise AnnulationImpossible(_dire(erreur)) from erreur
    fusion.annulee_le, fusion.annulee_par = timezone.now(), par
    fusion.save(update_fields=["annulee_le", "annulee_par"])
    journaliser(
        fusion.gardee, f"a séparé de cette fiche celle de « {fusion.nom_absorbee} »", par=par
    )
    return fusion


def preferer(gardee: Organisation, absorbee: Organisation) -> dict[str, str]:
    """D'où prendre chaque champ par défaut : ce qui est rempli, puis le plus récent."""
    recente = DE_L_ABSORBEE if absorbee.modifie_le > gardee.modifie_le else "gardee"
    choix = {}
    for nom in CHAMPS:
        ici, la_bas = getattr(gardee, _attname(nom)), getattr(absorbee, _attname(nom))
        vide_ici, vide_la_bas = ici in (None, "", []), la_bas in (None, "", [])
        choix[nom] = recente if vide_ici == vide_la_bas else ("gardee", DE_L_ABSORBEE)[vide_ici]
    return choix


def devenue(cle: UUID, utilisateur: Utilisateur) -> Organisation | None:
    """La fiche où une fiche disparue a été réunie, si cette personne la voit."""
    fusion = Fusion.objects.valables().filter(absorbee=cle).first()
    visibles = Organisation.objects.visibles_par(utilisateur)
    return visibles.filter(pk=fusion.gardee_id).first() if fusion else None


def _reprendre(
    registre: Registre, gardee: models.Model, absorbee: models.Model, lignes: Mapping[str, str]
) -> None:
    """Fait désigner `gardee` par tout ce qui désignait `absorbee`, à tout étage."""
    modele = type(gardee)
    for heurt in heurts(modele, gardee.pk, absorbee.pk):
        if not heurt.lien.modele._base_manager.filter(pk=heurt.absorbee.pk).exists():
            continue
        garde, retire = heurt.gardee, heurt.absorbee
        if heurt.imposee is retire or (
            heurt.imposee is None and lignes.get(heurt.cle) == DE_L_ABSORBEE
        ):
            garde, retire = retire, garde
        registre.temoigner(garde)
        _reprendre(registre, garde, retire, lignes)
        registre.retirer(retire)
    for lien in liens_vers(modele):
        if lien.modele in RECALCULEES:
            lien.vers(absorbee.pk).delete()
            continue
        for objet in lien.vers(absorbee.pk):
            if lien.modele in RETIREES:
                registre.retirer(objet)
            else:
                _deplacer(registre, lien, objet, gardee, absorbee)


def _deplacer(
    registre: Registre,
    lien: Lien,
    objet: models.Model,
    gardee: models.Model,
    absorbee: models.Model,
) -> None:
    """Déplace un lien ; une fiche qui se désignerait elle-même ne désigne plus rien."""
    if objet.pk == gardee.pk and isinstance(objet, type(gardee)):
        registre.changer(gardee, lien.attname, None)
    elif objet.pk != absorbee.pk:
        registre.deplacer(lien, objet.pk, absorbee.pk, gardee.pk)


def _recopier(registre: Registre, gardee: Organisation, valeurs: Mapping[str, Any]) -> None:
    """Écrit les champs pris à l'absorbée, puis ce qui s'en calcule ; vérifie la fiche entière."""
    for nom, valeur in valeurs.items():
        propre = None if valeur == gardee.pk else valeur
        registre.changer(gardee, _attname(nom), propre)
    for champ in Organisation._meta.concrete_fields:
        if isinstance(champ, ChampNormalise):
            ecrit = getattr(gardee, champ.attname)
            calcule = champ.pre_save(gardee, add=False)
            setattr(gardee, champ.attname, ecrit)
            registre.changer(gardee, champ.attname, calcule)
    gardee.refresh_from_db()
    try:
        gardee.full_clean()
    except ValidationError as erreur:
        raise ReunionImpossible(" ".join(erreur.messages)) from erreur


def _attname(nom: str) -> str:
    return str(Organisation._meta.get_field(nom).attname)  # type: ignore[union-attr]


def _pris(champs: Mapping[str, str], nom: str) -> bool:
    return champs.get(nom) == DE_L_ABSORBEE


def _dire(erreur: IntegrityError) -> str:
    """Une contrainte que le plan ne savait pas lire : dite par son message, sinon par son nom."""
    diagnostic = getattr(erreur.__cause__, "diag", None)
    nom = getattr(diagnostic, "constraint_name", "") or ""
    for modele in (lien.modele for lien in liens_vers(Organisation)):
        for contrainte in modele._meta.constraints:
            if contrainte.name == nom:
                return str(contrainte.get_violation_error_message())
    return f"Une règle de la base s’y oppose ({nom})."
