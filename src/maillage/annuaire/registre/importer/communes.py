"""Retrouver la commune actuelle d'une adresse : par son code, à défaut par son nom."""

from __future__ import annotations

import polars as pl

from maillage.territoires.models import AncienCode, Territoire
from maillage.territoires.noms import cle_de_nom

_CORSE = {"2A": "20", "2B": "20"}


class Communes:
    """Le découpage chargé, lu une fois par import (un autre fil s'en sert ensuite sans la base).

    Un code ancien, d'arrondissement ou de commune déléguée mène à la commune actuelle. Un code
    absent ou inconnu se rattrape par le nom, s'il n'y a qu'une commune de ce nom au département.
    """

    def __init__(self) -> None:
        actuelles = list(
            Territoire.objects.communes().order_by().values_list("code", "nom_normalise", "pk")
        )
        codes = dict(AncienCode.objects.order_by().values_list("code", "territoire"))
        codes |= {code: pk for code, _, pk in actuelles}
        self.par_code = pl.DataFrame(
            {"code_commune": list(codes), "commune_id": list(codes.values())},
            schema={"code_commune": pl.String, "commune_id": pl.Int64},
        )
        self._par_nom: dict[tuple[str, str], int | None] = {}
        for code, nom, pk in actuelles:
            cle = (_departement(code), nom)
            self._par_nom[cle] = None if cle in self._par_nom else pk

    def joindre(self, cadre: pl.DataFrame, libelle: str) -> pl.DataFrame:
        """Ajoute `commune_id` d'après `code_commune`, `code_postal` et la colonne `libelle`."""
        cadre = cadre.join(self.par_code, on="code_commune", how="left", maintain_order="left")
        perdues = cadre["commune_id"].is_null() & (cadre[libelle] != "")
        if not perdues.any():
            return cadre
        lieux = cadre.filter(perdues).select("code_postal", "code_commune", libelle).rows()
        trouvees = pl.Series([self._nommee(*lieu) for lieu in lieux], dtype=pl.Int64)
        rangs = perdues.arg_true()
        return cadre.with_columns(cadre["commune_id"].scatter(rangs, trouvees))

    def _nommee(self, code_postal: str, code_commune: str, libelle: str) -> int | None:
        ou = _departement(code_commune or code_postal)
        return self._par_nom.get((ou, cle_de_nom(libelle))) if ou else None


def _departement(code: str) -> str:
    """Deux caractères, trois outre-mer ; la Corse d'un seul tenant, comme ses codes postaux."""
    longueur = 3 if code.startswith(("97", "98")) else 2
    return _CORSE.get(code[:2], code[:longueur])
