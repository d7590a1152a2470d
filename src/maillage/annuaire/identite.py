"""Ce que la fiche dit de l'identité d'une organisation : rien de vide, des mots lisibles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.annuaire.eligibilite import eligibilite
from maillage.annuaire.models import Organisation


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une donnée connue, et d'où elle vient si on le sait."""

    libelle: str
    valeur: str
    origine: str = ""


def identite(
    organisation: Organisation, aire: str, origines: Mapping[str, str] | None = None
) -> list[Ligne]:
    """Les lignes connues, dans l'ordre où on les cherche ; `aire` nomme ses territoires."""
    commune = organisation.commune
    eligible = str(eligibilite(organisation)) if organisation.est_structure else ""
    lignes = [
        ("Sigle", organisation.sigle, "sigle"),
        ("Commune", commune.nom_complet if commune else "", "commune_id"),
        ("Aire d’intervention", aire, ""),
        ("Secteur", organisation.get_secteur_display(), "secteur"),
        ("Branche", organisation.get_branche_display(), "branche"),
        ("Forme", organisation.get_categorie_juridique_display(), "categorie_juridique"),
        ("Agréments", ", ".join(organisation.agrements_lisibles), "agrements"),
        ("Éligible au DLA", eligible, ""),
        ("RNA", organisation.rna, "rna"),
        ("SIREN", _grouper(organisation.siren), "siren"),
        ("SIRET", _grouper(organisation.siret), "siret"),
        ("Créée en", str(organisation.creee_en or ""), "creee_en"),
        ("Service de", _nom(organisation.rattachee_a), "rattachee_a_id"),
        ("Suivie par", _nom(organisation.operateur), "operateur_id"),
        ("Courriel", organisation.courriel, "courriel"),
        ("Téléphone", organisation.telephone, "telephone"),
        ("Site", organisation.site, "site"),
    ]
    dites = origines or {}
    return [Ligne(nom, valeur, dites.get(champ, "")) for nom, valeur, champ in lignes if valeur]


def _nom(organisation: Organisation | None) -> str:
    return organisation.nom if organisation else ""


def _grouper(numero: str) -> str:
    """« 356000000 » → « 356 000 000 », espaces insécables fines."""
    blocs = [numero[:3], numero[3:6], numero[6:9], numero[9:]]
    return "\u202f".join(bloc for bloc in blocs if bloc)
