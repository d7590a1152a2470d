"""Importer un fichier vérifié, lot par lot, depuis le début ou depuis son point de reprise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from maillage.annuaire.models import ConstatDImport, EtatImport, ImportDeRegistre, Registre
from maillage.annuaire.models.imports import ImportDeRegistreQuerySet
from maillage.annuaire.registre.importer import rna, sirene, suites
from maillage.annuaire.registre.importer.communes import Communes
from maillage.annuaire.registre.importer.dispositions import Disposition
from maillage.annuaire.registre.importer.lecture import Lecture, lire
from maillage.annuaire.registre.importer.refus import FichierRefuse
from maillage.annuaire.registre.importer.sources import Source, sources
from maillage.annuaire.registre.importer.verification import Tableau, empreinte, verifier
from maillage.annuaire.registre.importer.versement import Compte, preparer, verser

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

T = TypeVar("T")
Avancer = Callable[[int, int, str], None]
DISPOSITIONS: dict[str, tuple[Disposition, ...]] = {
    Registre.RNA: rna.DISPOSITIONS,
    Registre.SIRENE: sirene.DISPOSITIONS,
}
_PAR_CODE = {d.code: d for toutes in DISPOSITIONS.values() for d in toutes}
_FIN: object = object()


def ouvrir(
    chemin: Path, registre: Registre, *, nom: str = "", par: Utilisateur | None = None
) -> ImportDeRegistre:
    """Vérifie tout le fichier et prépare son import ; rend celui déjà commencé, s'il y en a un.

    Lève `FichierRefuse`, rien n'étant écrit.
    """
    nom = nom or chemin.name
    trouvees = sources(chemin, nom)
    signature = empreinte(chemin)
    deja_vus = ImportDeRegistre.objects.filter(registre=registre, empreinte=signature)
    if commence := deja_vus.en_cours().first():
        commence.chemin = str(chemin)
        commence.save(update_fields=["chemin"])
        return commence
    tableaux = _deja_verifies(deja_vus) or _verifier(trouvees, registre)
    return ImportDeRegistre.objects.create(
        registre=registre,
        nom=nom[:200],
        chemin=str(chemin),
        empreinte=signature,
        sources=[t.en_json() for t in tableaux],
        total=sum(t.lignes for t in tableaux),
        demande_par=par,
    )


def _deja_verifies(deja_vus: ImportDeRegistreQuerySet) -> list[Tableau]:
    """Ce que l'on sait d'un fichier au même contenu, déjà importé en entier par cette version."""
    fini = deja_vus.finis().first()
    champs = {champ.name for champ in fields(Tableau)}
    connus = fini.sources if fini else []
    return [Tableau(**t) for t in connus] if all(set(t) == champs for t in connus) else []


def _verifier(trouvees: Iterable[Source], registre: Registre) -> list[Tableau]:
    verifies = [(verifier(source, DISPOSITIONS[registre]), source) for source in trouvees]
    verifies.sort(key=lambda v: _PAR_CODE[v[0].disposition].ordre)
    _essayer(verifies[0][1], verifies[0][0])
    return [tableau for tableau, _ in verifies]


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
        communes = Communes()
        tableaux = [Tableau(**t) for t in importation.sources]
        for rang in range(importation.source, len(tableaux)):
            deja = sum(t.lignes for t in tableaux[:rang])
            _importer_source(importation, rang, tableaux[rang], communes, deja, avancer)
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
    return sorted(importations, key=lambda i: _PAR_CODE[i.sources[0]["disposition"]].ordre)


def refuser(importation: ImportDeRegistre, raison: str) -> None:
    """Arrête un import qui ne peut pas aller plus loin ; ce qu'il a versé reste."""
    ImportDeRegistre.objects.filter(pk=importation.pk).update(
        etat=EtatImport.REFUSE, message=raison[:1000], fini_le=timezone.now()
    )


def _importer_source(
    importation: ImportDeRegistre,
    rang: int,
    tableau: Tableau,
    communes: Communes,
    deja: int,
    avancer: Avancer,
) -> None:
    disposition = _PAR_CODE[tableau.disposition]
    preparer(disposition)
    reprise = importation.source == rang
    lectures = lire(
        Source(Path(importation.chemin), tableau.nom, tableau.entree, tableau.parquet),
        tableau,
        disposition,
        decalage=importation.decalage if reprise else 0,
        ligne=importation.ligne if reprise else 0,
    )
    nettoyees = ((lu, disposition.appliquer(lu.cadre, communes)) for lu in lectures)
    for lecture, cadre in _en_avance(nettoyees):
        _verser_lot(importation, rang, tableau, lecture, cadre)
        fait = min(deja + lecture.ligne, importation.total)
        avancer(fait, importation.total + 1, f"lignes, {tableau.nom}")


