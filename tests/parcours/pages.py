"""Les pages, telles que les histoires les nomment."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.parcours.monde import MOT_DE_PASSE
from tests.parcours.personne import Personne, Valeur


class PageConnexion:
    """« Bonjour »."""

    def __init__(self, personne: Personne) -> None:
        self.personne = personne

    def entrer(self, courriel: str, mot_de_passe: str = MOT_DE_PASSE) -> None:
        self.personne.va("/compte/login/")
        self.remplir(courriel, mot_de_passe)

    def remplir(self, courriel: str, mot_de_passe: str = MOT_DE_PASSE) -> None:
        """Sur la page de connexion où l'on vient d'être mené."""
        self.personne.remplit({"Adresse de courriel": courriel, "Mot de passe": mot_de_passe})
        self.personne.envoie("Se connecter")


class PageFormulaire:
    """Une page qui porte un formulaire : on le remplit, on l'envoie."""

    def __init__(self, personne: Personne) -> None:
        self.personne = personne

    def enregistrer(self, bouton: str, champs: dict[str, Valeur]) -> int:
        """Remplit, envoie, et rend le statut de la page d'arrivée."""
        self.personne.remplit(champs)
        return self.personne.envoie(bouton)

    def coche(self, *cases: str) -> None:
        """Coche ces cases, où qu'elles soient sur la page."""
        for case in cases:
            self.personne.contenu.get_by_role("checkbox", name=case, exact=True).check()

    @property
    def erreurs(self) -> Locator:
        return self.personne.contenu.get_by_role("alert")


class PageMission:
    """Le dossier d'une mission : son chemin, la démarche ouverte, ses panneaux."""

    def __init__(self, personne: Personne) -> None:
        self.personne = personne

    @property
    def chemin(self) -> Locator:
        return self.personne.onglet.get_by_role("navigation", name="Chemin de la mission")

    def demarche(self, nom: str) -> None:
        """Ouvre une démarche depuis le chemin."""
        with self.personne.arrive():
            self.chemin.locator(".station-lien").filter(has_text=nom).click()
        expect(self.personne.contenu.get_by_role("heading", name=nom, level=2)).to_be_visible()

    def panneau(self, titre: str) -> Panneau:
        return Panneau(self.personne, titre)

    def marquer(self, etat: str) -> None:
        """Dit où en est la démarche ouverte."""
        self.personne.remplit({"État": etat})
        self.personne.envoie("Enregistrer l’avancement")

    def chiffre(self, libelle: str, valeur: str) -> None:
        """Un chiffre d'en-tête vaut cela."""
        chiffre = self.personne.contenu.locator(".chiffre").filter(
            has=self.personne.onglet.get_by_text(libelle, exact=True)
        )
        expect(chiffre.locator("dd")).to_contain_text(valeur)


class Panneau:
    """Un panneau de la démarche ouverte."""

    def __init__(self, personne: Personne, titre: str) -> None:
        self.personne = personne
        entete = personne.onglet.get_by_role("heading", name=titre, exact=True)
        self.cadre = personne.contenu.locator("section.panneau").filter(has=entete)

    def lit(self, *phrases: str) -> None:
        self.personne.lit(*phrases, dans=self.cadre)

    def ouvre(self, geste: str) -> None:
        """Suit un lien ou un geste du panneau."""
        self.personne.suit(geste, dans=self.cadre)

    def envoie(self, bouton: str) -> None:
        """Un verbe du panneau, d'un clic."""
        self.personne.envoie(bouton, dans=self.cadre)

    def ajoute(self, geste: str, bouton: str, champs: dict[str, Valeur]) -> None:
        """Suit un geste, remplit le formulaire qu'il ouvre, l'enregistre : retour au dossier."""
        self.ouvre(geste)
        statut = PageFormulaire(self.personne).enregistrer(bouton, champs)
        assert statut == 200, self.personne.contenu.inner_text()
