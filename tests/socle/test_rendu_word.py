"""Rendu Word : fidèle aux textes, sourd au code, clair quand il refuse."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.socle.documents.rendu_word import (
    GabaritRefuse,
    champs_de,
    rendre_docx,
)
from maillage.socle.quantites import Precision, Quantite


@dataclass
class Structure:
    nom: str
    jours: int
    secret: str = "caché"


CONTEXTE = {
    "titre": "Café <b>& Cie</b> {{ titre }}",
    "texte": "ligne 1\r\nligne 2",
    "structures": [Structure("Le Bastringue", 5), Structure("Côté Cour", 3)],
    "budget": Quantite(Decimal(43200), Precision.ENVIRON, "€"),
    "jour": date(2010, 3, 1),
    "part": Decimal("2.5"),
    "vide": None,
    "interne": "note interne",
}
PERMIS = [c for c in champs_de(CONTEXTE) if c not in ("interne", "structures.secret")]


def gabarit(*paragraphes: str) -> bytes:
    document = docx.Document()
    for paragraphe in paragraphes:
        document.add_paragraph(paragraphe)
    sortie = BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def rempli(*paragraphes: str) -> str:
    rendu = rendre_docx(gabarit(*paragraphes), CONTEXTE, PERMIS)
    return "\n".join(p.text for p in docx.Document(BytesIO(rendu)).paragraphs)


def avec_partie(contenu: bytes, nom: str, partie: bytes) -> bytes:
    """La même archive, une partie remplacée ou ajoutée."""
    sortie = BytesIO()
    with ZipFile(BytesIO(contenu)) as avant, ZipFile(sortie, "w") as apres:
        for entree in avant.infolist():
            if entree.filename != nom:
                apres.writestr(entree, avant.read(entree))
        apres.writestr(nom, partie)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("balise", "attendu"),
    [
        ("{{ titre }}", "Café <b>& Cie</b> {{ titre }}"),
        ("{{ texte }}", "ligne 1\nligne 2"),
        ("{{ budget }}", "environ 43\u202f200\u00a0€"),
        ("{{ jour }}", "1 mars 2010"),
        ("{{ part }}", "2,5"),
        ("[{{ vide }}]", "[]"),
        ("{{ structures[0].nom }}", "Le Bastringue"),
        ("{{ structures | length }}", "2"),
        (
            "{% for s in structures %}{{ loop.index }}. {{ s.nom }}{% if not loop.last %}, "
            "{% endif %}{% endfor %}",
            "1. Le Bastringue, 2. Côté Cour",
        ),
        ("{% if vide %}oui{% else %}non{% endif %}", "non"),
        ("{{ vide | default('à compléter', true) }}", "à compléter"),
    ],
)
def test_chaque_champ_est_rendu_fidelement(balise: str, attendu: str) -> None:
    assert rempli(balise) == attendu


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_tout_texte_saisi_ressort_tel_quel(texte: str) -> None:
    if any(sequence in texte for sequence in ("{_{", "}_}", "{_%", "%_}", "\ufffe", "\uffff")):
        return
    rendu = rendre_docx(gabarit("[{{ titre }}]"), {"titre": texte}, ["titre"])
    assert docx.Document(BytesIO(rendu)).paragraphs[0].text == f"[{texte}]"


def test_une_ligne_de_tableau_se_repete() -> None:
    document = docx.Document()
    tableau = document.add_table(rows=3, cols=2)
    tableau.cell(0, 0).text = "{%tr for s in structures %}"
    tableau.cell(1, 0).text = "{{ s.nom }}"
    tableau.cell(1, 1).text = "{{ s.jours }}"
    tableau.cell(2, 0).text = "{%tr endfor %}"
    sortie = BytesIO()
    document.save(sortie)
    rendu = docx.Document(BytesIO(rendre_docx(sortie.getvalue(), CONTEXTE, PERMIS)))
    cellules = [[c.text for c in ligne.cells] for ligne in rendu.tables[0].rows]
    assert cellules == [["Le Bastringue", "5"], ["Côté Cour", "3"]]


def test_en_tete_et_proprietes_sont_remplis() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ titre }}"
    document.core_properties.title = "{{ titre }}"
    sortie = BytesIO()
    document.save(sortie)
    rendu = docx.Document(BytesIO(rendre_docx(sortie.getvalue(), CONTEXTE, PERMIS)))
    assert rendu.sections[0].header.paragraphs[0].text == CONTEXTE["titre"]
    assert rendu.core_properties.title == CONTEXTE["titre"]


def test_un_gabarit_se_lit_aussi_depuis_un_fichier(tmp_path: Path) -> None:
    chemin = tmp_path / "gabarit.docx"
    chemin.write_bytes(gabarit("{{ jour }}"))
    assert rendre_docx(chemin, CONTEXTE, PERMIS).startswith(b"PK")


def test_les_champs_offerts_viennent_du_contexte() -> None:
    assert {"titre", "structures", "structures.nom", "structures.jours"} <= set(PERMIS)
    assert "budget.valeur" not in PERMIS


@pytest.mark.parametrize(
    ("balise", "raison"),
    [
        ("{{ titer }}", "« titer » n’existe pas. Vouliez-vous écrire « titre »"),
        ("{{ structures[0].nmo }}", "« nmo » n’existe pas"),
        ("{% for s in structures %}{{ s.secret }}{% endfor %}", "« secret » n’existe pas"),
        ("{{ interne }}", "« interne » n’existe pas"),
        ("{% if structures[0].absent %}x{% endif %}", "« absent » n’existe pas"),
        ("{{ titre.upper() }}", "un appel"),
        ("{{ titre.__class__ }}", "« __class__ » n’existe pas"),
        ("{{ titre['__class__'] }}", "« __class__ » n’existe pas"),
        ("{{ titre | attr('__class__') }}", "filtre « attr » n’existe pas"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "un appel"),
        ("{{ cycler.__init__ }}", "« cycler » n’existe pas"),
        ("{{ self }}", "« self » n’existe pas"),
        ("{{ 'a' * 1000000000 }}", "un calcul"),
        ("{{ 9 ** 9 ** 9 }}", "un calcul"),
        ("{% for i in range(9) %}{% endfor %}", "un appel"),
        ("{% set x = 1 %}", "« set »"),
        ("{% macro m() %}{% endmacro %}", "« macro »"),
        ("{% include 'x' %}", "« include »"),
        ("{% import 'x' as y %}", "« import »"),
        ("{{ titre | center(1000000000) }}", "filtre « center » n’existe pas"),
        ("{% for a in titre %}{{ a }}{% endfor %}", "les lettres d’un texte"),
        ("{% for s in structures %}", "balise est mal écrite"),
        ("{{ titre", "balise est mal écrite"),
        (
            "{% for a in structures %}{% for b in structures %}{% for c in structures %}"
            "{% for d in structures %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
            "Pas plus de 3 boucles",
        ),
    ],
)
def test_un_gabarit_fautif_ou_malveillant_est_refuse(balise: str, raison: str) -> None:
    with pytest.raises(GabaritRefuse) as refus:
        rendre_docx(gabarit(balise), CONTEXTE, PERMIS)
    assert raison in refus.value.raison


ENTITES = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
EXTERIEUR = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://pirate/" '
    b'TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("abimer", "raison"),
    [
        (lambda _: b"pas un zip", "n’est pas reçu"),
        (lambda _: b"", "est vide"),
        (lambda c: c[: len(c) // 2], "abîmé"),
        (lambda c: avec_partie(c, "word/vbaProject.bin", b"x"), "macros"),
        (lambda c: avec_partie(c, "customXml/item1.xml", ENTITES), "entités XML"),
        (lambda c: avec_partie(c, "word/_rels/settings.xml.rels", EXTERIEUR), "hors du document"),
        (lambda c: avec_partie(c, "word/document.xml", b"<w:document"), "abîmé"),
        (lambda c: avec_partie(c, "word/document.xml", b"<vide/>"), "n’a pas pu être rempli"),
    ],
)
def test_un_fichier_casse_est_refuse_sans_erreur(
    abimer: Callable[[bytes], bytes], raison: str
) -> None:
    with pytest.raises(GabaritRefuse) as refus:
        rendre_docx(abimer(gabarit("{{ titre }}")), CONTEXTE, PERMIS)
    assert raison in refus.value.raison
