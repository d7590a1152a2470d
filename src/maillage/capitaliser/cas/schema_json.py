"""Le schéma publié d'un fichier de cas (JSON Schema 2020-12), tiré des modèles eux-mêmes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models

from maillage.annuaire.models import Organisation
from maillage.capitaliser.cas.champs import Champ, champs
from maillage.capitaliser.cas.chargement import FINS, SANS_OBJET
from maillage.capitaliser.cas.schema import (
    CODE,
    MISSION,
    ORGANISATION,
    PROBLEMATIQUE,
    RUBRIQUES,
    SIGNAL,
)
from maillage.identifier.models import Problematique, Signal
from maillage.ingenieries.cycle import regles
from maillage.ingenieries.models import EtatAvancement, Ingenierie
from maillage.socle.quantites import Precision
from maillage.territoires.models import Niveau, Territoire

Schema = dict[str, Any]
TEXTE: Schema = {"type": "string"}


def schema_json() -> Schema:
    """Le schéma d'un cas ; les lignes et les champs refusés le sont aussi par l'importeur."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Un cas de Maillage",
        **_table(
            {
                "cas": {"type": "string", "pattern": f"^{CODE}$"},
                "source": TEXTE | {"maxLength": 300},
                "organisations": _liste(_modele(Organisation, ORGANISATION)),
                "problematique": _problematique(),
                "missions": _liste(_mission()) | {"minItems": 1},
            },
            ["cas", "source", "missions"],
        ),
    }


def _table(proprietes: Schema, exiges: Collection[str] = ()) -> Schema:
    table = {"type": "object", "properties": proprietes, "additionalProperties": False}
    return table | ({"required": list(exiges)} if exiges else {})


def _liste(element: Schema) -> Schema:
    return {"type": "array", "items": element}


def _problematique() -> Schema:
    table = _modele(Problematique, PROBLEMATIQUE)
    table["properties"]["signaux"] = _liste(_modele(Signal, SIGNAL))
    return table


def _mission() -> Schema:
    table = _modele(Ingenierie, MISSION)
    # Sans territoire dit, la mission a ceux du DLA pilote.
    table["required"].remove("territoires")
    rubriques = {r.cle: _modele(r.modele, r.seulement) for r in RUBRIQUES}
    table["properties"] |= {
        "etat": {"enum": list(FINS)},
        "motif_de_fin": TEXTE,
        **{r.cle: rubriques[r.cle] if r.unique else _liste(rubriques[r.cle]) for r in RUBRIQUES},
        "avancement": _table(dict.fromkeys(regles(), _PAS)),
    }
    return table


_PAS: Schema = {"type": "string", "pattern": f"^({EtatAvancement.FAIT.label}|{SANS_OBJET}.+)$"}


def _modele(modele: type[models.Model], seulement: tuple[str, ...] = ()) -> Schema:
    connus = champs(modele, seulement)
    exiges = [nom for nom, champ in connus.items() if _exige(champ)]
    return _table({nom: _champ(champ) for nom, champ in connus.items()}, exiges)


def _exige(champ: Champ) -> bool:
    champ_: Any = champ.descripteur
    return not (champ.quantite or champ_.blank or champ_.null or champ_.has_default())


def _champ(champ: Champ) -> Schema:
    if champ.quantite:
        return _quantite(champ.descripteur.libelle)
    titre = {"title": str(champ.descripteur.verbose_name)}
    if champ.liste:
        return titre | _liste(_simple(champ.descripteur.base_field))
    if champ.lie:
        designe = TEXTE | {"description": _designation(champ.lie)}
        return titre | (_liste(designe) if champ.multiple else designe)
    return titre | _simple(champ.descripteur)


def _quantite(libelle: str) -> Schema:
    mots = "|".join(p.label for p in Precision if p != Precision.EXACT)
    return {
        "title": libelle,
        "description": "Un nombre, seul ou précédé de sa précision ; inconnu, on ne l’écrit pas.",
        "anyOf": [
            {"type": "number", "minimum": 0},
            {"type": "string", "pattern": rf"^(({mots}) )?\d+([.,]\d+)?$|^inconnu$"},
        ],
    }


def _designation(modele: type[models.Model]) -> str:
    if modele is Territoire:
        return f"« niveau:code », niveau parmi {', '.join(Niveau.values)}."
    return f"Le nom d’un objet décrit plus haut dans le fichier ({modele._meta.verbose_name})."


def _simple(champ: Any) -> Schema:
    choix = [code for code, _ in champ.flatchoices if code] if champ.choices else []
    if choix:
        return {"enum": choix}
    if isinstance(champ, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(champ, models.IntegerField):
        return {"type": "integer"}
    if isinstance(champ, models.DateField):
        return TEXTE | {"format": "date"}
    longueur = getattr(champ, "max_length", None)
    return TEXTE | ({"maxLength": longueur} if longueur else {})
