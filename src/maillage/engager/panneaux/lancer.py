"""Les partenaires, que tous lisent ; leurs attentes croisées, que seul le DLA lit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maillage import methode
from maillage.engager.editions import ATTENTES, PARTENAIRE
from maillage.engager.models import EtatPartenariat, Partenariat, Verification
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter, enumerer

FORMES = {
    EtatPartenariat.PRESSENTI: "a_faire",
    EtatPartenariat.SOLLICITE: "en_cours",
    EtatPartenariat.ENGAGE: "fait",
    EtatPartenariat.DECLINE: "sans_objet",
}


def lancer(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Une requête ; hors du DLA, ni les pressentis, ni ceux qui ont décliné, ni aucune attente."""
    lus = ingenierie.partenariats.select_related("organisation")
    if not regard.voit_interne:
        associes = list(lus.filter(etat__in=EtatPartenariat.associes()))
        return [_partenaires(ingenierie, regard, associes)]
    partenariats = list(lus.select_related("attentes"))
    return [_partenaires(ingenierie, regard, partenariats), _attentes(ingenierie, partenariats)]


def _partenaires(
    ingenierie: Ingenierie, regard: Regard, partenariats: Sequence[Partenariat]
) -> Panneau:
    sans_role = [str(p) for p in partenariats if not p.role.strip()]
    return Panneau(
        code="partenaire",
        titre="Partenaires",
        vide=not partenariats,
        phrase=_phrase(partenariats),
        gabarit="engager/panneaux/partenaires.html",
        contexte={
            "lignes": [
                {
                    "partenariat": p,
                    "forme": FORMES[EtatPartenariat(p.etat)],
                    "url": PARTENAIRE.url("modifier", ingenierie.pk, p.pk)
                    if regard.modifier
                    else "",
                }
                for p in partenariats
            ]
        },
        manques=[f"Le rôle de {enumerer(sans_role)} est à préciser."] if sans_role else [],
        gestes=[Geste("Ajouter un partenaire", PARTENAIRE.url("ajouter", ingenierie.pk))],
        faits=_reunis(partenariats),
    )


def _phrase(partenariats: Sequence[Partenariat]) -> str:
    if not partenariats:
        return "Aucun partenaire n’est encore associé à la mission."
    comptes = {etat: sum(p.etat == etat for p in partenariats) for etat in EtatPartenariat}
    dits = {
        EtatPartenariat.ENGAGE: ("engagé", "engagés"),
        EtatPartenariat.SOLLICITE: ("sollicité", "sollicités"),
        EtatPartenariat.PRESSENTI: ("pressenti", "pressentis"),
        EtatPartenariat.DECLINE: ("a décliné", "ont décliné"),
    }
    presents = [compter(comptes[etat], *mots) for etat, mots in dits.items() if comptes[etat]]
    return f"{compter(len(partenariats), 'partenaire')} : {enumerer(presents)}."


def _reunis(partenariats: Sequence[Partenariat]) -> dict[str, str]:
    avec_role = [str(p) for p in partenariats if p.role.strip()]
    return {"partenaires_reunis": f"Rôle écrit : {enumerer(avec_role[:3])}"} if avec_role else {}


def _attentes(ingenierie: Ingenierie, partenariats: Sequence[Partenariat]) -> Panneau:
    suivis = [p for p in partenariats if p.etat != EtatPartenariat.DECLINE]
    a_noter = [str(p) for p in suivis if not p.attentes.notees]
    return Panneau(
        code="attentes",
        titre="Attentes croisées",
        vide=not suivis,
        phrase=_phrase_des_attentes(len(suivis), len(a_noter)),
        gabarit="engager/panneaux/attentes.html",
        contexte={
            "lignes": [
                {
                    "partenariat": p,
                    "attentes": p.attentes,
                    "url": ATTENTES.url("modifier", ingenierie.pk, p.attentes.pk),
                }
                for p in suivis
            ],
            "divergences": _divergences(suivis),
        },
        manques=[f"Les attentes de {enumerer(a_noter)} sont à noter."] if a_noter else [],
        faits=_faits_des_attentes(suivis, a_noter),
        interne=True,
    )


def _phrase_des_attentes(suivis: int, a_noter: int) -> str:
    if not suivis:
        return "Elles se noteront avec le premier partenaire."
    notees = suivis - a_noter
    return f"Notées pour {notees} sur {compter(suivis, 'partenaire')}."


def _faits_des_attentes(suivis: Sequence[Partenariat], a_noter: Sequence[str]) -> dict[str, str]:
    faits = {}
    angles = [v.code for v in methode.partenaires().verifications]
    if suivis and all(any(_reponse(p, a) != Verification.A_VOIR for p in suivis) for a in angles):
        faits["interet_verifie"] = "Les trois vérifications d’intérêt ont une réponse"
    if suivis and not a_noter:
        faits["attentes_notees"] = f"Attentes notées pour {compter(len(suivis), 'partenaire')}"
    return faits


def _divergences(suivis: Sequence[Partenariat]) -> list[dict[str, Any]]:
    """Les vérifications où des partenaires disent oui et d'autres non, sans les départager."""
    divergences = []
    for verification in methode.partenaires().verifications:
        oui, non = (
            [str(p) for p in suivis if _reponse(p, verification.code) == reponse]
            for reponse in (Verification.OUI, Verification.NON)
        )
        if oui and non:
            divergences.append(
                {"question": verification.libelle, "oui": enumerer(oui), "non": enumerer(non)}
            )
    return divergences


def _reponse(partenariat: Partenariat, verification: str) -> str:
    reponse: str = getattr(partenariat.attentes, verification)
    return reponse
