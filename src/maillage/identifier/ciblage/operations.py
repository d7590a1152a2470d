"""Ce que l'on fait d'un ciblage : une transaction par fonction, une phrase au journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from maillage.annuaire.doublons import saisie
from maillage.annuaire.models import EntreeDuRegistre
from maillage.annuaire.recherche import reprise
from maillage.identifier.ciblage.lecture import Exploration
from maillage.identifier.models import RechercheDeCiblage, ResultatDeCiblage, StructureCiblee
from maillage.identifier.slots import EN_MOBILISATION, REPERAGE
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer, compter
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur
    from maillage.territoires.models import Territoire

ECARTEES = 20_000
"""Fiches écartées dont un résultat garde la raison, au plus."""
REPRISES = 50
"""Entrées du registre dont on fait une fiche d'un seul geste, au plus."""


class RienAGarder(Exception):
    """Le résultat ne peut pas se garder tel quel ; le message dit quoi changer."""


@operation
def poser(
    recherche: RechercheDeCiblage, *, lieux: Sequence[Territoire], par: Utilisateur
) -> RechercheDeCiblage:
    """Garde une recherche nouvelle."""
    recherche.save(force_insert=True)
    recherche.territoires.set(lieux)
    journaliser(recherche, "a posé ce ciblage", par=par)
    return recherche


@operation
def modifier(
    recherche: RechercheDeCiblage, *, lieux: Sequence[Territoire], version: int, par: Utilisateur
) -> RechercheDeCiblage:
    """Change les critères ; les résultats déjà gardés ne bougent pas. Lève `ConflitDeVersion`."""
    enregistrer(recherche, version=version)
    recherche.territoires.set(lieux)
    journaliser(recherche, "a modifié les critères", par=par)
    return recherche


@operation
def retirer(recherche: RechercheDeCiblage, *, par: Utilisateur) -> None:
    """Retire une recherche et ses résultats ; ce qui a été versé dans une mission y reste."""
    journaliser(recherche, f"a retiré le ciblage {citer(recherche)}", par=par)
    recherche.delete()


@operation
def garder(recherche: RechercheDeCiblage, *, par: Utilisateur) -> ResultatDeCiblage:
    """Fige ce que la recherche donne aujourd'hui : les nombres, les structures, leurs profils.

    Lève `RienAGarder` s'il n'y a rien à garder, ou trop.
    """
    RechercheDeCiblage.objects.select_for_update().get(pk=recherche.pk)
    vue = Exploration(recherche, par)
    if vue.obstacle:
        raise RienAGarder(vue.obstacle)
    precedent = recherche.resultats.first()
    resultat = ResultatDeCiblage.objects.create(
        recherche=recherche,
        par=par,
        criteres=_demande(vue),
        etapes=[asdict(etape) for etape in vue.cascade.etapes],
        regardees=vue.cascade.regardees,
        retenues=vue.cascade.retenues,
        a_verifier=vue.cascade.a_verifier,
        ecartees=_ecartees(vue, precedent),
    )
    StructureCiblee.objects.bulk_create(_retenues(vue, resultat), batch_size=500)
    combien = compter(resultat.retenues, "structure retenue", "structures retenues")
    journaliser(recherche, f"a gardé le résultat du jour : {combien}", par=par)
    return resultat


@dataclass(frozen=True, slots=True)
class Versees:
    """Ce qui est entré dans la mobilisation, les fiches créées, et ce qui n'a pas pu l'être."""

    reperees: int
    deja: int
    reprises: int
    refus: tuple[str, ...]


@operation
def reperer(
    resultat: ResultatDeCiblage, lignes: Iterable[StructureCiblee], *, par: Utilisateur
) -> Versees:
    """Verse ces structures dans la mobilisation de la mission du ciblage.

    Une entrée du registre devient d'abord une fiche ; si elle en a déjà une, ou ressemble trop à
    une autre, elle est laissée et l'on dit pourquoi. La mission est connue de l'appelant.
    """
    recherche = resultat.recherche
    mission: Any = recherche.ingenierie
    type(mission).objects.select_for_update().get(pk=mission.pk)
    lignes = list(lignes)
    reprises, refus = 0, []
    for ligne, entree in _a_reprendre(lignes):
        try:
            _reprendre(ligne, entree, par)
            reprises += 1
        except _Laissee as laissee:
            refus.append(f"{ligne.nom} : {laissee}")
    structures = [ligne.organisation for ligne in lignes if ligne.organisation]
    reperees = REPERAGE.pour(EN_MOBILISATION, mission, structures, recherche.nom, par) or 0
    if reperees:
        combien = compter(reperees, "structure")
        phrase = f"a versé {combien} dans la mobilisation de {citer(mission.titre)}"
        journaliser(recherche, phrase, par=par)
    return Versees(reperees, len(structures) - reperees, reprises, tuple(refus))


