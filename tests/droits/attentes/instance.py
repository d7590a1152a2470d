"""Ce qui ne tient à aucune pièce du métier : l'instance, le socle, le pilotage."""

from __future__ import annotations

from tests.droits.attentes.lignes import Ligne, objet, sujet
from tests.droits.attentes.profils import (
    ADMINISTRATION,
    AGENTS_DE_DLA,
    AGENTS_DU_RESEAU,
    CONNECTES,
    ECRIRE_DOSSIER,
    LE_SIEN,
    LIRE_DOSSIER,
    LIRE_INTERNE,
    OBJECTIF,
    OUI,
    OUVERTE,
    RESPONSABLES,
)

INSTANCE: dict[str, Ligne] = {
    "sante": Ligne(get=OUVERTE),
    "composants": Ligne(get=ADMINISTRATION),
    "territoires:propositions": Ligne(),
    "socle:documents": Ligne(sujet, LIRE_DOSSIER, ECRIRE_DOSSIER),
    "socle:document": Ligne(objet("document"), LIRE_DOSSIER),
    "socle:document_retirer": Ligne(objet("document"), None, ECRIRE_DOSSIER),
    "socle:journal": Ligne(sujet, LIRE_DOSSIER),
    "socle:acte": Ligne(objet("acte"), LIRE_INTERNE),
    "socle:notifications": Ligne(),
    "socle:notifications_lire": Ligne(get=None, post=CONNECTES),
    "socle:notifications_resume": Ligne(get=None, post=CONNECTES),
    "socle:travail": Ligne(objet("travail"), LE_SIEN),
    "socle:travail_relancer": Ligne(objet("travail"), None, LE_SIEN),
    "piloter:aujourdhui": Ligne(),
    "piloter:bilan": Ligne(get=AGENTS_DU_RESEAU | {"national": OUI}),
    "piloter:charge": Ligne(get=AGENTS_DE_DLA),
    "piloter:charge_compte": Ligne(lambda _: ["diagnostics"], AGENTS_DE_DLA),
    "piloter:objectif_convenir": Ligne(get=RESPONSABLES, post=RESPONSABLES),
    "piloter:objectif_corriger": Ligne(objet("objectif_convenu"), OBJECTIF, OBJECTIF),
    "piloter:objectif_retirer": Ligne(objet("objectif_convenu"), None, OBJECTIF),
    "piloter:recherche": Ligne(),
}
