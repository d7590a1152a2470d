"""Ce qu'un fichier de cas peut dire : ses rubriques, et le modèle que remplit chacune.

Les clés d'une ligne sont les champs du modèle, avec leurs contraintes : le schéma n'en répète
aucun. Une quantité s'écrit comme à l'écran : 27, « environ 20 », « inconnu ».
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from maillage.capitaliser.models import Fiche
from maillage.confirmer.models import (
    CahierDesCharges,
    EffectifDeclare,
    Groupe,
    Participation,
    ProjetDIntervention,
)
from maillage.engager.models import (
    Avis,
    Financement,
    LigneDeBudget,
    Objectif,
    Partenariat,
    ProjetDEvaluation,
    ValidationDuPorteur,
)
from maillage.engager.operations import ajouter_partenaire
from maillage.finaliser.models import AppreciationDeRegistre, Resultat, Seance
from maillage.identifier.models import Ciblage
from maillage.ingenieries.operations import ajouter_element


@dataclass(frozen=True, slots=True)
class Rubrique:
    """Une rubrique : sa clé, le modèle de ses lignes, le nom que le journal leur donne.

    `unique` : une seule ligne, écrite sans tiret. `seulement` : les champs qu'un fichier peut dire,
    quand le modèle en tient d'internes (règle 9). `ajouter` : l'opération qui range une ligne.
    """

    cle: str
    modele: type[Model]
    nom: str
    unique: bool = False
    seulement: tuple[str, ...] = ()
    ajouter: Callable[..., Any] = ajouter_element


RUBRIQUES = (
    Rubrique("ciblage", Ciblage, "le critère de ciblage"),
    Rubrique("partenaires", Partenariat, "le partenaire", ajouter=ajouter_partenaire),
    Rubrique("objectifs", Objectif, "l’objectif"),
    Rubrique("evaluation_prevue", ProjetDEvaluation, "le projet d’évaluation", unique=True),
    Rubrique("validation", ValidationDuPorteur, "la validation du porteur", unique=True),
    Rubrique("avis", Avis, "l’avis"),
    Rubrique("depenses", LigneDeBudget, "la ligne de budget"),
    Rubrique("financements", Financement, "le financement"),
    Rubrique("effectifs", EffectifDeclare, "l’effectif déclaré"),
    Rubrique(
        "structures", Participation, "la structure", seulement=("structure", "palier", "atteint")
    ),
    Rubrique(
        "groupes", Groupe, "le groupe", seulement=("nom", "theme", "effectif", "participations")
    ),
    Rubrique("projet", ProjetDIntervention, "le projet d’intervention", unique=True),
    Rubrique("cahier", CahierDesCharges, "le cahier des charges", unique=True),
    Rubrique("seances", Seance, "la séance"),
    Rubrique("resultats", Resultat, "le résultat"),
    Rubrique("registres", AppreciationDeRegistre, "le registre"),
    Rubrique("capitalisation", Fiche, "la fiche", unique=True),
)

CAS = ("cas", "source", "organisations", "problematique", "missions")
"""Les clés d'un fichier."""
CODE = "[a-z0-9-]{1,80}"
"""Le code d'un cas, dont l'export fait un nom de fichier."""

ORGANISATION = (
    "nom",
    "sigle",
    "natures",
    "nom_publie",
    "rattachee_a",
    "rna",
    "siren",
    "siret",
    "categorie_juridique",
    "agrements",
    "secteur",
    "branche",
    "objet",
    "commune",
    "territoires",
    "creee_en",
)
"""Ce qu'un cas dit d'une organisation : ni courriel, ni téléphone, ni portefeuille."""

PROBLEMATIQUE = (
    "titre",
    "etat",
    "motif",
    "contexte",
    "enjeux",
    "besoins",
    "methode_de_validation",
    "rencontres",
    "structures_consultees",
    "partenaires_consultes",
    "secteur",
    "territoires",
    "structures",
)
SIGNAL = (
    "texte",
    "date",
    "source",
    "auteur_libelle",
    "auteur_organisation",
    "structure",
    "territoire",
    "secteur",
    "themes",
)
MISSION = (
    "titre",
    "accroche",
    "nature",
    "operateur",
    "operateurs_associes",
    "secteur",
    "territoires",
    "annee",
    "annee_dite",
    "demarree_le",
    "close_le",
)
FIN = ("etat", "motif_de_fin")
"""Comment la mission s'est terminée ; posé en dernier, par les transitions."""
