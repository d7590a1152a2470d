"""Les missions : le dossier, ses étapes, ses éléments, sa fiche publiée."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from maillage import methode
from tests.droits.attentes.lignes import (
    TOUS,
    Ligne,
    dans_le_dossier,
    dossier,
    gabarit,
    objet,
    scenario,
)
from tests.droits.attentes.profils import (
    AGENTS_DE_DLA,
    ECRIRE_DOSSIER,
    FIGE,
    GABARIT,
    LIRE_DOSSIER,
    LIRE_INTERNE,
    PRESTATAIRE,
    REPARTIR,
)
from tests.droits.monde import Monde

# Ce qui s'édite dans un dossier : pièce, élément, et les gestes que son édition offre.
ELEMENTS = {
    "ingenieries": {"note": TOUS},
    "identifier": {"role": TOUS},
    "engager": {
        "attentes": ("modifier",),
        **dict.fromkeys(("partenaire", "objectif", "evaluation", "validation"), TOUS),
        **dict.fromkeys(("avis", "ligne", "financement"), TOUS),
    },
    "confirmer": {
        **dict.fromkeys(("participation", "offre"), ("modifier", "retirer")),
        **dict.fromkeys(("effectif", "concurrence", "groupe", "projet"), TOUS),
        **dict.fromkeys(("voie", "message", "creneau"), TOUS),
        **dict.fromkeys(("cahier", "consultation"), TOUS),
        **dict.fromkeys(("exigence_de_groupe", "souhait_de_groupe"), TOUS),
    },
    "finaliser": {
        "reponse": ("modifier", "retirer"),
        **dict.fromkeys(("seance", "resultat", "registre"), TOUS),
        **dict.fromkeys(("question_ajoutee", "mise_de_cote"), TOUS),
    },
    "capitaliser": {"capitalisation": TOUS},
}


# Un cahier émis, un appel ouvert, une fiche publiée ne s'effacent pas.
EXCEPTIONS = {
    ("cahier", "retirer"): (ECRIRE_DOSSIER, FIGE),
    ("consultation", "retirer"): (ECRIRE_DOSSIER, FIGE),
    ("capitalisation", "retirer"): (ECRIRE_DOSSIER, FIGE),
}


def _lignes_des_elements() -> dict[str, Ligne]:
    return {
        f"{piece}:{element}_{geste}": _ligne(element, geste)
        for piece, elements in ELEMENTS.items()
        for element, gestes in elements.items()
        for geste in gestes
    }


def _ligne(element: str, geste: str) -> Ligne:
    """Tout s'édite dans un dossier ouvert, hors les exceptions dites plus haut."""
    get, post = EXCEPTIONS.get((element, geste), (ECRIRE_DOSSIER, ECRIRE_DOSSIER))
    return Ligne(_cles(element, geste), get, post)


def _cles(element: str, geste: str) -> Callable[[Monde], list[Any]]:
    if geste == "ajouter":
        return dossier
    return lambda monde: [monde.mission.pk, monde.objets[element].pk]


