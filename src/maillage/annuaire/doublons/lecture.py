"""Des tables aux notices : les fiches et le registre, un département à la fois."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from maillage.annuaire.doublons.calculs.notices import Notice, Source, preparer
from maillage.annuaire.models import AssociationRNA, Organisation
from maillage.annuaire.models.registre import EtatRNA
from maillage.territoires.models import Niveau, Territoire

ARRONDISSEMENTS = ("751", "132", "6938")
"""Débuts des codes d'arrondissement : Paris, Marseille et Lyon se comparent arrondissement par
arrondissement, sans quoi une grande ville serait un seul seau."""
_LUES = 5_000


def fiches_par_departement() -> Iterator[list[Notice]]:
    """Les fiches en service, réunies par département ; sans lieu, entre elles."""
    departements = set(
        Territoire.objects.filter(niveau=Niveau.DEPARTEMENT).values_list("pk", flat=True)
    )
    lots: dict[Any, list[Notice]] = defaultdict(list)
    fiches = Organisation.objects.en_service().select_related("commune")
    for fiche in fiches.iterator(_LUES):
        ou = next((lieu for lieu in fiche.lieux if lieu in departements), "")
        lots[ou].append(preparer(_de_fiche(fiche, str(ou))))
    yield from lots.values()


def departements_du_registre() -> list[tuple[int, str]]:
    """Les départements où le registre a des associations : identifiant et nom."""
    return list(
        Territoire.objects.filter(niveau=Niveau.DEPARTEMENT)
        .order_by("code")
        .values_list("pk", "nom")
    )


def registre_du_departement(departement: int) -> list[Notice]:
    """Les associations du registre dont la commune est dans ce département."""
    communes = dict(
        Territoire.objects.filter(departement=departement, niveau=Niveau.COMMUNE).values_list(
            "pk", "nom"
        )
    )
    lignes = AssociationRNA.objects.filter(commune__in=list(communes)).exclude(
        etat=EtatRNA.SUPPRIMEE
    )
    return list(_du_registre(lignes.iterator(_LUES), communes, str(departement)))


def _du_registre(
    lignes: Iterable[AssociationRNA], communes: dict[int, str], departement: str
) -> Iterator[Notice]:
    for ligne in lignes:
        nom_de_commune = communes.get(ligne.commune_id or 0, "")
        grande = ligne.code_commune.startswith(ARRONDISSEMENTS)
        rang = rang_d_arrondissement(ligne.code_commune)
        yield preparer(
            Source(
                cle=ligne.numero,
                nom=ligne.nom,
                sigle=ligne.sigle,
                commune=ligne.code_commune if grande else str(ligne.commune_id or ""),
                departement=departement,
                commune_nom=f"{nom_de_commune} {ligne.libelle_commune} {rang}",
                adresse=ligne.adresse,
                siren=ligne.siren,
                siret=ligne.siret,
                site=ligne.site,
                objet=ligne.objet,
                themes=tuple(t for t in (ligne.objet_social1, ligne.objet_social2) if t),
                creee=ligne.creee_le.isoformat() if ligne.creee_le else "",
            )
        )


def _de_fiche(fiche: Organisation, departement: str) -> Source:
    return Source(
        cle=str(fiche.pk),
        nom=fiche.nom,
        sigle=fiche.sigle,
        commune=str(fiche.commune_id or ""),
        departement=departement,
        commune_nom=fiche.commune.nom if fiche.commune else "",
        rna=fiche.rna,
        siren=fiche.siren,
        siret=fiche.siret,
        site=fiche.site,
        courriel=fiche.courriel,
        telephone=fiche.telephone,
        objet=fiche.objet,
        creee=str(fiche.creee_en or ""),
    )


def rang_d_arrondissement(code: str) -> str:
    """Le rang tel qu'on le dit (« 15e », « 1er »), pour le code d'un arrondissement municipal."""
    if not code.startswith(ARRONDISSEMENTS):
        return ""
    rang = int(code[-2:]) - (80 if code.startswith("6938") else 0)
    return f"{rang}e {rang}er"
