"""Comparer une fiche à ce que le RNA et SIRENE disent des numéros qu'elle porte.

Le lien par un numéro est sûr ; le même nom dans la même commune n'est qu'un lien probable, proposé
avec sa raison, jamais supposé. Rien ici n'écrit : les différences se proposent, un agent choisit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import formats

from maillage.annuaire.models import AssociationRNA, Etablissement, Organisation, UniteLegale
from maillage.annuaire.models.registre import EtatRNA, EtatSirene
from maillage.annuaire.nomenclatures import CATEGORIES_JURIDIQUES
from maillage.socle.lots import lire_ensemble
from maillage.socle.normalisation import normaliser

PROBABLES = 3
CHAMPS = {
    "nom": "Nom",
    "sigle": "Sigle",
    "commune": "Commune",
    "creee_en": "Créée en",
    "rna": "RNA",
    "siren": "SIREN",
    "siret": "SIRET",
    "categorie_juridique": "Forme",
    "site": "Site",
}
_TEXTES = ("nom", "sigle")
_LONGUEURS = {"nom": 200, "sigle": 30, "site": 200}


@dataclass(frozen=True, slots=True)
class Difference:
    """Un champ que le registre dit autrement ; `brute` est la valeur à écrire dans la fiche.

    `raison` : pourquoi l'on croit que cette ligne, que rien ne lie par un numéro, est la sienne.
    """

    champ: str
    source: str
    fiche: str
    registre: str
    brute: Any
    raison: str = ""

    @property
    def code(self) -> str:
        return f"{self.champ}-{self.source.lower()}{f'-{self.brute}' if self.raison else ''}"

    @property
    def libelle(self) -> str:
        return CHAMPS[self.champ]

    @property
    def phrase(self) -> str:
        if self.raison:
            return f"{self.source_dite} connaît « {self.registre} » ({self.brute}) : {self.raison}."
        dit = f"la fiche dit « {self.fiche} »" if self.fiche else "la fiche n’en dit rien"
        return f"{self.source_dite} dit « {self.registre} » ; {dit}."

    @property
    def source_dite(self) -> str:
        return "Le RNA" if self.source == "RNA" else "SIRENE"


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """Ce que le registre dit d'une fiche ; `lus` nomme les lignes liées par un numéro."""

    lus: list[str] = field(default_factory=list)
    fermeture: str = ""
    differences: list[Difference] = field(default_factory=list)
    probables: list[Difference] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lus or self.probables)


def rapprocher(organisation: Organisation) -> Rapprochement:
    """Compare la fiche au registre, en une requête."""
    return comparer(organisation, lire_ensemble(lots_du_registre(organisation)))


def comparer(organisation: Organisation, lots: Mapping[str, list[Any]]) -> Rapprochement:
    """La même comparaison, pour qui a lu les `lots_du_registre` avec les siens."""
    association = _seule(lots["associations"])
    unite = _seule(lots["unites"])
    siege = next((e for e in lots["sieges"] if unite and e.siret == unite.siege), None)
    return Rapprochement(
        lus=[_lue(ligne) for ligne in (association, unite) if ligne],
        fermeture=_fermeture(association, unite),
        differences=list(_differences(organisation, association, unite, siege)),
        probables=[
            *_probables("rna", "RNA", [] if association else lots["homonymes"]),
            *_probables("siren", "SIRENE", [] if unite else lots["unites_homonymes"]),
        ],
    )


def lots_du_registre(organisation: Organisation) -> dict[str, QuerySet[Any]]:
    """Les lignes du registre que la fiche désigne, par ses numéros ou par son nom."""
    rna, siren = organisation.rna, organisation.siren or organisation.siret[:9]
    du_numero = Q(numero=rna) if rna else Q(siren=siren) & ~Q(siren="")
    liee = AssociationRNA.objects.filter(Q(numero=rna) & ~Q(siren=""))
    sirens = Q(siren=siren) if siren else Q(siren__in=liee.values("siren"))
    unites = UniteLegale.objects.filter(sirens | (Q(rna=rna) & ~Q(rna="")))
    noms = Q(nom_normalise__in=[organisation.nom_normalise, normaliser(organisation.nom)])
    ici = organisation.commune_id
    sieges_d_ici = Etablissement.objects.filter(commune=ici, siege=True)
    homonymes = AssociationRNA.objects.filter(noms, commune=ici, numero__startswith="W")
    unites_homonymes = UniteLegale.objects.filter(noms, siege__in=sieges_d_ici.values("siret"))
    return {
        "associations": _avec_commune(AssociationRNA.objects.filter(du_numero))[:2],
        "unites": unites[:2],
        "sieges": _avec_commune(Etablissement.objects.filter(siret__in=unites.values("siege")))[:2],
        "homonymes": (homonymes if ici else homonymes.none())[:PROBABLES],
        "unites_homonymes": (unites_homonymes if ici else unites_homonymes.none())[:PROBABLES],
    }


