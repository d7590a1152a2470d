"""Le Pays de Rennes rejoué : trois missions, de tailles différentes, d'une seule problématique."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import expect

from tests.parcours.conftest import Entrer
from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne

CAS = Path(__file__).resolve().parents[2] / "cas" / "pays-de-rennes-mutualisation.yaml"
SOURCES = {
    "experience": "Expérience du réseau DLA",
    "sollicitations": "Sollicitation d’un partenaire",
}
RETENUES = (3, 7, 4)


def test_trois_missions_d_une_problematique(entrer: Entrer) -> None:
    cas = yaml.safe_load(CAS.read_text(encoding="utf-8"))
    dite, missions = cas["problematique"], cas["missions"]
    lea = entrer("lea.morel")

    noter_les_signaux(lea, dite["signaux"])
    formuler_la_problematique(lea, dite)
    ouvrir_les_missions(lea, dite["titre"], missions)
    for mission, retenues in zip(missions, RETENUES, strict=True):
        declarer_les_retenues(lea, mission, retenues)
    tout_relire(lea, dite["titre"], [mission["titre"] for mission in missions])


def noter_les_signaux(lea: Personne, signaux: list[dict[str, Any]]) -> None:
    """Trois alertes collées d'un coup, puis la source et les thèmes de chacune."""
    lea.va("/besoins/noter/")
    lea.remplit({"Ce que vous avez entendu": "\n".join(s["texte"] for s in signaux)})
    lea.envoie("Noter un besoin par ligne")
    for signal in signaux:
        lea.va("/besoins/")
        lea.suit(signal["texte"])
        lea.suit("Coder ce besoin")
        PageFormulaire(lea).coche("Emploi partagé", "Mutualiser des moyens")
        PageFormulaire(lea).enregistrer(
            "Enregistrer le besoin",
            {
                "D’où vient ce besoin": SOURCES[signal["source"]],
                "Qui l’a dit": signal.get("auteur_organisation", ""),
                "Secteur": "Culture",
            },
        )


def formuler_la_problematique(lea: Personne, dite: dict[str, Any]) -> None:
    lea.va("/besoins/")
    for signal in dite["signaux"]:
        lea.contenu.get_by_role("checkbox", name=signal["texte"][:40]).check()
    lea.envoie("Rassembler les besoins choisis en problématique")
    PageFormulaire(lea).enregistrer(
        "Formuler la problématique",
        {
            "Titre": dite["titre"],
            "Contexte": dite["contexte"],
            "Enjeux": dite["enjeux"],
            "Besoins repérés": dite["besoins"],
            "Comment elle a été vérifiée": dite["methode_de_validation"],
            "Rencontres tenues pour la vérifier": str(dite["rencontres"]),
            "Structures consultées": dite["structures_consultees"],
            "Partenaires consultés": dite["partenaires_consultes"],
        },
    )
    lea.lit("3 signaux.", "environ 20", dite["partenaires_consultes"])
    lea.envoie("Confirmer la problématique")


def ouvrir_les_missions(lea: Personne, titre: str, missions: list[dict[str, Any]]) -> None:
    """L'une après l'autre, sans quitter la page : elle rappelle celles qui sont ouvertes."""
    lea.suit("Ouvrir une mission")
    assert lea.lit_le_champ("Titre") == titre
    for rang, mission in enumerate(missions, 1):
        suivante = rang < len(missions)
        PageFormulaire(lea).enregistrer(
            "Ouvrir, puis en ouvrir une autre" if suivante else "Ouvrir la mission",
            {
                "Titre": mission["titre"],
                "Accroche": mission["accroche"],
                "Année": mission["annee"],
            },
        )
        if suivante:
            lea.lit("Cette problématique a déjà ouvert", mission["titre"])
            expect(lea.contenu.locator(".message li")).to_have_count(rang)
    lea.photographie("troisieme-mission")


def declarer_les_retenues(lea: Personne, mission: dict[str, Any], retenues: int) -> None:
    """Ce que la source compte sans le nommer, dont une partie (« 3 compagnies ») si elle le dit."""
    lea.va("/missions/")
    lea.suit(mission["titre"])
    page = PageMission(lea)
    page.demarche("Cerner une problématique")
    page.panneau("La problématique et ses preuves").lit("confirmée", "3 signaux à l’appui")
    page.demarche("Mobiliser les structures bénéficiaires")
    for effectif in mission["effectifs"]:
        page.panneau("Mobilisation").ajoute(
            "Déclarer un effectif",
            "Enregistrer l’effectif déclaré",
            {
                "Palier": "retenues",
                "Nombre de structures": str(effectif["nombre"]),
                "Dont": effectif.get("dont", ""),
                "Source": effectif["source"],
            },
        )
    page.chiffre("Structures retenues", str(retenues))


def tout_relire(lea: Personne, titre: str, missions: list[str]) -> None:
    lea.va("/besoins/problematiques/")
    lea.suit(titre)
    ouvertes = lea.contenu.get_by_role("region", name="Missions ouvertes")
    expect(ouvertes.get_by_role("link")).to_have_count(3)
    for mission in missions:
        lea.lit(mission, dans=ouvertes)
    lea.photographie("trois-missions")
