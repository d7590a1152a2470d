"""L'import demandé depuis la page : un travail, que la mort de son processus n'arrête pas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from maillage.annuaire.models import Registre
from maillage.annuaire.registre.importer.execution import importer
from maillage.annuaire.registre.importer.ouverture import ouvrir
from maillage.annuaire.registre.importer.refus import FichierRefuse
from maillage.socle.comptes import Utilisateur
from maillage.socle.travaux.operations import lancer
from maillage.socle.travaux.registre import Progression, TravailRefuse, tache

if TYPE_CHECKING:
    from maillage.socle.travaux.models import Travail

TACHE = "annuaire.importer_registre"


def demander(*, chemin: Path, nom: str, registre: Registre, par: Utilisateur) -> Travail:
    """Lance l'import d'un fichier déjà sur le serveur."""
    return lancer(
        libelle=f"Importer {nom} ({registre.label})"[:200],
        tache=TACHE,
        parametres={
            "chemin": str(chemin),
            "nom": nom,
            "registre": registre.value,
            "par": str(par.pk),
        },
        par=par,
        suite=reverse("annuaire:registre"),
    )


def ranger(fichier: UploadedFile, cle: str) -> Path:
    """Garde un fichier reçu dans un dossier à nous, sous une clé à nous."""
    dossier = recus()
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    chemin = dossier / cle
    with chemin.open("wb") as sortie:
        for morceau in fichier.chunks():
            sortie.write(morceau)
    return chemin


def recus() -> Path:
    """Les fichiers reçus par la page, gardés le temps de leur import."""
    return Path(settings.DOSSIER_REGISTRE) / "recus"


@tache(TACHE)
def importer_le_fichier(
    progression: Progression, *, chemin: str, nom: str, registre: str, par: str
) -> str:
    """Vérifie et importe ; repris, continue depuis le dernier lot versé."""
    fichier = Path(chemin)
    progression.avancer(0, 0, "vérification du fichier")
    try:
        compte = Utilisateur.objects.filter(pk=par).first()
        importation = ouvrir(fichier, Registre(registre), nom=nom, par=compte)
        phrase = importer(importation, progression.avancer)
    except FichierRefuse as refus:
        _oublier(fichier)
        raise TravailRefuse(str(refus)) from refus
    _oublier(fichier)
    return phrase


def _oublier(fichier: Path) -> None:
    """Un fichier reçu ne sert plus ; celui que l'on a posé sur le serveur y reste."""
    if fichier.parent == recus():
        fichier.unlink(missing_ok=True)
