"""Le parcours décidé avec la structure."""

from datetime import date

from tests.parcours.accueil import diagnostic
from tests.parcours.pages import PageFormulaire
from tests.parcours.personne import Personne

ACTION = "Calculer le coût d’un atelier"


def decider(lea: Personne, adresse_du_diagnostic: str) -> None:
    """Ouvert depuis le diagnostic, qui lui donne ses besoins ; une action y répond."""
    lea.va(adresse_du_diagnostic)
    lea.suit("Ouvrir le parcours")
    PageFormulaire(lea).enregistrer(
        "Enregistrer le parcours", {"Ce que l’on vise": "Des prix qui couvrent les coûts."}
    )
    lea.lit(diagnostic.BESOIN)
    lea.suit("Décider une action", dans=lea.contenu.locator(".page-actions"))
    PageFormulaire(lea).enregistrer(
        "Enregistrer l’action",
        {
            "Sorte": "Appui du DLA",
            "Intitulé": ACTION,
            "Ou, sans compte ici, qui la mène": "Léa Morel",
            "Échéance": date(2027, 1, 15),
        },
    )
    lea.lit(ACTION, "15 janvier")
    lea.photographie("parcours", choisie=True)