def _verser_lot(
    importation: ImportDeRegistre,
    rang: int,
    tableau: Tableau,
    lecture: Lecture,
    cadre: pl.DataFrame,
) -> None:
    """Les lignes, leurs constats, les comptes et le point de reprise : ensemble ou pas du tout."""
    disposition = _PAR_CODE[tableau.disposition]
    dedans = cadre.filter(~pl.col("_ecartee"))
    bonnes = dedans.filter(pl.col("_raison") == "")
    with transaction.atomic():
        compte = verser(bonnes, disposition)
        constats = [
            ConstatDImport(importation=importation, fichier=tableau.nom[:200], **constat)
            for constat in _constats(dedans, lecture)
        ]
        ConstatDImport.objects.bulk_create(constats, batch_size=5_000)
        rejetees = dedans.height - bonnes.height + len(lecture.illisibles)
        _noter(importation, rang, lecture, compte, cadre.height - dedans.height, rejetees)


def _constats(cadre: pl.DataFrame, lecture: Lecture) -> Iterator[dict[str, Any]]:
    for ligne, raison in lecture.illisibles:
        yield {"ligne": ligne, "numero": "", "raison": raison, "rejetee": True}
    a_dire = cadre.filter((pl.col("_raison") != "") | (pl.col("_remarque") != ""))
    dits = a_dire.select("_ligne", "_numero", "_raison", "_remarque")
    for ligne, numero, raison, remarque in dits.iter_rows():
        yield {
            "ligne": ligne,
            "numero": numero.strip()[:60],
            "raison": (raison or remarque)[:300],
            "rejetee": bool(raison),
        }


def _noter(
    importation: ImportDeRegistre,
    rang: int,
    lecture: Lecture,
    compte: Compte,
    ecartees: int,
    rejetees: int,
) -> None:
    lues = lecture.cadre.height + len(lecture.illisibles)
    ImportDeRegistre.objects.filter(pk=importation.pk).update(
        source=rang,
        decalage=lecture.decalage,
        ligne=lecture.ligne,
        lues=F("lues") + lues,
        ajoutees=F("ajoutees") + compte.ajoutees,
        changees=F("changees") + compte.changees,
        dissoutes=F("dissoutes") + compte.dissoutes,
        ecartees=F("ecartees") + ecartees + compte.exclues,
        rejetees=F("rejetees") + rejetees,
    )


def _finir(importation: ImportDeRegistre) -> str:
    ImportDeRegistre.objects.filter(pk=importation.pk).update(
        etat=EtatImport.FINI, fini_le=timezone.now()
    )
    importation.refresh_from_db()
    return importation.bilan


def _essayer(source: Source, tableau: Tableau) -> None:
    """Nettoie le premier bloc sans rien écrire : la plupart de ses lignes doivent convenir."""
    disposition = _PAR_CODE[tableau.disposition]
    premiere = next(lire(source, tableau, disposition, decalage=0, ligne=0))
    cadre = disposition.appliquer(premiere.cadre, Communes())
    raisons = [
        *(r for _, r in premiere.illisibles),
        *cadre["_raison"].filter(cadre["_raison"] != ""),
    ]
    if len(raisons) * 2 > cadre.height + len(premiere.illisibles):
        raise FichierRefuse(
            f"La plupart des lignes de « {tableau.nom} » ne vont pas ({raisons[0]}) : ce n’est pas "
            f"{disposition.libelle}, ou ses colonnes sont décalées."
        )


def _en_avance(elements: Iterable[T]) -> Iterator[T]:
    """Prépare l'élément suivant dans un autre fil pendant que l'on se sert du précédent."""
    iterateur = iter(elements)
    with ThreadPoolExecutor(1) as fil:
        suivant = fil.submit(next, iterateur, _FIN)
        while (element := suivant.result()) is not _FIN:
            suivant = fil.submit(next, iterateur, _FIN)
            yield element  # type: ignore[misc]


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