MISSIONS: dict[str, Ligne] = {
    "engager:comites": Ligne(),
    "confirmer:structures": Ligne(dossier, LIRE_INTERNE),
    "confirmer:mobilisation": Ligne(dossier, LIRE_INTERNE),
    "confirmer:suivi": Ligne(dossier, LIRE_INTERNE),
    "confirmer:inviter_contacts": Ligne(dossier, LIRE_INTERNE, LIRE_INTERNE),
    "confirmer:relancer": Ligne(dossier, None, LIRE_INTERNE),
    "confirmer:reessayer": Ligne(dossier, None, LIRE_INTERNE),
    "confirmer:remettre_en_main": Ligne(
        lambda m: [m.mission.pk, m.objets["invitation"].pk], None, LIRE_INTERNE
    ),
    "confirmer:collectif": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:cocher_le_collectif": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:inviter": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:palier": Ligne(dossier, None, ECRIRE_DOSSIER),
    "confirmer:prevenir": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    **{
        f"confirmer:{page}": Ligne(dossier, LIRE_DOSSIER)
        for page in (
            *("cahier", "cahier_word", "cahier_pdf"),
            *("cahier_emis", "cahier_emis_word", "cahier_emis_pdf"),
        )
    },
    "confirmer:groupes": Ligne(dossier, LIRE_INTERNE),
    "confirmer:groupes_proposer": Ligne(dossier, None, ECRIRE_DOSSIER),
    "confirmer:groupes_apercu": Ligne(dossier, None, ECRIRE_DOSSIER),
    "confirmer:groupes_ajuster": Ligne(scenario(), None, ECRIRE_DOSSIER),
    "confirmer:groupes_decider": Ligne(scenario(), ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:groupes_etat": Ligne(scenario("garder"), None, ECRIRE_DOSSIER),
    "confirmer:mon_cahier_word": Ligne(objet("offre"), PRESTATAIRE),
    "confirmer:mon_cahier_pdf": Ligne(objet("offre"), PRESTATAIRE),
    "confirmer:cahier_etat": Ligne(dans_le_dossier("reprendre"), None, ECRIRE_DOSSIER),
    "confirmer:consultation_etat": Ligne(dans_le_dossier("clore"), None, ECRIRE_DOSSIER),
    "confirmer:consulter": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:offres": Ligne(dossier, FIGE, FIGE),
    "confirmer:informer": Ligne(dossier, None, ECRIRE_DOSSIER),
    "confirmer:noter": Ligne(lambda m: [m.mission.pk, m.objets["offre"].pk], FIGE, FIGE),
    "confirmer:mes_consultations": Ligne(),
    "confirmer:mon_offre": Ligne(objet("offre"), PRESTATAIRE, PRESTATAIRE),
    "confirmer:decliner": Ligne(objet("offre"), None, PRESTATAIRE),
    "finaliser:seances": Ligne(dossier, LIRE_DOSSIER),
    "finaliser:presences": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "finaliser:evaluation": Ligne(dossier, LIRE_INTERNE),
    "finaliser:questionnaire": Ligne(dans_le_dossier("structures"), ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "finaliser:question": Ligne(
        dans_le_dossier(methode.matrice().questions[0].code), LIRE_INTERNE, ECRIRE_DOSSIER
    ),
    "capitaliser:fiche": Ligne(dossier, LIRE_DOSSIER),
    "capitaliser:word": Ligne(dossier, LIRE_DOSSIER),
    "capitaliser:pdf": Ligne(dossier, LIRE_DOSSIER),
    "capitaliser:etat": Ligne(dans_le_dossier("publier"), None, ECRIRE_DOSSIER),
    "capitaliser:comparer": Ligne(dossier, LIRE_DOSSIER),
    "capitaliser:comparer_les_fiches": Ligne(objet("capitalisation")),
    "capitaliser:repartir": Ligne(dossier, REPARTIR, REPARTIR),
    "capitaliser:repartir_de_la_fiche": Ligne(
        objet("capitalisation"), AGENTS_DE_DLA, AGENTS_DE_DLA
    ),
    "capitaliser:bibliotheque": Ligne(),
    "capitaliser:publiee": Ligne(objet("capitalisation")),
    "capitaliser:publiee_word": Ligne(objet("capitalisation")),
    "capitaliser:publiee_pdf": Ligne(objet("capitalisation")),
    "capitaliser:gabarits": Ligne(get=AGENTS_DE_DLA),
    "capitaliser:gabarit": Ligne(gabarit, GABARIT, GABARIT),
    "capitaliser:gabarit_modele": Ligne(gabarit, GABARIT),
    "capitaliser:gabarit_reprendre": Ligne(gabarit, None, GABARIT),
    "ingenieries:liste": Ligne(),
    "ingenieries:ouvrir": Ligne(get=AGENTS_DE_DLA, post=AGENTS_DE_DLA),
    "ingenieries:dossier": Ligne(dossier, LIRE_DOSSIER),
    "ingenieries:modifier": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "ingenieries:etat": Ligne(dans_le_dossier("suspendre"), None, ECRIRE_DOSSIER),
    "ingenieries:avancer": Ligne(dans_le_dossier("identifier.cerner"), None, ECRIRE_DOSSIER),
    "ingenieries:demarche": Ligne(dans_le_dossier("identifier.cerner"), LIRE_DOSSIER),
    **_lignes_des_elements(),
}
