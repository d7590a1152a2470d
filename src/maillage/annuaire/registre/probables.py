"""Les liens probables de tout un portefeuille : des lignes du registre que rien ne lie encore.

La même règle que sur une fiche (`rapprochement`) : le même nom dans la même commune se propose, ne
se suppose pas. Dire « c'est elle » se fait sur la page qui compare la fiche au registre.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from maillage.annuaire.models import AssociationRNA, Etablissement, Organisation, UniteLegale
from maillage.annuaire.perimetre import perimetre_de

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

PAR_FICHE = 3


@dataclass(frozen=True, slots=True)
class LienProbable:
    """Une ligne du registre qui pourrait être la sienne."""

    registre: str
    numero: str
    nom: str


def a_rapprocher(utilisateur: Utilisateur) -> QuerySet[Organisation]:
    """Les structures que l'on suit, à qui le registre propose un numéro qu'elles n'ont pas."""
    suivies = (
        Organisation.objects.structures()
        .en_service()
        .filter(operateur__in=perimetre_de(utilisateur).portefeuilles, commune__isnull=False)
    )
    memes = {"nom_normalise": OuterRef("nom_normalise"), "commune": OuterRef("commune")}
    au_rna = AssociationRNA.objects.filter(numero__startswith="W", **memes)
    deja_liee = AssociationRNA.objects.filter(siren=OuterRef("siren")).exclude(siren="")
    a_sirene = _unites().filter(**memes)
    return suivies.filter(
        (Q(rna="") & Exists(au_rna) & ~Exists(deja_liee))
        | (Q(siren="", siret="") & Exists(a_sirene))
    )


def avec_leurs_lignes(
    fiches: Sequence[Organisation],
) -> list[tuple[Organisation, list[LienProbable]]]:
    """Chaque fiche et ce que le registre lui propose ; deux requêtes, quel que soit leur nombre."""
    noms = {f.nom_normalise for f in fiches}
    communes = {f.commune_id for f in fiches}
    ici: dict[str, Any] = {"nom_normalise__in": noms, "commune__in": communes}
    au_rna = _par_nom(AssociationRNA.objects.filter(numero__startswith="W", **ici))
    a_sirene = _par_nom(_unites().filter(**ici))
    return [(fiche, list(_lignes(fiche, au_rna, a_sirene))) for fiche in fiches]


def _unites() -> QuerySet[Any]:
    """Les unités légales, chacune à la commune de son siège."""
    sieges = Etablissement.objects.filter(siret=OuterRef("siege"), siege=True)
    return UniteLegale.objects.annotate(commune=Subquery(sieges.values("commune")[:1]))


def _par_nom(lignes: QuerySet[Any]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    rangees: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for cle, nom, normalise, commune in lignes.order_by("pk").values_list(
        "pk", "nom", "nom_normalise", "commune"
    ):
        rangees[normalise, commune].append((cle, nom))
    return rangees


def _lignes(fiche: Organisation, au_rna: Any, a_sirene: Any) -> Iterator[LienProbable]:
    cle = (fiche.nom_normalise, fiche.commune_id)
    cherches = (("RNA", au_rna, fiche.rna), ("SIRENE", a_sirene, fiche.siren or fiche.siret))
    for registre, rangees, connu in cherches:
        if not connu:
            for numero, nom in rangees.get(cle, [])[:PAR_FICHE]:
                yield LienProbable(registre, numero, nom)
