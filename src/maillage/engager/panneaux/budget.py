"""Le panneau du budget : deux livres, la ligne d'équilibre, et les règles dans la marge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maillage.engager.calculs.budget import Budget, Etat
from maillage.engager.calculs.regles import Beneficiaires, regles
from maillage.engager.editions import FINANCEMENT, LIGNE
from maillage.engager.livres import apports_de, depenses_de, livres
from maillage.engager.models import EtatFinancement, Financement, LigneDeBudget, Nature
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.quantites import Quantite

FORMES = {
    EtatFinancement.PRESSENTI: "a_faire",
    EtatFinancement.DEMANDE: "en_cours",
    EtatFinancement.ACCORDE: "fait",
    EtatFinancement.REFUSE: "sans_objet",
    EtatFinancement.VERSE: "fait",
}
EQUILIBRE = {
    Etat.EQUILIBRE: "fait",
    Etat.SOUS_CONDITION: "en_cours",
    Etat.MANQUE: "en_retard",
    Etat.EXCEDENT: "en_retard",
}


def panneau_du_budget(
    ingenierie: Ingenierie,
    regard: Regard,
    lignes: Sequence[LigneDeBudget],
    financements: Sequence[Financement],
    beneficiaires: Beneficiaires,
) -> Panneau:
    """Le panneau, depuis ce qui est déjà lu (aucune requête)."""
    budget = livres(lignes, financements)
    modifie = bool(regard.modifier)
    payees = [ligne for ligne in lignes if ligne.nature != Nature.VALORISATION]
    valorisees = [ligne for ligne in lignes if ligne.nature == Nature.VALORISATION]
    dites = regles(depenses_de(lignes), apports_de(financements), budget, beneficiaires)
    return Panneau(
        code="ligne",
        titre="Budget",
        vide=budget.etat is Etat.VIDE,
        phrase=budget.constat,
        gabarit="engager/panneaux/budget.html",
        contexte={
            "depenses": [_depense(ingenierie, ligne, modifie) for ligne in payees],
            "valorisees": [_depense(ingenierie, ligne, modifie) for ligne in valorisees],
            "financements": [
                _apport(ingenierie, financement, valeur, modifie)
                for financement, valeur in zip(financements, budget.valeurs, strict=True)
            ],
            "total_depenses": str(budget.depenses),
            "total_financements": _total_des_financements(budget),
            "valorisation": str(budget.valorisation),
            "equilibre": budget.suites,
            "etat": EQUILIBRE.get(budget.etat, "a_faire"),
            "regles": [r for r in dites if not r.alerte],
        },
        manques=[r.texte for r in dites if r.alerte],
        gestes=[
            Geste("Ajouter une dépense", LIGNE.url("ajouter", ingenierie.pk)),
            Geste("Ajouter un financement", FINANCEMENT.url("ajouter", ingenierie.pk)),
        ],
        faits={"budget_equilibre": budget.constat} if budget.equilibre else {},
    )


def _depense(ingenierie: Ingenierie, ligne: LigneDeBudget, modifie: bool) -> dict[str, Any]:
    detail = [ligne.get_nature_display()]
    if ligne.jours.connue:
        prix = f" à {ligne.cout_jour}" if ligne.cout_jour.connue else ""
        detail.append(f"{ligne.jours}{prix}")
    detail += [ligne.source] if ligne.source else []
    return {
        "libelle": ligne.libelle,
        "montant": str(ligne.cout),
        "detail": " · ".join(detail),
        "url": LIGNE.url("modifier", ingenierie.pk, ligne.pk) if modifie else "",
    }


def _apport(
    ingenierie: Ingenierie, financement: Financement, valeur: Quantite, modifie: bool
) -> dict[str, Any]:
    part = f"{financement.part} du coût" if financement.part.connue else ""
    origine = (
        "crédits d’ingénierie du DLA"
        if financement.credits_dla
        else financement.get_famille_display()
    )
    return {
        "libelle": str(financement.financeur),
        "montant": str(valeur) if valeur.connue or not part else part,
        "etat": FORMES[EtatFinancement(financement.etat)],
        "mot": financement.get_etat_display(),
        "detail": " · ".join(filter(None, [origine, part if valeur.connue else ""])),
        "url": FINANCEMENT.url("modifier", ingenierie.pk, financement.pk) if modifie else "",
    }


def _total_des_financements(budget: Budget) -> str:
    """« 4 000 € acquis, 2 000 € à confirmer » ; ce que l'on n'a pas ne se dit pas."""
    if not budget.attendus.connues and not budget.attendus.inconnues:
        return str(budget.acquis)
    acquis = budget.acquis.connues or budget.acquis.inconnues
    attendus = str(budget.attendus) if budget.attendus.connues else "un montant inconnu"
    return ", ".join([*([f"{budget.acquis} acquis"] if acquis else []), f"{attendus} à confirmer"])
