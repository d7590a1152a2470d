"""Qui voit quoi : deux départements pour la région, rien pour un autre département."""

from tests.parcours.conftest import Entrer
from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne


def ouvrir_une_mission(personne: Personne, titre: str) -> str:
    """Une mission ouverte par le formulaire, avec une note interne ; rend son adresse."""
    personne.va("/missions/ouvrir/")
    PageFormulaire(personne).enregistrer("Ouvrir la mission", {"Titre": titre, "Année": 2010})
    adresse = personne.onglet.url.partition("etape/")[0]
    personne.va(f"{adresse}note/ajouter/")
    PageFormulaire(personne).enregistrer("Enregistrer la note", {"Note": f"Secret de {titre}"})
    return adresse


def test_la_region_voit_deux_departements_sans_l_interne(entrer: Entrer) -> None:
    doubs = ouvrir_une_mission(entrer("lea.morel"), "Partenariats du Doubs")
    jura = ouvrir_une_mission(entrer("ines.perrot"), "Mutualisation dans le Jura")
    ouvrir_une_mission(entrer("theo.lafargue"), "Emplois de Gironde")

    odile = entrer("odile.ravier")
    odile.va("/missions/")
    odile.lit("Partenariats du Doubs", "Mutualisation dans le Jura", "2 missions")
    odile.n_apprend_rien("Gironde")
    odile.photographie("missions-region", choisie=True)
    for adresse in (doubs, jura):
        odile.va(adresse)
        odile.lit("Pourquoi je vois ceci", "territoire de votre DLA régional")
        odile.n_apprend_rien("Secret", "Modifier l’en‑tête", "Ajouter une note")
        mission = PageMission(odile)
        mission.demarche("Définir le rôle du DLA")
        odile.n_apprend_rien("Choisir une posture")
        assert odile.va(f"{adresse}en-tete/") == 403
        odile.lit("seul le DLA pilote y écrit", "DLA du")
    odile.photographie("refus")


def test_un_autre_departement_n_existe_pas(entrer: Entrer) -> None:
    lea, theo = entrer("lea.morel"), entrer("theo.lafargue")
    mission = ouvrir_une_mission(lea, "Partenariats du Doubs")
    lea.va(mission)
    PageMission(lea).demarche("Cerner une problématique")

    for adresse in (mission, lea.onglet.url, f"{mission}en-tete/", f"{mission}note/ajouter/"):
        assert theo.va(adresse) == 404
        theo.n_apprend_rien("Partenariats", "Secret")
    theo.lit("n’existe pas")
    theo.photographie("hors-perimetre")
    theo.va("/missions/")
    theo.n_apprend_rien("Partenariats")
