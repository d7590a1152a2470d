"""Les structures : l'annuaire, l'accueil, leur parcours, et ce qu'un lien personnel leur ouvre."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.droits.attentes.lignes import (
    TOUS,
    Ligne,
    besoin,
    contact,
    importation,
    objet,
    personne,
    structure,
)
from tests.droits.attentes.profils import (
    AGENTS_DE_DLA,
    AGENTS_DU_RESEAU,
    ECRIRE_PARCOURS,
    ECRIRE_POUR_ELLE,
    ECRIRE_STRUCTURE,
    EN_EXERCICE,
    EQUIPE,
    LA_SIENNE,
    LIRE_LE_SIEN,
    LIRE_PARCOURS,
    LIRE_STRUCTURE,
    OUI,
    PILOTES,
    REMETTRE_UN_LIEN,
    REPONDRE,
    REUNIR,
    RIEN,
    SANS_ADMINISTRATION,
    SANS_LIEN,
    TENIR_AUTORISATIONS,
    TENIR_L_INSTANCE,
    TERRITORIAUX,
)
from tests.droits.monde import Monde


def _du_parcours(nom: str, geste: str) -> Callable[[Monde], list[Any]]:
    def cles(monde: Monde) -> list[Any]:
        cle = monde.objets["parcours"].pk
        return [cle] if geste == "ajouter" else [cle, monde.objets[nom].pk]

    return cles


STRUCTURES: dict[str, Ligne] = {
    "annuaire:structures": Ligne(),
    "annuaire:annuaire": Ligne(),
    "annuaire:chercher": Ligne(),
    "annuaire:garder": Ligne(get=None, post=EN_EXERCICE),
    "annuaire:oublier": Ligne(objet("recherche"), None, LA_SIENNE),
    "annuaire:reprendre": Ligne(lambda m: [m.objets["entree"].pk], None, TERRITORIAUX),
    "annuaire:propositions": Ligne(),
    "annuaire:ajouter": Ligne(lambda _: ["structure"], TERRITORIAUX, TERRITORIAUX),
    "annuaire:doublons": Ligne(get=TERRITORIAUX),
    "annuaire:liens_probables": Ligne(get=TERRITORIAUX),
    "annuaire:doublons_chercher": Ligne(lambda _: ["fiches"], None, TERRITORIAUX),
    "annuaire:doublon": Ligne(objet("paire"), REUNIR, REUNIR),
    "annuaire:doublon_decider": Ligne(objet("paire", "plus_tard"), None, REUNIR),
    "annuaire:fusion": Ligne(objet("fusion"), REUNIR),
    "annuaire:fusion_annuler": Ligne(objet("fusion"), None, REUNIR),
    "annuaire:doublons_du_registre": Ligne(get=SANS_ADMINISTRATION),
    "annuaire:doublon_du_registre": Ligne(
        objet("paire_du_registre", "plus_tard"), None, SANS_ADMINISTRATION
    ),
    "annuaire:fiche": Ligne(structure, LIRE_STRUCTURE),
    "annuaire:chronologie": Ligne(structure, LIRE_STRUCTURE),
    "annuaire:modifier": Ligne(structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:chiffres_ajouter": Ligne(structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:chiffres_modifier": Ligne(
        lambda m: [*structure(m), 2010], ECRIRE_STRUCTURE, ECRIRE_STRUCTURE
    ),
    "annuaire:personnes": Ligne(structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:personne": Ligne(personne, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:revoquer": Ligne(contact, None, ECRIRE_STRUCTURE),
    "annuaire:comparer": Ligne(structure, LIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:registre": Ligne(get=TENIR_L_INSTANCE, post=TENIR_L_INSTANCE),
    "annuaire:registre_constats": Ligne(importation, TENIR_L_INSTANCE),
    "accueillir:diagnostics_ouverts": Ligne(),
    "accueillir:diagnostics_comptes": Ligne(get=AGENTS_DU_RESEAU | {"national": OUI}),
    "accueillir:autorisations": Ligne(structure, TENIR_AUTORISATIONS, TENIR_AUTORISATIONS),
    "accueillir:autorisation_soustraire": Ligne(structure, None, TENIR_AUTORISATIONS),
    "accueillir:autorisation_lever": Ligne(
        structure, None, TENIR_AUTORISATIONS | dict.fromkeys((*PILOTES, "structure"), RIEN)
    ),
    "portail:porte": Ligne(lambda _: ["inconnu"], SANS_LIEN, SANS_LIEN),
    **{
        f"portail:{page}": Ligne(get=SANS_LIEN, post=SANS_LIEN)
        for page in ("page", "quitter", "autorisations", "soustraire", "lever")
    },
    **{
        f"portail:{page}": Ligne(objet("diagnostic_soumis"), SANS_LIEN, SANS_LIEN)
        for page in ("diagnostic", "word", "pdf")
    },
    "portail:mobilisation": Ligne(objet("participation"), SANS_LIEN, SANS_LIEN),
    "portail:brouillon": Ligne(objet("participation"), SANS_LIEN, SANS_LIEN),
    "portail:repondre": Ligne(objet("diagnostic_soumis", "valider"), SANS_LIEN, SANS_LIEN),
    "portail:liens": Ligne(structure, REMETTRE_UN_LIEN),
    "portail:remettre": Ligne(personne, None, REMETTRE_UN_LIEN),
    "portail:fermer": Ligne(personne, None, REMETTRE_UN_LIEN | dict.fromkeys(PILOTES, RIEN)),
    "accueillir:demandes": Ligne(),
    "accueillir:noter": Ligne(get=AGENTS_DE_DLA, post=AGENTS_DE_DLA),
    "accueillir:demande": Ligne(objet("demande"), LIRE_LE_SIEN),
    "accueillir:demande_modifier": Ligne(objet("demande"), ECRIRE_POUR_ELLE, ECRIRE_POUR_ELLE),
    "accueillir:eligibilite": Ligne(objet("demande"), None, ECRIRE_POUR_ELLE),
    "accueillir:reorienter": Ligne(objet("demande"), ECRIRE_POUR_ELLE, ECRIRE_POUR_ELLE),
    "accueillir:demande_etat": Ligne(objet("demande", "accueillir"), None, ECRIRE_POUR_ELLE),
    "accueillir:diagnostics": Ligne(),
    "accueillir:themes": Ligne(),
    "accueillir:diagnostic_ouvrir": Ligne(structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "accueillir:diagnostic": Ligne(objet("diagnostic"), EQUIPE),
    "accueillir:lire": Ligne(objet("diagnostic_soumis"), None, LIRE_LE_SIEN),
    "accueillir:diagnostic_modifier": Ligne(objet("diagnostic"), EQUIPE, EQUIPE),
    "accueillir:diagnostic_forme": Ligne(objet("diagnostic"), None, EQUIPE),
    "accueillir:domaine": Ligne(objet("diagnostic", "projet"), EQUIPE, EQUIPE),
    "accueillir:besoin_ajouter": Ligne(objet("diagnostic", "projet"), EQUIPE, EQUIPE),
    "accueillir:besoin_modifier": Ligne(besoin, EQUIPE, EQUIPE),
    "accueillir:besoin_retirer": Ligne(besoin, None, EQUIPE),
    "accueillir:diagnostic_etat": Ligne(
        objet("diagnostic_soumis", "reprendre"), None, ECRIRE_POUR_ELLE
    ),
    "accueillir:diagnostic_repondre": Ligne(objet("diagnostic_soumis", "valider"), None, REPONDRE),
    "accueillir:diagnostic_consigner": Ligne(
        objet("diagnostic_soumis"), ECRIRE_POUR_ELLE, ECRIRE_POUR_ELLE
    ),
    "accueillir:diagnostic_comparer": Ligne(
        lambda m: [m.objets["diagnostic"].pk, m.objets["diagnostic_soumis"].pk], EQUIPE
    ),
    "accueillir:diagnostic_word": Ligne(objet("diagnostic_soumis"), LIRE_LE_SIEN),
    "accueillir:diagnostic_pdf": Ligne(objet("diagnostic_soumis"), LIRE_LE_SIEN),
    "accueillir:parcours_ouvrir": Ligne(structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "accueillir:portefeuille": Ligne(get=AGENTS_DE_DLA),
    "accueillir:portefeuille_equipe": Ligne(get=AGENTS_DE_DLA),
    "accueillir:parcours": Ligne(objet("parcours"), LIRE_PARCOURS),
    "accueillir:parcours_modifier": Ligne(objet("parcours"), ECRIRE_PARCOURS, ECRIRE_PARCOURS),
    "accueillir:parcours_bilan": Ligne(objet("parcours"), ECRIRE_PARCOURS, ECRIRE_PARCOURS),
    "accueillir:parcours_etat": Ligne(objet("parcours", "zz"), None, ECRIRE_PARCOURS),
    # La structure dit faite l'action qui lui revient, et rien d'autre.
    "accueillir:action_etat": Ligne(objet("action", "terminer"), None, LIRE_PARCOURS),
    **{
        f"confirmer:action_{geste}": Ligne(objet("action"), ECRIRE_PARCOURS, ECRIRE_PARCOURS)
        for geste in ("mission", "rattacher")
    },
    "confirmer:action_detacher": Ligne(
        lambda m: [m.objets["action"].pk, m.objets["suite"].pk], None, ECRIRE_PARCOURS
    ),
    **{
        f"accueillir:{code}_{geste}": Ligne(
            _du_parcours(nom, geste), ECRIRE_PARCOURS, ECRIRE_PARCOURS
        )
        for code, nom in (("action", "action"), ("point", "point"), ("note", "note_de_parcours"))
        for geste in TOUS
    },
}
