"""Les clés étrangères vont dans le même sens que les imports : vers les pièces du dessus."""

import re
import tomllib
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from maillage.socle.slots import Slot
from tests.gabarits import DEPOT

EXEMPTES = {"auth", "contenttypes", "sessions", "account", "mfa", "pghistory", "procrastinate"}


def niveaux() -> dict[str, int]:
    """Rang de chaque pièce dans le contrat d'import-linter : 0 pour la plus basse du contrat."""
    outils = tomllib.loads((DEPOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contrat = next(c for c in outils["importlinter"]["contracts"] if c["type"] == "layers")
    return {piece: rang for rang, piece in enumerate(reversed(contrat["layers"]))}


def relations() -> Iterator[tuple[str, str, str]]:
    for modele in apps.get_models(include_auto_created=True):
        if modele._meta.app_label in EXEMPTES:
            continue
        for champ in [*modele._meta.local_fields, *modele._meta.local_many_to_many]:
            cible = champ.remote_field and champ.remote_field.model
            if isinstance(cible, type) and issubclass(cible, models.Model):
                yield (
                    f"{modele._meta.label}.{champ.name}",
                    modele._meta.app_label,
                    cible._meta.app_label,
                )


def test_toute_piece_installee_est_dans_le_contrat() -> None:
    pieces = {app.label for app in apps.get_app_configs() if app.name.startswith("maillage.")}
    assert pieces <= niveaux().keys()


@pytest.mark.parametrize(("relation", "depuis", "vers"), list(relations()))
def test_une_cle_etrangere_va_vers_le_dessus(relation: str, depuis: str, vers: str) -> None:
    rangs = niveaux()
    assert vers in EXEMPTES or rangs[vers] <= rangs[depuis], f"{relation} descend vers {vers}"


def emplacements() -> dict[str, tuple[str, str, int]]:
    """Ce que dit docs/architecture.md de chacun : qui le déclare, qui le remplit, son coût."""
    lu = (DEPOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    lignes = re.findall(
        r"^\| `([a-z_.]+)` \(.*?\) \| (\w+) \| (.*?) \| (\d+) \|$", lu, re.MULTILINE
    )
    return {nom: (declare, rempli, int(cout)) for nom, declare, rempli, cout in lignes}


def piece(fournisseur: Any) -> str:
    """La pièce d'où vient ce qui remplit un emplacement."""
    fonction = fournisseur.func if isinstance(fournisseur, partial) else fournisseur
    return fonction.__module__.split(".")[1]


def test_la_doc_dit_chaque_emplacement_qui_le_remplit_et_son_cout() -> None:
    dits = emplacements()
    livres = {nom: s for nom, s in Slot.tous.items() if nom.split(".")[0] in niveaux()}
    assert set(dits) == set(livres)
    for nom, slot in livres.items():
        declare, rempli, cout = dits[nom]
        pieces = {piece(slot._fournisseurs[cle]) for cle in slot.cles}
        assert (nom.split(".")[0], slot.requetes) == (declare, cout), nom
        assert pieces == {mot for mot in re.findall(r"\w+", rempli) if mot in niveaux()}, nom
