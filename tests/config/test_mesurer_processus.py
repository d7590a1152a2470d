"""Un processus de mesure ouvre la base d'ici, où que l'adresse dise qu'elle est."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import environ
import pytest

from maillage.config.mesurer import processus


@pytest.mark.parametrize(
    "adresse",
    [
        "postgresql://maillage@/maillage?host=%2Fvar%2Flib%2Fprise",
        "postgresql://a%40b:p%3Ass@127.0.0.1:5432/maillage",
        "postgresql://maillage@base/maillage?sslmode=require",
    ],
)
def test_l_adresse_donnee_est_celle_que_l_on_a_lue(
    adresse: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lue = _lire(adresse)
    monkeypatch.setattr(processus, "connection", SimpleNamespace(settings_dict=lue))
    assert _ou(_lire(processus.environnement()["DATABASE_URL"])) == _ou(lue)


def _lire(adresse: str) -> dict[str, Any]:
    vide = dict.fromkeys(("HOST", "PORT", "USER", "PASSWORD", "NAME"), "")
    return {**vide, "OPTIONS": {}, **environ.Env.db_url_config(adresse)}


def _ou(reglages: dict[str, Any]) -> dict[str, str]:
    """Ce que la connexion en fait, où que l'adresse l'ait écrit."""
    dits = {"host": reglages["HOST"], "port": reglages["PORT"], **reglages["OPTIONS"]}
    compte = {nom: reglages[nom] for nom in ("USER", "PASSWORD", "NAME")}
    return {nom: str(valeur) for nom, valeur in {**dits, **compte}.items() if valeur}
