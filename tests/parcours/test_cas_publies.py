"""Trois cas publiés, lus par une personne : chaque chiffre de leur source est sur la fiche.

À l'écran, en Word et en PDF. Les chiffres sont ceux de `cas/attendus.csv`, qu'une autre main a
relevés ; n'ont pas à se lire l'année de la publication et le compte de ce que la fiche énumère.
"""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from docx import Document

from maillage.capitaliser import cas
from maillage.capitaliser.cas.attendus import Attendu
from maillage.capitaliser.cas.verification import en_chiffres
from maillage.socle.quantites import ecrire_nombre
from maillage.territoires.models import Territoire
from tests.capitaliser.conftest import CITES
from tests.parcours.conftest import Entrer
from tests.parcours.personne import Personne

MONTRE = "nord-pas-de-calais-europe"
CHOISIS = (MONTRE, "s3-slot", "sud-finistere-pole-max-jacob")
NOMS = {"59": "Nord", "62": "Pas-de-Calais"}
TUS = ("missions.nombre", "annee.publication", "dla.nombre", "partenaires.nombre")


@pytest.fixture
def cas_importes(entrer: Entrer) -> Personne:
    """La responsable du centre de ressources, devant une bibliothèque où sont les trois cas."""
    personne = entrer("helene.vasseur")
    for code in CHOISIS:
        chemin = cas.dossier_des_cas() / f"{code}.yaml"
        for niveau, numero in CITES.findall(chemin.read_text(encoding="utf-8")):
            Territoire.objects.get_or_create(
                niveau=niveau, code=numero, defaults={"nom": NOMS.get(numero, numero)}
            )
        cas.importer(chemin)
    return personne


def test_trois_cas_se_lisent_a_l_ecran_en_word_et_en_pdf(cas_importes: Personne) -> None:
    personne = cas_importes
    tous = cas.lire_attendus(cas.dossier_des_cas())
    for code in CHOISIS:
        titre = str(cas.missions_de(code)[0].fiche.titre)
        personne.va("/bibliotheque/")
        personne.cherche(titre)
        personne.suit(titre)
        personne.photographie(f"fiche-{code}", choisie=code == MONTRE)
        ecritures = [_ecriture(a) for a in tous if a.cas == code and _a_lire(a)]
        assert len(ecritures) >= 5
        for support, texte in _supports(personne).items():
            lu = f" {en_chiffres(texte)} "
            absents = [e for e in ecritures if f" {en_chiffres(e)} " not in lu]
            assert not absents, (code, support, absents)


def test_deux_cas_se_comparent_et_le_bilan_les_compte(cas_importes: Personne) -> None:
    personne = cas_importes
    a, b = (str(cas.missions_de(code)[0].fiche.titre) for code in CHOISIS[:2])
    personne.va("/bibliotheque/")
    personne.suit(a)
    personne.suit("Comparer")
    personne.suit(b)
    personne.lit(a, b, "48 structures de plus")
    personne.photographie("comparaison", choisie=True)
    personne.va("/pilotage/?de=&a=")
    personne.lit("3 missions menées")
    personne.photographie("bilan", choisie=True)


def _a_lire(attendu: Attendu) -> bool:
    return bool(attendu.valeur) and attendu.chiffre not in TUS


def _ecriture(attendu: Attendu) -> str:
    """Le chiffre comme on l'écrit : « environ 20 », « 56 400 », « 2/3 »."""
    if attendu.chiffre == "texte" or "/" in attendu.valeur:
        return attendu.valeur
    quantite = attendu.quantite
    assert quantite.valeur is not None
    avant = "" if attendu.precision == "exact" else f"{attendu.precision} "
    ecrit = str(int(quantite.valeur)) if attendu.chiffre == "annee" else None
    return f"{avant}{ecrit or ecrire_nombre(quantite.valeur)}"


def _supports(personne: Personne) -> dict[str, str]:
    word, pdf = (_telecharge(personne, geste) for geste in ("Fiche en Word", "Fiche en PDF"))
    document = Document(BytesIO(word))
    cellules = [c.text for t in document.tables for r in t.rows for c in r.cells]
    pages = pypdfium2.PdfDocument(pdf)
    return {
        "écran": personne.contenu.inner_text(),
        "Word": "\n".join([*(p.text for p in document.paragraphs), *cellules]),
        "PDF": "\n".join(page.get_textpage().get_text_range() for page in pages),
    }


def _telecharge(personne: Personne, geste: str) -> bytes:
    lien = personne.contenu.get_by_role("link", name=geste).first.get_attribute("href")
    reponse = personne.onglet.request.get(str(lien))
    assert reponse.status == 200
    return reponse.body()
