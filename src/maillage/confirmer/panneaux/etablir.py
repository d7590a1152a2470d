"""Établir : le projet d'intervention (une requête)."""

from __future__ import annotations

from collections.abc import Sequence

from maillage import methode
from maillage.confirmer.editions import PROJET
from maillage.confirmer.models import ProjetDIntervention
from maillage.confirmer.presentation import formes_de_travail, prestations
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.modeles import rubriques
from maillage.socle.mots import enumerer

ATTENDUS = {
    "type_ingenierie": "le type d’ingénierie",
    "resultats_qualitatifs": "les résultats attendus",
    "systeme_intervenant": "qui intervient",
    "temps_du_dla": "les moments où le DLA est là",
    "registres": "les registres d’évaluation",
}
TEXTES = (
    "objectifs_collectifs",
    "objectifs_individuels",
    "adaptation",
    "resultats_qualitatifs",
    "resultats_quantitatifs",
    "contenus",
    "rythme",
    "lieu",
    "logistique",
    "calendrier",
    "prestataires",
    "systeme_intervenant",
    "temps_du_dla",
    "indicateurs",
    "participation_evaluation",
)


def panneaux_etablir(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Le projet d'intervention, ce qu'il dit et ce qu'il tait encore."""
    projet: ProjetDIntervention | None = getattr(ingenierie, "projet_intervention", None)
    manques = [nom for champ, nom in ATTENDUS.items() if not getattr(projet, champ, None)]
    if projet is not None and not projet.jours.connue:
        manques.insert(1, "le nombre de jours")
    redige = projet is not None and not {"type_ingenierie", "resultats_qualitatifs"} & {
        champ for champ in ATTENDUS if not getattr(projet, champ)
    }
    phrase = _resumer(projet) if projet else "Le projet d’intervention n’est pas commencé."
    geste = "Modifier le projet" if projet else "Écrire le projet d’intervention"
    return [
        Panneau(
            code="projet",
            titre="Projet d’intervention",
            vide=projet is None,
            phrase=phrase,
            gabarit="confirmer/panneaux/projet.html",
            contexte={"rubriques": _rubriques(projet) if projet else []},
            manques=[f"Reste à dire : {enumerer(manques)}."] if manques and projet else [],
            gestes=[Geste(geste, PROJET.url("ajouter", ingenierie.pk))],
            faits={"projet_intervention_redige": phrase} if redige else {},
        )
    ]


def _resumer(projet: ProjetDIntervention) -> str:
    """« Solution produite avec les structures, 5 jours, sur 4 mois. »"""
    parts = [projet.get_type_ingenierie_display() or "Type à choisir"]
    parts += [str(projet.jours)] if projet.jours.connue else []
    parts += [f"sur {projet.duree}"] if projet.duree.connue else []
    return f"{', '.join(parts)}."


def _rubriques(projet: ProjetDIntervention) -> list[tuple[str, str]]:
    """Ce que le projet dit : (intitulé, texte), sans les rubriques vides."""
    registres = [methode.libelle("evaluation.registres", code) for code in projet.registres]
    codes = {
        "Formes de travail": formes_de_travail(projet),
        "Types de prestation": prestations(projet),
        "Registres d’évaluation": registres,
    }
    listes = [("Solution produite", projet.get_solution_display())]
    listes += [(titre, enumerer(noms)) for titre, noms in codes.items()]
    return [(titre, texte) for titre, texte in listes if texte] + rubriques(projet, TEXTES)
