"""Le téléphone sonne : on trouve l'association au registre, on l'accueille."""

from tests.parcours.accueil.registre import NUMERO
from tests.parcours.pages import PageFormulaire
from tests.parcours.personne import Personne

NOM = "LES CABANES DE LA VALLEE"
PAROLES = "Le bail s’arrête en juin et personne ne sait combien coûte vraiment un atelier."


def trouver_au_registre(lea: Personne) -> None:
    """Des fautes de frappe, pas d'accent : elle se trouve pendant la frappe, et se reprend."""
    lea.va("/structures/")
    lea.suit("Chercher en France")
    lea.remplit({"Nom, sigle, numéro ou commune": "cabannes valée ornans"})
    lea.onglet.wait_for_url("**q=cabannes*")
    lea.lit("Au registre national", NOM, "Ornans")
    lea.photographie("registre-chercher", choisie=True)
    reprendre = lea.contenu.get_by_role("button", name=f"Reprendre {NOM} dans mes structures")
    with lea.arrive("**/annuaire/**"):
        reprendre.click()
    lea.lit(NOM, NUMERO, "Ornans")


def nommer_la_presidente(lea: Personne) -> None:
    lea.suit("Gérer les personnes")
    PageFormulaire(lea).enregistrer(
        "Ajouter et donner le rôle",
        {
            "Prénom": "Zoé",
            "Nom": "Lambert",
            "Adresse électronique": "zoe.lambert@exemple.fr",
            "Fonction": "présidente",
            "Rôle": "contact de la structure",
        },
    )
    lea.lit("Zoé Lambert")


def noter_la_demande(lea: Personne) -> None:
    lea.va("/demandes/noter/")
    PageFormulaire(lea).enregistrer(
        "Noter la demande",
        {
            "Structure": NOM,
            "Ce qu’elle dit, dans ses mots": PAROLES,
            "Qui demande": "Zoé Lambert",
            "Comment elle est venue": "Appel téléphonique",
        },
    )
    lea.lit(PAROLES, "Zoé Lambert", "Il manque 2 points")


def constater_l_eligibilite(lea: Personne) -> None:
    """Le statut et le territoire se proposent ; l'utilité et l'emploi se constatent."""
    lea.lit("Association déclarée", "Ornans est dans : Doubs")
    for point, preuve in (
        ("Ses activités sont d’utilité sociale", "Ateliers ouverts à toute la vallée."),
        ("Elle crée ou consolide des emplois", "Deux postes à temps partiel."),
    ):
        cadre = lea.contenu.get_by_role("group", name=point)
        _ouvrir_les_constats(lea)
        cadre.get_by_label("oui", exact=True).check()
        cadre.get_by_label("Ce qui le montre").fill(preuve)
    lea.envoie("Enregistrer l’éligibilité")
    lea.lit("Éligible : les quatre points sont constatés")
    lea.photographie("demande", choisie=True)


def accueillir(lea: Personne) -> None:
    lea.envoie("Accueillir la structure")
    lea.lit("est accueillie")


def _ouvrir_les_constats(lea: Personne) -> None:
    repli = lea.contenu.locator("details:not([open]) > summary")
    for titre in repli.filter(has_text="Dire ce que l’on sait").all():
        titre.click()
