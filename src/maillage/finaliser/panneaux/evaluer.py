"""Évaluer : la matrice, les registres, les résultats (quatre requêtes)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from maillage import methode
from maillage.finaliser.editions import REGISTRE, RESULTAT
from maillage.finaliser.lecture import matrice_de
from maillage.finaliser.models import AppreciationDeRegistre, NatureDeResultat, Resultat
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter, enumerer

MONTRES = 40
COUPLES = {
    "coherence_et_pertinence": ("coherence", "pertinence"),
    "efficacite_et_efficience": ("efficacite", "efficience"),
}


def panneaux_evaluer(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """La matrice, les quatre registres, les résultats."""
    return [_matrice(ingenierie, regard), _registres(ingenierie), _resultats(ingenierie)]


def _matrice(ingenierie: Ingenierie, regard: Regard) -> Panneau:
    groupes = matrice_de(ingenierie)
    page = reverse("finaliser:evaluation", args=[ingenierie.pk])
    repondues = sum(g.repondues for g in groupes)
    divergences = sum(g.divergences for g in groupes)
    phrase = f"{compter(repondues, 'réponse')} sur {sum(g.attendues for g in groupes)} attendues."
    if divergences:
        phrase = f"{phrase[:-1]}, {compter(divergences, 'question')} où les voix divergent."
    return Panneau(
        code="reponse",
        titre="Questions aux six voix",
        vide=not repondues,
        phrase=phrase if repondues else "Aucune réponse n’est encore saisie.",
        gabarit="finaliser/panneaux/matrice.html",
        contexte={
            "groupes": [
                {
                    "libelle": g.libelle,
                    "repondues": g.repondues,
                    "attendues": g.attendues,
                    "divergences": g.divergences,
                    "url": f"{page}?groupe={g.code}" if regard.voit_interne else "",
                }
                for g in groupes
            ]
        },
        gestes=[Geste("Saisir des réponses", page)],
        faits={"reponses_recueillies": phrase} if repondues else {},
    )


def _registres(ingenierie: Ingenierie) -> Panneau:
    ecrits: dict[str, AppreciationDeRegistre] = {
        a.registre: a for a in ingenierie.appreciations.select_related("auteur")
    }
    registres = methode.evaluation().registres
    restent = [r.libelle.lower() for r in registres if r.code not in ecrits]
    gestes = []
    if restent:
        gestes.append(Geste("Remplir un registre", REGISTRE.url("ajouter", ingenierie.pk)))
    return Panneau(
        code="registre",
        titre="Quatre registres",
        vide=not ecrits,
        phrase=_dire_les_registres(len(ecrits), len(registres)),
        gabarit="finaliser/panneaux/registres.html",
        contexte={"registres": [_registre(r, ecrits.get(r.code), ingenierie) for r in registres]},
        manques=[f"Reste : {enumerer(restent)}."] if restent and ecrits else [],
        gestes=gestes,
        faits={
            fait: "Ces deux registres sont remplis."
            for fait, codes in COUPLES.items()
            if ecrits.keys() >= set(codes)
        },
    )


def _dire_les_registres(ecrits: int, tous: int) -> str:
    if not ecrits:
        return "Aucun registre n’est encore rempli."
    return f"{compter(ecrits, 'registre rempli', 'registres remplis')} sur {tous}."


def _registre(
    registre: methode.Element, ecrit: AppreciationDeRegistre | None, ingenierie: Ingenierie
) -> dict[str, Any]:
    modifier = REGISTRE.url("modifier", ingenierie.pk, ecrit.pk) if ecrit else ""
    return {"registre": registre, "ecrit": ecrit, "modifier": modifier}


def _resultats(ingenierie: Ingenierie) -> Panneau:
    rangs = NatureDeResultat.values
    tous = sorted(ingenierie.resultats.all(), key=lambda r: rangs.index(r.nature))
    return Panneau(
        code="resultat",
        titre="Résultats",
        vide=not tous,
        phrase=_raconter(tous),
        gabarit="finaliser/panneaux/resultats.html",
        contexte={
            "resultats": [
                {"resultat": r, "modifier": RESULTAT.url("modifier", ingenierie.pk, r.pk)}
                for r in tous[:MONTRES]
            ],
            "autres": max(len(tous) - MONTRES, 0),
        },
        gestes=[Geste("Ajouter un résultat", RESULTAT.url("ajouter", ingenierie.pk))],
    )


def _raconter(resultats: Sequence[Resultat]) -> str:
    """« 4 résultats obtenus. », sans additionner ce qui diffère (règle 8 du métier)."""
    if not resultats:
        return "Aucun résultat n’est encore noté ; certains ne viennent que des mois plus tard."
    obtenus = sum(r.obtenu for r in resultats)
    phrase = compter(obtenus, "résultat obtenu", "résultats obtenus")
    vains = len(resultats) - obtenus
    suite = f" ; {compter(vains, 'visé sans venir', 'visés sans venir')}" if vains else ""
    return f"{phrase}{suite}."