class _Laissee(Exception):
    """Cette entrée du registre ne devient pas une fiche d'un seul geste."""


def _a_reprendre(
    lignes: Iterable[StructureCiblee],
) -> list[tuple[StructureCiblee, EntreeDuRegistre | None]]:
    """Les lignes qui n'ont pas de fiche et leur entrée, dans l'ordre de tous (une requête)."""
    sans_fiche = {ligne.cle: ligne for ligne in lignes if ligne.organisation is None}
    entrees = EntreeDuRegistre.objects.select_related("commune").in_bulk(list(sans_fiche))
    connues = sorted(entrees.values(), key=reprise.rang)
    disparues = [(ligne, None) for cle, ligne in sans_fiche.items() if cle not in entrees]
    return [*((sans_fiche[entree.pk], entree) for entree in connues), *disparues]


def _reprendre(ligne: StructureCiblee, entree: EntreeDuRegistre | None, par: Utilisateur) -> None:
    """Fait la fiche que donne une entrée du registre ; la ligne la garde ensuite."""
    if entree is None:
        raise _Laissee("le registre ne la connaît plus.")
    fiche = reprise.fiche_de(entree, par)
    if pris := reprise.deja_prise(fiche, par):
        raise _Laissee(pris.message)
    if proches := saisie.ressemblantes(fiche, par):
        raise _Laissee(f"elle ressemble à {citer(proches[0])}. Reprenez-la depuis la recherche.")
    try:
        reprise.reprendre(fiche, entree, par=par)
    except (reprise.DejaPrise, ValidationError) as erreur:
        raise _Laissee(" ".join(getattr(erreur, "messages", [str(erreur)]))) from None
    ligne.organisation = fiche
    ligne.save(update_fields=["organisation"])


def _demande(vue: Exploration) -> dict[str, Any]:
    """Ce qui est demandé ce jour-là, assez pour se relire et se comparer."""
    recherche = vue.recherche
    return {
        "criteres": recherche.criteres,
        "mots": recherche.mots,
        "lieux": [territoire.nom_complet for territoire in vue.vivier.territoires],
        "fiches": recherche.fiches,
        "registre": vue.registre_compte,
        "par": vue.regroupement,
    }


def _retenues(vue: Exploration, resultat: ResultatDeCiblage) -> Iterable[StructureCiblee]:
    """Les lignes des retenues : vos structures, puis celles du registre (deux requêtes)."""
    sources: list[tuple[bool, Any, Callable[[Any], Any]]] = [
        (False, vue.vivier.fiches(), lambda fiche: fiche.pk),
        (True, vue.du_registre(), lambda _entree: None),
    ]
    for du_registre, source, fiche_de in sources:
        lues = vue.vivier.retenues(source).only("pk", "nom", "commune").order_by("nom", "pk")
        for lue in lues:
            yield StructureCiblee(
                resultat=resultat,
                cle=lue.cle,
                organisation_id=fiche_de(lue),
                du_registre=du_registre,
                nom=lue.nom,
                commune_id=lue.commune_id,
                profil=lue.profil,
            )


def _ecartees(vue: Exploration, precedent: ResultatDeCiblage | None) -> dict[str, str]:
    """Le profil des fiches écartées, et des entrées du registre que l'on retenait avant."""
    ecartees = vue.vivier.ecartees(vue.vivier.fiches()).order_by()
    profils = dict(ecartees.values_list("cle", "profil")[:ECARTEES])
    if precedent is None or not vue.registre_compte:
        return profils
    connues = precedent.structures.filter(du_registre=True).values("cle")
    sorties = vue.vivier.ecartees(vue.vivier.registre()).filter(numero__in=connues).order_by()
    return profils | dict(sorties.values_list("cle", "profil"))
