"""Ce qu'une fiche ne dit pas encore ; rien de cela n'empêche de la publier (règle 1)."""

from __future__ import annotations

from collections.abc import Callable

from maillage.capitaliser.grille import ContexteDeFiche

_ATTENDUS: tuple[tuple[str, Callable[[ContexteDeFiche], object]], ...] = (
    ("Le contexte et les enjeux", lambda f: f.problematique.contexte or f.problematique.enjeux),
    ("Les besoins repérés", lambda f: f.problematique.besoins or f.problematique.themes),
    ("L’origine du constat", lambda f: f.problematique.origine),
    ("La façon dont la problématique a été vérifiée", lambda f: f.problematique.validation),
    ("Un objectif stratégique", lambda f: f.objectifs.strategiques),
    ("Un objectif opérationnel", lambda f: f.objectifs.operationnels),
    ("Le profil des structures", lambda f: f.beneficiaires.profil),
    ("Le nombre de structures accompagnées", lambda f: f.en_bref[0].connu),
    (
        "Les intervenants",
        lambda f: f.moyens.humains.intervenants or f.moyens.humains.systeme_intervenant,
    ),
    ("Les partenaires", lambda f: f.moyens.humains.partenaires),
    ("Le coût de la mission", lambda f: f.en_bref[2].connu),
    ("La provenance des fonds", lambda f: f.moyens.financiers.financements),
    ("Le type d’intervention", lambda f: f.action.typologie),
    ("Le nombre de journées", lambda f: f.en_bref[1].connu),
    ("Les contenus abordés", lambda f: f.action.contenus or f.action.prestations),
    ("Un résultat", lambda f: f.resultats),
    ("Les quatre registres de l’évaluation", lambda f: not f.evaluation.a_apprecier),
    ("Ce que l’on retient", lambda f: f.capitalisation.a_retenir),
)


def ce_qui_manque(fiche: ContexteDeFiche) -> tuple[str, ...]:
    """Les rubriques de la grille restées vides, dans l'ordre où on les lit."""
    return tuple(intitule for intitule, dit in _ATTENDUS if not dit(fiche))
