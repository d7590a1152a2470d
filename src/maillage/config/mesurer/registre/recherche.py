"""La recherche pendant que vingt personnes tapent et qu'un import tourne.

Le même SQL, nu, part aux mêmes instants que les pages : ce que coûte une recherche au-delà d'une
page connectée vide ne doit pas dépasser trois fois ce que coûte son SQL.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from maillage.annuaire.models import AssociationRNA, EntreeDuRegistre, Registre
from maillage.annuaire.recherche.index import reconstruire
from maillage.annuaire.recherche.moteur import dans_le_registre
from maillage.annuaire.registre.fabriquer.ecriture import fabriquer_rna
from maillage.annuaire.registre.importer.execution import importer
from maillage.annuaire.registre.importer.ouverture import ouvrir
from maillage.config.mesurer.chiffres import Chiffre
from maillage.config.mesurer.ensemble import (
    Geste,
    Personne,
    en_pause,
    executer,
    liaisons,
    serveur,
)
from maillage.config.mesurer.pages import VIDE, p95
from maillage.config.mesurer.personnes import personnes
from maillage.config.mesurer.processus import environnement
from maillage.config.mesurer.registre.frappe import fauter, frappes, nom_tape, tirer
from maillage.socle.models import Utilisateur

NATIONAL = 2_000_000
A_LA_FOIS, PROCESSUS = 20, 2
TOURS = 3
FOIS_LE_SQL = 3
EPROUVEES = 400
RANG = 5
Faire = Callable[[int, str], Geste]
_COMMUNES = ("django_session", "socle_utilisateur", "annuaire_rattachement")
"""Ce que toute page connectée lit aussi : le SQL nu d'une recherche ne le compte pas."""


