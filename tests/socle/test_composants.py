"""Les composants : montrés tous, documentés tous, sans style ni script en ligne."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton import render_component

from maillage.socle import apps, vues_composants
from maillage.socle.models import Utilisateur

GABARITS = Path(apps.__file__).parent / "templates"
COMPOSANTS = sorted(
    fichier.stem
    for fichier in (GABARITS / "cotton").glob("*.html")
    if not fichier.stem.startswith("_")
)
ERREURS = ["400", "403_csrf", "429", "500"]


def demande(rf: RequestFactory, **champs: bool) -> HttpRequest:
    requete = rf.get("/composants/")
    requete.user = Utilisateur(courriel="equipe@exemple.fr", **champs)
    return requete


def rendre(composant: str, requete: HttpRequest | None = None, **attributs: object) -> str:
    return render_component(requete or RequestFactory().get("/"), composant, **attributs)


class Identifiants(HTMLParser):
    """Relève les identifiants d'une page et ceux auxquels elle renvoie."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.poses: list[str] = []
        self.cites: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for nom, valeur in attrs:
            if nom == "id":
                self.poses.append(valeur or "")
            elif nom in {"aria-labelledby", "aria-describedby", "for", "popovertarget"}:
                self.cites.update((valeur or "").split())


@pytest.fixture
def page(rf: RequestFactory, db: None) -> str:
    return vues_composants.composants(demande(rf, is_staff=True)).content.decode()


def test_la_page_n_existe_pas_hors_de_l_equipe(rf: RequestFactory) -> None:
    requete = demande(rf)
    with pytest.raises(Http404):
        vues_composants.composants(requete)
    requete.user = AnonymousUser()
    with pytest.raises(Http404):
        vues_composants.composants(requete)


@pytest.mark.parametrize("nom", COMPOSANTS)
def test_chaque_composant_est_montre(nom: str) -> None:
    """Sur la page, ou par un composant qui y est."""
    balise = re.compile(rf"<c-{nom.replace('_', '-')}[\s/>]")
    sources = [
        GABARITS / "socle/composants.html",
        *GABARITS.glob("socle/composants/*.html"),
        *(f for f in GABARITS.glob("cotton/*.html") if f.stem != nom),
        GABARITS / "base.html",
    ]
    assert any(balise.search(source.read_text()) for source in sources)


@pytest.mark.parametrize("nom", COMPOSANTS)
def test_chaque_composant_dit_ses_attributs(nom: str) -> None:
    texte = (GABARITS / f"cotton/{nom}.html").read_text()
    entete, _, corps = texte.partition("{% endcomment %}")
    declares = re.search(r"<c-vars(.*?)/>", corps, re.DOTALL)
    attributs = re.findall(r":?([\w-]+)=", declares[1]) if declares else []
    assert "{% comment %}" in entete
    assert [a for a in attributs if not re.search(rf"\b{a}\b", entete)] == []


def test_la_page_est_valide_pour_les_aides_techniques(page: str) -> None:
    lus = Identifiants(page)
    assert sorted(set(lus.poses)) == sorted(lus.poses)
    assert lus.cites <= set(lus.poses)
    assert page.count("<h1") == 1


def test_ni_style_ni_script_en_ligne(page: str) -> None:
    assert not re.search(r"\sstyle=|<style|\son\w+=|hx-on|javascript:", page)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))


@pytest.mark.parametrize("nom", ERREURS)
def test_les_pages_d_erreur_n_attendent_rien_du_contexte(nom: str) -> None:
    page = render_to_string(f"{nom}.html")
    assert page.count("<h1") == 1
    assert 'href="/"' in page


@pytest.mark.parametrize("nom", ["badge", "chiffre", "details", "message", "page", "panneau"])
def test_ce_qui_est_tape_reste_du_texte(nom: str) -> None:
    tape = dict.fromkeys(
        ["titre", "phrase", "mot", "libelle", "valeur"], "<script>alert(1)</script>"
    )
    page = rendre(nom, **tape)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_l_inconnu_n_est_pas_zero() -> None:
    assert "inconnu" in rendre("chiffre", libelle="Emplois")
    assert "inconnu" in rendre("chiffre", libelle="Emplois", valeur=None)
    assert "inconnu" not in rendre("chiffre", libelle="Emplois", valeur=0)
    palier = {"libelle": "Intéressées", "valeur": None}
    assert "inconnu" in rendre("entonnoir", paliers=[palier], maximum=10)


def test_le_tri_garde_les_filtres_et_revient_a_la_premiere_page(rf: RequestFactory) -> None:
    colonnes = [{"libelle": "Structure", "cle": "nom"}]
    requete = rf.get("/", {"statut": "close", "tri": "nom", "page": "3"})
    page = rendre("tableau", requete, colonnes=colonnes, tri="nom")
    assert 'href="?statut=close&amp;tri=-nom"' in page
    assert 'aria-sort="ascending"' in page


def test_la_version_zero_est_envoyee() -> None:
    assert 'name="version" value="0"' in rendre("formulaire", version=0)
    assert 'name="version"' not in rendre("formulaire")