def _avec_commune(lignes: QuerySet[Any]) -> QuerySet[Any]:
    return lignes.annotate(nom_de_commune=F("commune__nom"))


def _seule(lignes: list[Any]) -> Any:
    """Un numéro que portent deux lignes ne dit pas laquelle : environ 85 000 SIREN sont doubles."""
    return lignes[0] if len(lignes) == 1 else None


def _lue(ligne: AssociationRNA | UniteLegale) -> str:
    source = "RNA" if isinstance(ligne, AssociationRNA) else "SIRENE"
    quand = f", à jour du {_jour(ligne.maj_le)}" if ligne.maj_le else ""
    return f"{source} {ligne.pk}{quand}"


def _jour(quand: date | datetime) -> str:
    return formats.date_format(quand, "j F Y")


def _fermeture(association: AssociationRNA | None, unite: UniteLegale | None) -> str:
    if association and association.etat != EtatRNA.ACTIVE:
        quand = f" le {_jour(association.dissoute_le)}" if association.dissoute_le else ""
        return f"Le RNA la dit {association.get_etat_display()}{quand}."
    if unite and unite.etat == EtatSirene.FERME:
        return "SIRENE la dit fermée."
    return ""


def _differences(
    organisation: Organisation,
    association: AssociationRNA | None,
    unite: UniteLegale | None,
    siege: Any,
) -> Iterator[Difference]:
    deja: set[tuple[str, Any]] = set()
    for source, dits in (("RNA", _du_rna(association)), ("SIRENE", _de_sirene(unite, siege))):
        for champ, (brute, lisible) in dits.items():
            fiche = getattr(organisation, f"{champ}_id" if champ == "commune" else champ)
            if (champ, brute) in deja or _pareils(champ, fiche, brute):
                continue
            deja.add((champ, brute))
            yield Difference(champ, source, _lisible(organisation, champ), lisible, brute)


def _du_rna(ligne: Any) -> dict[str, tuple[Any, str]]:
    if ligne is None:
        return {}
    annee = ligne.creee_le.year if ligne.creee_le else None
    return _dits(
        nom=ligne.nom,
        sigle=ligne.sigle,
        commune=(ligne.commune_id, ligne.nom_de_commune or ""),
        creee_en=annee,
        rna=ligne.numero if ligne.numero.startswith("W") else "",
        siren=ligne.siren,
        siret=ligne.siret,
        site=_adresse(ligne.site),
    )


def _de_sirene(ligne: Any, siege: Any) -> dict[str, tuple[Any, str]]:
    if ligne is None:
        return {}
    forme = ligne.categorie_juridique
    categorie = forme if forme in CATEGORIES_JURIDIQUES else ""
    return _dits(
        nom=ligne.nom,
        sigle=ligne.sigle,
        commune=(siege.commune_id, siege.nom_de_commune or "") if siege else "",
        rna=ligne.rna,
        siren=ligne.siren,
        siret=ligne.siege,
        categorie_juridique=(categorie, CATEGORIES_JURIDIQUES.libelle(categorie)),
    )


def _dits(**valeurs: Any) -> dict[str, tuple[Any, str]]:
    """Ce que la ligne dit, et qui tient dans la fiche : (valeur à écrire, valeur à lire)."""
    couples = {c: v if isinstance(v, tuple) else (v, str(v or "")) for c, v in valeurs.items()}
    return {
        champ: (brute, lisible)
        for champ, (brute, lisible) in couples.items()
        if brute and len(lisible) <= _LONGUEURS.get(champ, 500)
    }


def _pareils(champ: str, fiche: Any, registre: Any) -> bool:
    """Une casse, un accent ou une ponctuation ne font pas une différence de nom."""
    if champ in _TEXTES:
        return normaliser(fiche) == normaliser(registre)
    if champ == "site":
        return _nu(fiche) == _nu(registre)
    return bool(fiche == registre)


def _nu(site: str) -> str:
    return site.lower().partition("://")[2].removeprefix("www.").rstrip("/")


def _adresse(site: str) -> str:
    return site if not site or "://" in site else f"https://{site}"


def _lisible(organisation: Organisation, champ: str) -> str:
    if champ == "commune":
        return organisation.commune.nom if organisation.commune else ""
    if champ == "categorie_juridique":
        return CATEGORIES_JURIDIQUES.libelle(organisation.categorie_juridique)
    return str(getattr(organisation, champ) or "")


def _probables(champ: str, source: str, lignes: Iterable[Any]) -> Iterator[Difference]:
    for ligne in lignes:
        raison = "même nom, dans la même commune"
        yield Difference(champ, source, "", ligne.nom, ligne.pk, raison)
