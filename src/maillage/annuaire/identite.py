"""Ce que la fiche dit de l'identité d'une organisation : rien de vide, des mots lisibles."""

from __future__ import annotations

from maillage.annuaire.eligibilite import eligibilite
from maillage.annuaire.models import Organisation


def identite(organisation: Organisation, aire: str) -> list[tuple[str, str]]:
    """Les lignes connues, dans l'ordre où on les cherche ; `aire` nomme ses territoires."""
    commune = organisation.commune
    lignes = [
        ("Sigle", organisation.sigle),
        ("Commune", commune.nom_complet if commune else ""),
        ("Aire d’intervention", aire),
        ("Secteur", organisation.get_secteur_display()),
        ("Branche", organisation.get_branche_display()),
        ("Forme", organisation.get_categorie_juridique_display()),
        ("Agréments", ", ".join(organisation.agrements_lisibles)),
        ("Éligible au DLA", eligibilite(organisation) if organisation.est_structure else ""),
        ("RNA", organisation.rna),
        ("SIREN", _grouper(organisation.siren)),
        ("SIRET", _grouper(organisation.siret)),
        ("Créée en", str(organisation.creee_en or "")),
        ("Service de", organisation.rattachee_a.nom if organisation.rattachee_a else ""),
        ("Suivie par", organisation.operateur.nom if organisation.operateur else ""),
        ("Courriel", organisation.courriel),
        ("Téléphone", organisation.telephone),
        ("Site", organisation.site),
    ]
    return [(libelle, valeur) for libelle, valeur in lignes if valeur]


def _grouper(numero: str) -> str:
    """« 356000000 » → « 356 000 000 », espaces insécables fines."""
    blocs = [numero[:3], numero[3:6], numero[6:9], numero[9:]]
    return "\u202f".join(bloc for bloc in blocs if bloc)
