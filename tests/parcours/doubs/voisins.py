"""Les mêmes adresses, ouvertes par d'autres : la région, puis un autre département."""

from tests.parcours.personne import Personne

# Ce que la mission garde pour le DLA : posture, attentes croisées, réserves du porteur, paroles.
INTERNE = ("Ne pas démarcher", "Se faire connaître", "quel bout", "Jardins de la Loue")


def lire_sans_l_interne(odile: Personne, adresses: set[str]) -> None:
    """Elle lit la mission ; rien d'interne n'y est, et écrire lui est refusé avec la raison."""
    ouvertes, refusees = set(), set()
    for adresse in _de_la_mission(adresses):
        statut, source = odile.obtient(adresse)
        assert statut in (200, 302, 403), f"{adresse} : {statut}"
        assert not [mot for mot in INTERNE if mot in source], adresse
        (refusees if statut == 403 else ouvertes).add(adresse)
    assert ouvertes
    assert refusees
    odile.va(min(refusees))
    odile.lit("seul le DLA pilote y écrit", "DLA du Doubs")


def ne_rien_trouver(theo: Personne, adresses: set[str]) -> None:
    """La fiche est à tous ; le dossier, lui, n'existe pas hors du périmètre."""
    for adresse in _de_la_mission(adresses):
        statut, source = theo.obtient(adresse)
        assert statut == 404, f"{adresse} : {statut}"
        assert "Partenariats entre" not in source


def _de_la_mission(adresses: set[str]) -> list[str]:
    dossier = "/missions/"
    return sorted(a for a in adresses if a.startswith(dossier) and a != dossier)
