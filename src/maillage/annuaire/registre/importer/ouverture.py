"""Ouvrir un import : vérifier tout le fichier avant d'en écrire une ligne, ou reprendre le sien."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.annuaire.models import ImportDeRegistre, Registre
from maillage.annuaire.models.imports import ImportDeRegistreQuerySet
from maillage.annuaire.registre.importer.communes import Communes
from maillage.annuaire.registre.importer.lecture import lire
from maillage.annuaire.registre.importer.refus import FichierRefuse
from maillage.annuaire.registre.importer.registres import DISPOSITIONS, PAR_CODE
from maillage.annuaire.registre.importer.sources import Source, sources
from maillage.annuaire.registre.importer.verification import Tableau, empreinte, verifier

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

FILS = 2
"""Sources vérifiées à la fois : déplier un zip et le relire lâche le verrou de Python."""


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


def _verifier(trouvees: Sequence[Source], registre: Registre) -> list[Tableau]:
    with ThreadPoolExecutor(FILS) as fils:
        tableaux = fils.map(lambda source: verifier(source, DISPOSITIONS[registre]), trouvees)
        verifies = list(zip(tableaux, trouvees, strict=True))
    verifies.sort(key=lambda v: PAR_CODE[v[0].disposition].ordre)
    _essayer(verifies[0][1], verifies[0][0])
    return [tableau for tableau, _ in verifies]


def _essayer(source: Source, tableau: Tableau) -> None:
    """Nettoie le premier bloc sans rien écrire : la plupart de ses lignes doivent convenir."""
    disposition = PAR_CODE[tableau.disposition]
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
