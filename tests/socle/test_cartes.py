"""Les cartes : un disque par lieu, des contours, des mots pour les aides techniques."""

from __future__ import annotations

from xml.etree import ElementTree

from maillage.socle.cartes import HAUTEUR, LARGEUR, RAYON, Point, carte
from maillage.territoires.contours import contours

POINTS = [Point("Petit", 6.3, 46.9, 1), Point("Grand & beau", 6.0, 47.2, 16)]


def _lue(*points: Point) -> ElementTree.Element:
    dessin = carte("c", "Titre", "Description", contours(["25"]), points or POINTS)
    return ElementTree.fromstring(dessin)  # noqa: S314 - notre propre dessin


def test_l_aire_d_un_disque_dit_son_nombre() -> None:
    disques = _lue().findall("circle")
    assert [d.get("r") for d in disques] == [str(RAYON), str(RAYON // 4)]
    assert [d.findtext("title") for d in disques] == ["Grand & beau : 16", "Petit : 1"]
    assert [t.text for t in _lue().findall("text")] == ["16"]


def test_tout_tient_dans_le_dessin() -> None:
    racine = _lue()
    large, haut = map(int, racine.get("viewBox", "").split()[2:])
    assert large == LARGEUR
    assert haut <= HAUTEUR
    for disque in racine.findall("circle"):
        assert 0 <= int(disque.get("cx", "")) <= large
        assert 0 <= int(disque.get("cy", "")) <= haut


def test_le_dessin_se_lit_sans_le_voir_et_sans_style() -> None:
    racine = _lue()
    assert racine.get("role") == "img"
    assert racine.findtext("title") == "Titre"
    assert racine.findtext("desc") == "Description"
    assert "style" not in ElementTree.tostring(racine, encoding="unicode")


def test_un_seul_lieu_sans_contour_se_dessine() -> None:
    dessin = carte("c", "Titre", "Description", [], [Point("Saint-Denis", 55.45, -20.9, 3)])
    assert dessin.count("<circle") == 1


def test_les_contours_couvrent_la_metropole() -> None:
    codes = [f"{n:02d}" for n in range(1, 96) if n != 20] + ["2A", "2B"]
    assert all(contours([code]) for code in codes)
    assert contours(["974", "99"]) == []
    (doubs,) = contours(["25"])
    longitudes, latitudes = zip(*doubs, strict=True)
    assert (min(longitudes) > 5, max(longitudes) < 8) == (True, True)
    assert (min(latitudes) > 46, max(latitudes) < 48) == (True, True)
