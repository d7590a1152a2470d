"""Une personne devant son navigateur : les verbes dont les histoires sont faites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response, expect

from tests.navigateur import Garde
from tests.parcours.album import Album

if TYPE_CHECKING:
    from collections.abc import Iterator

TOUCHES_AU_PLUS = 300
"""Plus qu'aucune page n'a d'arrêts : au-delà, le foyer tourne sans rencontrer ce qu'on cherche."""
Valeur = str | bool | int | date | Sequence[str]


class Personne:
    """Chaque verbe qui change de page attend l'arrivée, puis fait relire la page par la garde."""

    def __init__(self, onglet: Page, garde: Garde, album: Album) -> None:
        self.onglet = onglet
        self.garde = garde
        self.album = album
        self.visites: set[str] = set()

    # --- aller -------------------------------------------------------------------------

    def va(self, adresse: str) -> int:
        """Ouvre une adresse ; rend le statut de la réponse."""
        reponse = self.onglet.goto(adresse)
        self._arrive_ici()
        return _statut(reponse)

    def obtient(self, adresse: str) -> tuple[int, str]:
        """Ce que le serveur répond à cette adresse, sans l'ouvrir : statut et source."""
        reponse = self.onglet.request.get(adresse, max_redirects=0)
        return reponse.status, reponse.text()

    def suit(self, lien: str, dans: Locator | None = None) -> None:
        """Suit un lien par son nom."""
        with self.arrive():
            (dans or self.contenu).get_by_role("link", name=lien, exact=True).first.click()

    def envoie(self, bouton: str, dans: Locator | None = None) -> int:
        """Clique sur un bouton d'envoi ; rend le statut de la page d'arrivée."""
        with self.onglet.expect_navigation() as arrivee:
            (dans or self.contenu).get_by_role("button", name=bouton, exact=True).first.click()
        self._arrive_ici()
        return _statut(arrivee.value)

    def cherche(self, mots: str) -> None:
        """Cherche partout, depuis n'importe quelle page."""
        champ = self.onglet.get_by_role("searchbox", name="Chercher partout")
        champ.fill(mots)
        with self.arrive():
            champ.press("Enter")

    @contextmanager
    def arrive(self, vers: str | None = None) -> Iterator[None]:
        """Ce qui est fait dans ce bloc mène à une autre page, dont `vers` dit le motif.

        Il le faut sur une page qui récrit son adresse pendant la frappe.
        """
        with self.onglet.expect_navigation(url=vers):
            yield
        self._arrive_ici()

    def _arrive_ici(self) -> None:
        self.visites.add(urlsplit(self.onglet.url).path)
        self.garde.relire()

    # --- écrire ------------------------------------------------------------------------

    def remplit(self, champs: Mapping[str, Valeur], dans: Locator | None = None) -> None:
        """Remplit les champs nommés par leur libellé, comme on le ferait à la main.

        Texte, nombre ou date : on écrit. Vrai ou faux : on coche. Une liste : on coche ses cases.
        Dans une liste déroulante ou des boutons radio, le texte est celui du choix.
        """
        for libelle, valeur in champs.items():
            _saisir(_champ(dans or self.contenu, libelle), valeur)

    def inonde(self, texte: str) -> None:
        """Écrit le même texte partout où l'on écrit, et prend ailleurs le dernier choix offert."""
        formulaire = self.contenu.locator("form.formulaire[method=post]").first
        ecrits = "textarea, input[type=text], input[type=url], input[type=email], input[type=tel]"
        for champ in formulaire.locator(ecrits).all():
            _ouvrir(champ)
            champ.fill(texte)
        for champ in formulaire.locator("select").all():
            _ouvrir(champ)
            champ.select_option(index=champ.locator("option").count() - 1)

    def lit_le_champ(self, libelle: str) -> str:
        """Ce qu'un champ contient."""
        return self.contenu.get_by_label(_nomme(libelle)).input_value()

    # --- au clavier --------------------------------------------------------------------

    def atteint(self, cible: Locator, touche: str = "Tab") -> None:
        """Tape une touche jusqu'à ce que le foyer soit là, comme on le ferait sans souris."""
        for _ in range(TOUCHES_AU_PLUS):
            if cible.evaluate("c => c === document.activeElement"):
                return
            self.onglet.keyboard.press(touche)
        raise AssertionError(f"{touche} ne mène pas à {cible}")

    def tape(self, touche: str, *, page: bool = False) -> None:
        """Frappe une touche ; `page` : elle mène à une autre page."""
        if not page:
            self.onglet.keyboard.press(touche)
            return
        with self.arrive():
            self.onglet.keyboard.press(touche)

    # --- lire --------------------------------------------------------------------------

    @property
    def contenu(self) -> Locator:
        return self.onglet.get_by_role("main")

    def lit(self, *phrases: str, dans: Locator | None = None) -> None:
        """Ces phrases sont sur la page, sans souci des espaces insécables."""
        for phrase in phrases:
            expect(dans or self.contenu).to_contain_text(phrase)

    def ne_lit_pas(self, *phrases: str) -> None:
        for phrase in phrases:
            expect(self.contenu).not_to_contain_text(phrase)

    def n_apprend_rien(self, *secrets: str) -> None:
        """Ces mots ne sont nulle part dans ce que le serveur a envoyé, même caché."""
        source = self.onglet.content()
        assert not [secret for secret in secrets if secret in source]

    def photographie(self, nom: str, *, choisie: bool | Locator = False) -> None:
        """Garde la page dans l'album, si on en fait un ; `choisie` : elle ira dans docs/."""
        self.album.prendre(self.onglet, nom, choisie=choisie)


def _mots(texte: str) -> str:
    """Le motif d'un texte, quels que soient ses espaces."""
    return r"\s+".join(re.escape(mot) for mot in texte.split())


def _exactement(texte: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{_mots(texte)}\s*$")


def _nomme(libelle: str) -> re.Pattern[str]:
    """Un libellé exact, que le champ soit marqué obligatoire ou non."""
    return re.compile(rf"^\s*{_mots(libelle)}(\s*\(obligatoire\))?\s*$")


def _champ(cadre: Locator, libelle: str) -> Locator:
    """Le champ, ou le groupe de cases, qui porte ce libellé, même dans une section repliée."""
    groupe = cadre.locator("legend").filter(has_text=_nomme(libelle)).locator("xpath=..")
    trouve = groupe.or_(cadre.get_by_label(_nomme(libelle)))
    if trouve.count() != 1:
        presents = [" ".join(t.split()) for t in cadre.locator("label, legend").all_text_contents()]
        raise AssertionError(f"« {libelle} » : {trouve.count()} champs, parmi {presents}")
    return trouve


def _ouvrir(champ: Locator) -> None:
    """Ouvre les sections repliées où se trouve le champ."""
    for section in champ.locator("xpath=ancestor::details[not(@open)]/summary").all():
        section.click()


def _saisir(champ: Locator, valeur: Valeur) -> None:
    _ouvrir(champ)
    genre = champ.evaluate("c => c.localName")
    if isinstance(valeur, bool):
        champ.set_checked(valeur)
    elif genre == "fieldset":
        for choix in [valeur] if isinstance(valeur, str) else valeur:  # type: ignore[union-attr]
            champ.get_by_label(_exactement(choix)).check()
    elif genre == "select":
        option = champ.locator("option").filter(has_text=_exactement(str(valeur)))
        champ.select_option(option.get_attribute("value"))
    else:
        champ.fill(valeur.isoformat() if isinstance(valeur, date) else str(valeur))


def _statut(reponse: Response | None) -> int:
    assert reponse is not None
    return reponse.status