def mesurer(lignes: int) -> dict[str, Chiffre]:
    """p95 de la page vide, du SQL nu et de la recherche (ms), leur rapport ; ce qui se retrouve."""
    compte = personnes(min(1.0, lignes / NATIONAL))["chargée"]
    with TemporaryDirectory() as dossier:
        _poser(lignes, Path(dossier))
        alea = random.Random(4)  # noqa: S311 - un tirage pour mesurer
        entrees = tirer(EPROUVEES, alea)
        chiffres = {"entrées cherchées": Chiffre(EntreeDuRegistre.objects.count())}
        chiffres |= _retrouvees(entrees, alea)
        with _import_en_cours(Path(dossier), max(10_000, lignes // 20)):
            return chiffres | _a_la_fois(compte, entrees, alea)


def _poser(lignes: int, dossier: Path) -> None:
    """Le registre, s'il n'y est pas encore, et de quoi le chercher."""
    if AssociationRNA.objects.count() < lignes * 0.9:
        ecrit = fabriquer_rna(lignes, 1, dossier / "registre", "waldec-2026")
        importer(ouvrir(ecrit.archive, Registre.RNA), conclure=False)
    if EntreeDuRegistre.objects.count() < AssociationRNA.objects.count():
        reconstruire()


def _retrouvees(entrees: Sequence[EntreeDuRegistre], alea: random.Random) -> dict[str, Chiffre]:
    """La part des structures rendues parmi les cinq premières, leur nom tapé avec une faute."""
    chiffres = {}
    for dite, commune in (("nom", False), ("nom et commune", True)):
        trouvees = sum(_retrouvee(e, fauter(nom_tape(e, commune=commune), alea)) for e in entrees)
        part = round(100 * trouvees / len(entrees), 1)
        chiffres[f"retrouvées par leur {dite}, une faute de frappe"] = Chiffre(
            part, f"% des {len(entrees)} dans les {RANG} premières"
        )
    return chiffres


def _retrouvee(entree: EntreeDuRegistre, texte: str) -> bool:
    """Elle-même, ou son doublon : le même nom dans la même commune."""
    premieres = list(dans_le_registre(texte))[:RANG]
    voulue = (entree.nom_normalise, entree.commune_id)
    return any((e.nom_normalise, e.commune_id) == voulue for e in premieres)


@contextmanager
def _import_en_cours(dossier: Path, lignes: int) -> Iterator[None]:
    """Un autre processus importe, et recommence, tant que l'on mesure."""
    commande = [sys.executable, "-m", "maillage.config", "importer", "rna", "--sans-recherche"]
    boucle = "import subprocess, sys\nwhile not subprocess.run(sys.argv[1:]).returncode: pass"
    fichiers = [
        str(fabriquer_rna(lignes, graine, dossier / str(graine), "waldec-2026").archive)
        for graine in (77, 78)
    ]
    suite = subprocess.Popen(  # noqa: S603 - nos mots
        [sys.executable, "-c", boucle, *commande, *fichiers],
        env=environnement(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
        if suite.poll() is not None:
            raise RuntimeError("L'import s'est arrêté pendant la mesure.")
    finally:
        subprocess.run(["kill", "--", f"-{suite.pid}"], check=False)  # noqa: S603, S607
        suite.wait()


def _a_la_fois(
    compte: Utilisateur, entrees: Sequence[EntreeDuRegistre], alea: random.Random
) -> dict[str, Chiffre]:
    """Vingt personnes : la page vide, la recherche et son SQL nu, tour à tour."""
    tapes = [_session(entrees[rang::A_LA_FOIS][:TOURS], alea) for rang in range(A_LA_FOIS)]
    sql = {texte: _sql(compte, texte) for session in tapes for tour in session for texte in tour}
    durees: dict[str, list[float]] = {"vide": [], "recherche": [], "nu": []}
    with serveur(PROCESSUS) as port, liaisons(A_LA_FOIS) as nues:
        gens = [Personne(port, compte) for _ in range(A_LA_FOIS)]
        en_pause([[partial(g.demander, VIDE)] * 8 for g in gens], graine=0)  # les caches se font
        for tour in range(TOURS):
            textes = [session[tour] for session in tapes]
            jeux: dict[str, Faire] = {
                "vide": lambda rang, _: partial(gens[rang].demander, VIDE),
                "recherche": lambda rang, texte: partial(gens[rang].demander, _adresse(texte)),
                "nu": lambda rang, texte: partial(executer, nues[rang], sql[texte]),
            }
            for nom, faire in jeux.items():
                for personne in gens:
                    personne.renouer()
                gestes = [[faire(rang, t) for t in dits] for rang, dits in enumerate(textes)]
                durees[nom] += en_pause(gestes, graine=tour)
    return _rapport(durees)


def _rapport(durees: dict[str, list[float]]) -> dict[str, Chiffre]:
    vide, nu, recherche = (p95(durees[nom]) for nom in ("vide", "nu", "recherche"))
    return {
        "envois à vingt personnes": Chiffre(len(durees["recherche"])),
        "page vide, p95": Chiffre(round(vide, 1), "ms"),
        "SQL nu, p95": Chiffre(round(nu, 1), "ms"),
        "recherche, p95": Chiffre(round(recherche, 1), "ms"),
        "recherche sur page vide + 3 × SQL nu": Chiffre(
            round(recherche / (vide + FOIS_LE_SQL * nu), 2), "fois", au_plus=1
        ),
    }


def _session(entrees: Sequence[EntreeDuRegistre], alea: random.Random) -> list[list[str]]:
    """Ce qu'une personne tape à chaque tour : un nom, un nom fautif, un nom et sa commune."""
    textes = [nom_tape(e, commune=rang == 2) for rang, e in enumerate(entrees)]
    textes[1] = fauter(textes[1], alea)
    return [frappes(texte) for texte in textes]


def _sql(compte: Utilisateur, texte: str) -> list[str]:
    """Les requêtes d'une recherche, telles qu'envoyées, hors ce que lit toute page connectée."""
    client = Client()
    client.force_login(compte)
    reset_queries()  # au-delà de 9 000 requêtes, Django oublie les premières
    with CaptureQueriesContext(connection) as captees:
        client.get(_adresse(texte), headers={"HX-Request": "true"})
    lues = [requete["sql"] for requete in captees.captured_queries]
    return [requete for requete in lues if not any(table in requete for table in _COMMUNES)]


def _adresse(texte: str) -> str:
    return f"{reverse('annuaire:chercher')}?{urlencode({'q': texte})}"
