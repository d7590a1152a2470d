"""Ce que les histoires trouvent en arrivant : un bout de géographie, et des comptes.

Le reste passe par les formulaires. Les comptes sont ceux de l'instance d'essai : le récit, les
guides et la démonstration montrent les mêmes personnes.
"""

from __future__ import annotations

from maillage.annuaire.demonstration import MOT_DE_PASSE, creer_comptes
from maillage.socle.models import Travail
from maillage.socle.travaux.execution import executer
from maillage.territoires.models import Niveau, Territoire
from maillage.territoires.noms import cle_de_nom

__all__ = ["MOT_DE_PASSE", "faire_les_travaux", "peupler"]

DEPARTEMENTS = [("21", "Côte-d’Or", "27"), ("25", "Doubs", "27"), ("39", "Jura", "27")]
AILLEURS = [("33", "Gironde", "75")]
REGIONS = [("27", "Bourgogne-Franche-Comté"), ("75", "Nouvelle-Aquitaine")]
COMMUNES = [
    ("21231", "Dijon"),
    ("25031", "Audincourt"),
    ("25047", "Baume-les-Dames"),
    ("25056", "Besançon"),
    ("25388", "Montbéliard"),
    ("25411", "Morteau"),
    ("25434", "Ornans"),
    ("25462", "Pontarlier"),
    ("33063", "Bordeaux"),
    ("39013", "Arbois"),
    ("39097", "Champagnole"),
    ("39198", "Dole"),
    ("39300", "Lons-le-Saunier"),
    ("39434", "Poligny"),
    ("39478", "Saint-Claude"),
]


def peupler() -> None:
    """Le pays, deux régions, quatre départements, leurs chefs-lieux, et un compte par rôle."""
    pays = _territoire(Niveau.PAYS, "FR", "France")
    regions = {code: _territoire(Niveau.REGION, code, nom, pays) for code, nom in REGIONS}
    departements = {
        code: _territoire(Niveau.DEPARTEMENT, code, nom, regions[region], pays)
        for code, nom, region in [*DEPARTEMENTS, *AILLEURS]
    }
    for code, nom in COMMUNES:
        departement = departements[code[:2]]
        _territoire(Niveau.COMMUNE, code, nom, departement, *_contenants(departement))
    creer_comptes()


def faire_les_travaux() -> None:
    """Ce que fait l'ouvrier, une fois : les travaux demandés, dans l'ordre."""
    for travail in Travail.objects.inacheves().order_by("cree_le"):
        executer(str(travail.pk))


def _territoire(niveau: str, code: str, nom: str, *contenants: Territoire) -> Territoire:
    par_niveau = {contenant.niveau: contenant for contenant in contenants}
    territoire = Territoire.objects.create(
        niveau=niveau,
        code=code,
        nom=nom,
        nom_normalise=cle_de_nom(nom),
        departement=par_niveau.get(Niveau.DEPARTEMENT),
        region=par_niveau.get(Niveau.REGION),
    )
    territoire.chemin = [territoire.pk, *(c.pk for c in contenants)]
    territoire.save()
    return territoire


def _contenants(departement: Territoire) -> list[Territoire]:
    return list(Territoire.objects.filter(pk__in=departement.chemin).exclude(pk=departement.pk))
