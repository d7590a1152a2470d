"""Importer un fichier vérifié, lot par lot, depuis le début ou depuis son point de reprise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from maillage.annuaire.models import ConstatDImport, EtatImport, ImportDeRegistre
from maillage.annuaire.registre.importer import suites
from maillage.annuaire.registre.importer.communes import Communes
from maillage.annuaire.registre.importer.lots import Lot, Point, lots
from maillage.annuaire.registre.importer.refus import FichierRefuse
from maillage.annuaire.registre.importer.registres import PAR_CODE
from maillage.annuaire.registre.importer.verification import Tableau, empreinte
from maillage.annuaire.registre.importer.versement import Compte, Versement

Avancer = Callable[[int, int, str], None]


def importer(
    importation: ImportDeRegistre, avancer: Avancer = lambda *_: None, *, conclure: bool = True
) -> str:
    """Fait l'import, ou ce qu'il en reste, et rend la phrase de sa fin.

    Sans `conclure`, la recherche ne connaît pas encore ces lignes : à faire une fois, après le
    dernier de plusieurs fichiers. Lève `FichierRefuse` si le fichier manque ou a changé, ou si un
    autre import du même registre est en cours.
    """
    with _seul(importation):
        _verifier_inchange(importation)
        _verser_les_lots(importation, avancer)
        importation.refresh_from_db()
        if conclure and importation.ajoutees + importation.changees:
            suites.conclure(avancer)
        return _finir(importation)


def _verifier_inchange(importation: ImportDeRegistre) -> None:
    chemin = Path(importation.chemin)
    if not chemin.exists() or empreinte(chemin) != importation.empreinte:
        raise FichierRefuse(
            f"« {importation.nom} » a disparu ou changé depuis le début de son import : "
            "importez-le de nouveau."
        )


def dans_l_ordre(importations: Iterable[ImportDeRegistre]) -> list[ImportDeRegistre]:
    """Les unités légales avant leurs établissements."""
    return sorted(importations, key=lambda i: PAR_CODE[i.sources[0]["disposition"]].ordre)


def refuser(importation: ImportDeRegistre, raison: str) -> None:
    """Arrête un import qui ne peut pas aller plus loin ; ce qu'il a versé reste."""
    ImportDeRegistre.objects.filter(pk=importation.pk).update(
        etat=EtatImport.REFUSE, message=raison[:1000], fini_le=timezone.now()
    )


def _verser_les_lots(importation: ImportDeRegistre, avancer: Avancer) -> None:
    tableaux = [Tableau(**t) for t in importation.sources]
    avant = list(accumulate((t.lignes for t in tableaux), initial=0))
    point = Point(importation.source, importation.decalage, importation.ligne)
    versements: dict[str, Versement] = {}
    for lot in lots(Path(importation.chemin), tableaux, Communes(), point):
        code = lot.disposition.code
        if code not in versements:
            versements[code] = Versement(lot.disposition)
        _verser_lot(importation, lot, versements[code])
        fait = min(avant[lot.rang] + lot.lecture.ligne, importation.total)
        avancer(fait, importation.total + 1, f"lignes, {lot.tableau.nom}")


def _verser_lot(importation: ImportDeRegistre, lot: Lot, versement: Versement) -> None:
    """Les lignes, leurs constats, les comptes et le point de reprise : ensemble ou pas du tout."""
    with transaction.atomic():
        compte = versement.verser(lot.envoi)
        constats = [
            ConstatDImport(importation=importation, fichier=lot.tableau.nom[:200], **constat)
            for constat in _constats(lot)
        ]
        ConstatDImport.objects.bulk_create(constats, batch_size=5_000)
        _noter(importation, lot, compte)


def _constats(lot: Lot) -> Iterator[dict[str, Any]]:
    for ligne, raison in lot.lecture.illisibles:
        yield {"ligne": ligne, "numero": "", "raison": raison, "rejetee": True}
    dits = lot.a_dire.select("_ligne", "_numero", "_raison", "_remarque")
    for ligne, numero, raison, remarque in dits.iter_rows():
        yield {
            "ligne": ligne,
            "numero": numero.strip()[:60],
            "raison": (raison or remarque)[:300],
            "rejetee": bool(raison),
        }


def _noter(importation: ImportDeRegistre, lot: Lot, compte: Compte) -> None:
    ImportDeRegistre.objects.filter(pk=importation.pk).update(
        source=lot.rang,
        decalage=lot.lecture.decalage,
        ligne=lot.lecture.ligne,
        lues=F("lues") + lot.lues,
        ajoutees=F("ajoutees") + compte.ajoutees,
        changees=F("changees") + compte.changees,
        dissoutes=F("dissoutes") + compte.dissoutes,
        ecartees=F("ecartees") + lot.ecartees + compte.exclues,
        rejetees=F("rejetees") + lot.rejetees,
    )


def _finir(importation: ImportDeRegistre) -> str:
    ImportDeRegistre.objects.filter(pk=importation.pk).update(
        etat=EtatImport.FINI, fini_le=timezone.now()
    )
    importation.refresh_from_db()
    return importation.bilan


@contextmanager
def _seul(importation: ImportDeRegistre) -> Iterator[None]:
    """Un import par registre à la fois ; le verrou tombe avec le processus."""
    clef = f"registre:{importation.registre}"
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [clef])
        (pris,) = curseur.fetchone()
        if not pris:
            raise FichierRefuse(
                f"Un autre import du {importation.get_registre_display()} est en cours : attendez "
                "sa fin."
            )
        try:
            yield
        finally:
            curseur.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [clef])
