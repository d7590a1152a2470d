"""La matrice : chaque adresse de l'instance, et ce que chacun y obtient.

Un profil dit, pour chaque personne, l'une de quatre issues : `OUI` (la page s'ouvre, ou le
formulaire répond), `NON` (403, avec la raison), `RIEN` (404 : cela n'existe pas pour elle) et
`ENTRER` (on lui demande de se connecter). `reste` vaut pour les personnes non nommées.
Une adresse absente de la matrice fait échouer la suite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from maillage import methode
from maillage.annuaire.models import ImportDeRegistre
from tests.droits.monde import ANONYME, PERSONNES, Monde

OUI, NON, RIEN, ENTRER = "oui", "non", "rien", "entrer"
Profil = dict[str, str]


def profil(reste: str, **issues: str) -> Profil:
    """Un profil complet ; l'anonyme doit se connecter sauf mention contraire."""
    return dict.fromkeys(PERSONNES, reste) | {ANONYME: ENTRER} | issues


PILOTES = ("charge", "responsable")
INVITES = ("comite", "partenaire", "structure")
LECTEURS = ("charge_associe", "regional", "ressources", *INVITES)

OUVERTE = profil(OUI, anonyme=OUI)
CONNECTES = profil(OUI)
EN_EXERCICE = CONNECTES | dict.fromkeys(
    ("revoque", "expire", "sans_rattachement", "administrateur"), NON
)
LIRE_DOSSIER = profil(RIEN, **dict.fromkeys((*PILOTES, *LECTEURS), OUI))
ECRIRE_DOSSIER = profil(RIEN, **dict.fromkeys(PILOTES, OUI), **dict.fromkeys(LECTEURS, NON))
AGENTS_DE_DLA = profil(NON, **dict.fromkeys((*PILOTES, "charge_associe", "charge_ailleurs"), OUI))
LIRE_INTERNE = LIRE_DOSSIER | dict.fromkeys(("regional", "ressources", *INVITES), NON)
# Repartir d'une mission que l'on voit demande d'exercer dans un DLA, pas de la piloter.
REPARTIR = LIRE_INTERNE
LIRE_BESOIN = profil(RIEN, **dict.fromkeys((*PILOTES, "regional"), OUI))
ECRIRE_BESOIN = LIRE_BESOIN | {"regional": NON}
# Un rapprochement ne se propose qu'à un DLA : sa région a les siens.
LIRE_RAPPROCHEMENT = profil(RIEN, **dict.fromkeys(PILOTES, OUI))
# Le gabarit d'un DLA : qui exerce ailleurs ne voit pas celui-ci.
GABARIT = AGENTS_DE_DLA | dict.fromkeys(("charge_associe", "charge_ailleurs"), RIEN)
LA_SIENNE = profil(RIEN, charge=OUI)
LE_SIEN = profil(RIEN, charge=OUI, administrateur=OUI)
PRESTATAIRE = profil(RIEN, prestataire=OUI)
# Ce que même le DLA pilote ne peut plus, ou pas encore (offres scellées).
FIGE = ECRIRE_DOSSIER | dict.fromkeys(PILOTES, NON)
ADMINISTRATION = profil(RIEN, administrateur=OUI)
TENIR_L_INSTANCE = profil(NON, administrateur=OUI)

# L'annuaire : la structure de Besançon, suivie par le DLA du Doubs.
LIRE_STRUCTURE = profil(
    RIEN, **dict.fromkeys((*PILOTES, "regional", "ressources", "structure"), OUI)
)
ECRIRE_STRUCTURE = LIRE_STRUCTURE | dict.fromkeys(("regional", "ressources", "structure"), NON)
TENIR_AUTORISATIONS = LIRE_STRUCTURE | dict.fromkeys(("regional", "ressources"), NON)
# Réunir deux fiches que l'on ne peut pas modifier toutes les deux : la paire n'existe pas.
REUNIR = profil(RIEN, **dict.fromkeys(PILOTES, OUI))
# Personne de la matrice ne tient l'administration d'un rattachement.
SANS_ADMINISTRATION = profil(NON)
# Le parcours de la structure de Besançon : son DLA l'écrit, la structure le lit.
LIRE_PARCOURS = profil(RIEN, **dict.fromkeys((*PILOTES, "structure"), OUI))
ECRIRE_PARCOURS = LIRE_PARCOURS | {"structure": NON}
# Remettre un lien personnel revient au DLA qui accompagne, pas à la structure.
REMETTRE_UN_LIEN = TENIR_AUTORISATIONS | {"structure": NON}
# Les pages d'un lien personnel ne connaissent pas les comptes : sans lien, la même porte close.
SANS_LIEN = dict.fromkeys(PERSONNES, RIEN)

# L'accueil : l'équipe du DLA du Doubs, et la structure à qui appartiennent demande et diagnostic.
EQUIPE = profil(RIEN, **dict.fromkeys(PILOTES, OUI))
LIRE_LE_SIEN = EQUIPE | {"structure": OUI}
ECRIRE_POUR_ELLE = EQUIPE | {"structure": NON}
REPONDRE = profil(RIEN, **dict.fromkeys(PILOTES, NON), structure=OUI)
RESPONSABLES = profil(NON, responsable=OUI)
OBJECTIF = profil(RIEN, charge=NON, responsable=OUI)
RESEAU = ("regional", "regional_ailleurs", "ressources", "ressources_ailleurs")
AGENTS_DU_RESEAU = AGENTS_DE_DLA | dict.fromkeys(RESEAU, OUI)
TERRITORIAUX = AGENTS_DE_DLA | dict.fromkeys(("regional", "regional_ailleurs"), OUI)


@dataclass(frozen=True)
class Ligne:
    """Une adresse : comment la bâtir, et un profil par méthode (None : la méthode est refusée)."""

    cles: Callable[[Monde], list[Any]] = lambda _monde: []
    get: Profil | None = field(default_factory=lambda: CONNECTES)
    post: Profil | None = None
    adresse: str = ""


def _dossier(monde: Monde) -> list[Any]:
    return [monde.mission.pk]


def _objet(nom: str, *suite: str) -> Callable[[Monde], list[Any]]:
    """La clé d'un objet du monde, et ce qui la suit dans l'adresse."""
    return lambda monde: [monde.objets[nom].pk, *suite]


def _dans_le_dossier(*suite: str) -> Callable[[Monde], list[Any]]:
    return lambda monde: [monde.mission.pk, *suite]


def _scenario(*suite: str) -> Callable[[Monde], list[Any]]:
    return lambda monde: [monde.mission.pk, monde.objets["scenario"].pk, *suite]


def _pilote(monde: Monde) -> list[Any]:
    return [monde.organisations["pilote"].pk]


def _gabarit(monde: Monde) -> list[Any]:
    return [*_pilote(monde), "cahier"]


def _sujet(monde: Monde) -> list[Any]:
    return [monde.mission._meta.label_lower, monde.mission.pk]


def _structure(monde: Monde) -> list[Any]:
    return [monde.organisations["structure"].pk]


def _personne(monde: Monde) -> list[Any]:
    structure = monde.organisations["structure"]
    return [structure.pk, structure.rattachements.get().personne_id]


def _besoin(monde: Monde) -> list[Any]:
    return [monde.objets["diagnostic"].pk, monde.objets["besoin"].pk]


def _contact(monde: Monde) -> list[Any]:
    structure = monde.organisations["structure"]
    return [structure.pk, structure.rattachements.get().pk]


def _importation(_monde: Monde) -> list[Any]:
    champs = {"registre": "rna", "nom": "rna.zip", "etat": "fini", "empreinte": "0" * 64}
    return [ImportDeRegistre.objects.get_or_create(**champs)[0].pk]


MATRICE: dict[str, Ligne] = {
    "sante": Ligne(get=OUVERTE),
    "composants": Ligne(get=ADMINISTRATION),
    "territoires:propositions": Ligne(),
    "annuaire:structures": Ligne(),
    "annuaire:annuaire": Ligne(),
    "annuaire:chercher": Ligne(),
    "annuaire:garder": Ligne(get=None, post=EN_EXERCICE),
    "annuaire:oublier": Ligne(_objet("recherche"), None, LA_SIENNE),
    "annuaire:reprendre": Ligne(lambda m: [m.objets["entree"].pk], None, TERRITORIAUX),
    "annuaire:propositions": Ligne(),
    "annuaire:ajouter": Ligne(lambda _: ["structure"], TERRITORIAUX, TERRITORIAUX),
    "annuaire:doublons": Ligne(get=TERRITORIAUX),
    "annuaire:liens_probables": Ligne(get=TERRITORIAUX),
    "annuaire:doublons_chercher": Ligne(lambda _: ["fiches"], None, TERRITORIAUX),
    "annuaire:doublon": Ligne(_objet("paire"), REUNIR, REUNIR),
    "annuaire:doublon_decider": Ligne(_objet("paire", "plus_tard"), None, REUNIR),
    "annuaire:fusion": Ligne(_objet("fusion"), REUNIR),
    "annuaire:fusion_annuler": Ligne(_objet("fusion"), None, REUNIR),
    "annuaire:doublons_du_registre": Ligne(get=SANS_ADMINISTRATION),
    "annuaire:doublon_du_registre": Ligne(
        _objet("paire_du_registre", "plus_tard"), None, SANS_ADMINISTRATION
    ),
    "annuaire:fiche": Ligne(_structure, LIRE_STRUCTURE),
    "annuaire:chronologie": Ligne(_structure, LIRE_STRUCTURE),
    "annuaire:modifier": Ligne(_structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:chiffres_ajouter": Ligne(_structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:chiffres_modifier": Ligne(
        lambda m: [*_structure(m), 2010], ECRIRE_STRUCTURE, ECRIRE_STRUCTURE
    ),
    "annuaire:personnes": Ligne(_structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:personne": Ligne(_personne, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:revoquer": Ligne(_contact, None, ECRIRE_STRUCTURE),
    "annuaire:comparer": Ligne(_structure, LIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "annuaire:registre": Ligne(get=TENIR_L_INSTANCE, post=TENIR_L_INSTANCE),
    "annuaire:registre_constats": Ligne(_importation, TENIR_L_INSTANCE),
    "accueillir:diagnostics_ouverts": Ligne(),
    "accueillir:diagnostics_comptes": Ligne(get=AGENTS_DU_RESEAU | {"national": OUI}),
    "accueillir:autorisations": Ligne(_structure, TENIR_AUTORISATIONS, TENIR_AUTORISATIONS),
    "accueillir:autorisation_soustraire": Ligne(_structure, None, TENIR_AUTORISATIONS),
    "accueillir:autorisation_lever": Ligne(
        _structure, None, TENIR_AUTORISATIONS | dict.fromkeys((*PILOTES, "structure"), RIEN)
    ),
    "portail:porte": Ligne(lambda _: ["inconnu"], SANS_LIEN, SANS_LIEN),
    **{
        f"portail:{page}": Ligne(get=SANS_LIEN, post=SANS_LIEN)
        for page in ("page", "quitter", "autorisations", "soustraire", "lever")
    },
    **{
        f"portail:{page}": Ligne(_objet("diagnostic_soumis"), SANS_LIEN, SANS_LIEN)
        for page in ("diagnostic", "word", "pdf")
    },
    "portail:mobilisation": Ligne(_objet("participation"), SANS_LIEN, SANS_LIEN),
    "portail:brouillon": Ligne(_objet("participation"), SANS_LIEN, SANS_LIEN),
    "portail:repondre": Ligne(_objet("diagnostic_soumis", "valider"), SANS_LIEN, SANS_LIEN),
    "portail:liens": Ligne(_structure, REMETTRE_UN_LIEN),
    "portail:remettre": Ligne(_personne, None, REMETTRE_UN_LIEN),
    "portail:fermer": Ligne(_personne, None, REMETTRE_UN_LIEN | dict.fromkeys(PILOTES, RIEN)),
    "accueillir:demandes": Ligne(),
    "accueillir:noter": Ligne(get=AGENTS_DE_DLA, post=AGENTS_DE_DLA),
    "accueillir:demande": Ligne(_objet("demande"), LIRE_LE_SIEN),
    "accueillir:demande_modifier": Ligne(_objet("demande"), ECRIRE_POUR_ELLE, ECRIRE_POUR_ELLE),
    "accueillir:eligibilite": Ligne(_objet("demande"), None, ECRIRE_POUR_ELLE),
    "accueillir:reorienter": Ligne(_objet("demande"), ECRIRE_POUR_ELLE, ECRIRE_POUR_ELLE),
    "accueillir:demande_etat": Ligne(_objet("demande", "accueillir"), None, ECRIRE_POUR_ELLE),
    "accueillir:diagnostics": Ligne(),
    "accueillir:themes": Ligne(),
    "accueillir:diagnostic_ouvrir": Ligne(_structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "accueillir:diagnostic": Ligne(_objet("diagnostic"), EQUIPE),
    "accueillir:lire": Ligne(_objet("diagnostic_soumis"), None, LIRE_LE_SIEN),
    "accueillir:diagnostic_modifier": Ligne(_objet("diagnostic"), EQUIPE, EQUIPE),
    "accueillir:diagnostic_forme": Ligne(_objet("diagnostic"), None, EQUIPE),
    "accueillir:domaine": Ligne(_objet("diagnostic", "projet"), EQUIPE, EQUIPE),
    "accueillir:besoin_ajouter": Ligne(_objet("diagnostic", "projet"), EQUIPE, EQUIPE),
    "accueillir:besoin_modifier": Ligne(_besoin, EQUIPE, EQUIPE),
    "accueillir:besoin_retirer": Ligne(_besoin, None, EQUIPE),
    "accueillir:diagnostic_etat": Ligne(
        _objet("diagnostic_soumis", "reprendre"), None, ECRIRE_POUR_ELLE
    ),
    "accueillir:diagnostic_repondre": Ligne(_objet("diagnostic_soumis", "valider"), None, REPONDRE),
    "accueillir:diagnostic_consigner": Ligne(
        _objet("diagnostic_soumis"), ECRIRE_POUR_ELLE, ECRIRE_POUR_ELLE
    ),
    "accueillir:diagnostic_comparer": Ligne(
        lambda m: [m.objets["diagnostic"].pk, m.objets["diagnostic_soumis"].pk], EQUIPE
    ),
    "accueillir:diagnostic_word": Ligne(_objet("diagnostic_soumis"), LIRE_LE_SIEN),
    "accueillir:diagnostic_pdf": Ligne(_objet("diagnostic_soumis"), LIRE_LE_SIEN),
    "socle:documents": Ligne(_sujet, LIRE_DOSSIER, ECRIRE_DOSSIER),
    "socle:document": Ligne(_objet("document"), LIRE_DOSSIER),
    "socle:document_retirer": Ligne(_objet("document"), None, ECRIRE_DOSSIER),
    "socle:journal": Ligne(_sujet, LIRE_DOSSIER),
    "socle:acte": Ligne(_objet("acte"), LIRE_INTERNE),
    "socle:notifications": Ligne(),
    "socle:notifications_lire": Ligne(get=None, post=CONNECTES),
    "socle:notifications_resume": Ligne(get=None, post=CONNECTES),
    "socle:travail": Ligne(_objet("travail"), LE_SIEN),
    "socle:travail_relancer": Ligne(_objet("travail"), None, LE_SIEN),
    "piloter:aujourdhui": Ligne(),
    "piloter:bilan": Ligne(get=AGENTS_DU_RESEAU | {"national": OUI}),
    "piloter:charge": Ligne(get=AGENTS_DE_DLA),
    "piloter:charge_compte": Ligne(lambda _: ["diagnostics"], AGENTS_DE_DLA),
    "piloter:objectif_convenir": Ligne(get=RESPONSABLES, post=RESPONSABLES),
    "piloter:objectif_corriger": Ligne(_objet("objectif_convenu"), OBJECTIF, OBJECTIF),
    "piloter:objectif_retirer": Ligne(_objet("objectif_convenu"), None, OBJECTIF),
    "piloter:recherche": Ligne(),
    "identifier:signaux": Ligne(),
    "identifier:noter": Ligne(get=AGENTS_DU_RESEAU, post=AGENTS_DU_RESEAU),
    "identifier:signal": Ligne(_objet("signal"), LIRE_BESOIN),
    "identifier:completer": Ligne(_objet("signal"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:a_coder": Ligne(get=AGENTS_DU_RESEAU),
    "identifier:a_coder_en_liste": Ligne(get=AGENTS_DU_RESEAU, post=AGENTS_DU_RESEAU),
    "identifier:coder": Ligne(_objet("signal"), None, ECRIRE_BESOIN),
    "identifier:codage_annuler": Ligne(_objet("codage"), None, LA_SIENNE),
    "identifier:retirer": Ligne(_objet("signal"), None, ECRIRE_BESOIN),
    "identifier:partages": Ligne(),
    "identifier:rapprochements": Ligne(),
    "identifier:rapprocher": Ligne(get=None, post=AGENTS_DU_RESEAU),
    "identifier:rapprochement": Ligne(_objet("rapprochement"), LIRE_RAPPROCHEMENT),
    "identifier:rapprochement_etat": Ligne(
        _objet("rapprochement", "retenir"), None, LIRE_RAPPROCHEMENT
    ),
    "identifier:rapprochement_joindre": Ligne(_objet("rapprochement"), None, LIRE_RAPPROCHEMENT),
    "identifier:rapprochement_scinder": Ligne(_objet("rapprochement"), None, LIRE_RAPPROCHEMENT),
    "identifier:rapprochement_sortir": Ligne(_objet("rapprochement"), None, LIRE_RAPPROCHEMENT),
    "identifier:rapprochement_nourrir": Ligne(_objet("rapprochement"), None, LIRE_RAPPROCHEMENT),
    "identifier:ciblages": Ligne(),
    "identifier:ciblage_nouveau": Ligne(get=AGENTS_DU_RESEAU, post=AGENTS_DU_RESEAU),
    "identifier:ciblage_recherche": Ligne(_objet("recherche_de_ciblage"), EQUIPE),
    "identifier:ciblage_modifier": Ligne(_objet("recherche_de_ciblage"), EQUIPE, EQUIPE),
    "identifier:ciblage_garder": Ligne(_objet("recherche_de_ciblage"), None, EQUIPE),
    "identifier:ciblage_retirer": Ligne(_objet("recherche_de_ciblage"), None, EQUIPE),
    "identifier:ciblage_resultat": Ligne(_objet("resultat_de_ciblage"), EQUIPE),
    "identifier:ciblage_reperer": Ligne(_objet("resultat_de_ciblage"), None, EQUIPE),
    "identifier:problematiques": Ligne(),
    "identifier:formuler": Ligne(get=AGENTS_DU_RESEAU, post=AGENTS_DU_RESEAU),
    "identifier:problematique": Ligne(_objet("problematique"), LIRE_BESOIN),
    "identifier:modifier": Ligne(_objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:joindre": Ligne(_objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:detacher": Ligne(
        lambda m: [m.objets["problematique"].pk, m.objets["signal"].pk], None, ECRIRE_BESOIN
    ),
    "identifier:structure_ajouter": Ligne(_objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:structure_retirer": Ligne(
        lambda m: [m.objets["problematique"].pk, m.objets["structure"].pk], None, ECRIRE_BESOIN
    ),
    "identifier:etat": Ligne(_objet("problematique", "confirmer"), None, ECRIRE_BESOIN),
    "identifier:ouvrir_mission": Ligne(_objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:orienter": Ligne(_objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:orientation_rendre": Ligne(
        lambda m: [m.objets["problematique"].pk, m.objets["orientation"].pk], None, ECRIRE_BESOIN
    ),
    "identifier:rattacher": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "identifier:ciblage": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "accueillir:parcours_ouvrir": Ligne(_structure, ECRIRE_STRUCTURE, ECRIRE_STRUCTURE),
    "accueillir:portefeuille": Ligne(get=AGENTS_DE_DLA),
    "accueillir:portefeuille_equipe": Ligne(get=AGENTS_DE_DLA),
    "accueillir:parcours": Ligne(_objet("parcours"), LIRE_PARCOURS),
    "accueillir:parcours_modifier": Ligne(_objet("parcours"), ECRIRE_PARCOURS, ECRIRE_PARCOURS),
    "accueillir:parcours_bilan": Ligne(_objet("parcours"), ECRIRE_PARCOURS, ECRIRE_PARCOURS),
    "accueillir:parcours_etat": Ligne(_objet("parcours", "zz"), None, ECRIRE_PARCOURS),
    # La structure dit faite l'action qui lui revient, et rien d'autre.
    "accueillir:action_etat": Ligne(_objet("action", "terminer"), None, LIRE_PARCOURS),
    **{
        f"confirmer:action_{geste}": Ligne(_objet("action"), ECRIRE_PARCOURS, ECRIRE_PARCOURS)
        for geste in ("mission", "rattacher")
    },
    "confirmer:action_detacher": Ligne(
        lambda m: [m.objets["action"].pk, m.objets["suite"].pk], None, ECRIRE_PARCOURS
    ),
    "engager:comites": Ligne(),
    "confirmer:structures": Ligne(_dossier, LIRE_INTERNE),
    "confirmer:mobilisation": Ligne(_dossier, LIRE_INTERNE),
    "confirmer:collectif": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:suivi": Ligne(_dossier, LIRE_INTERNE),
    "confirmer:inviter_contacts": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:relancer": Ligne(_dossier, None, ECRIRE_DOSSIER),
    "confirmer:reessayer": Ligne(_dossier, None, ECRIRE_DOSSIER),
    "confirmer:remettre_en_main": Ligne(
        lambda m: [m.mission.pk, m.objets["invitation"].pk], None, ECRIRE_DOSSIER
    ),
    "confirmer:inviter": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:palier": Ligne(_dossier, None, ECRIRE_DOSSIER),
    "confirmer:prevenir": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    **{
        f"confirmer:{page}": Ligne(_dossier, LIRE_DOSSIER)
        for page in (
            *("cahier", "cahier_word", "cahier_pdf"),
            *("cahier_emis", "cahier_emis_word", "cahier_emis_pdf"),
        )
    },
    "confirmer:groupes": Ligne(_dossier, LIRE_INTERNE),
    "confirmer:groupes_proposer": Ligne(_dossier, None, ECRIRE_DOSSIER),
    "confirmer:groupes_apercu": Ligne(_dossier, None, ECRIRE_DOSSIER),
    "confirmer:groupes_ajuster": Ligne(_scenario(), None, ECRIRE_DOSSIER),
    "confirmer:groupes_decider": Ligne(_scenario(), ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:groupes_etat": Ligne(_scenario("garder"), None, ECRIRE_DOSSIER),
    "confirmer:mon_cahier_word": Ligne(_objet("offre"), PRESTATAIRE),
    "confirmer:mon_cahier_pdf": Ligne(_objet("offre"), PRESTATAIRE),
    "confirmer:cahier_etat": Ligne(_dans_le_dossier("reprendre"), None, ECRIRE_DOSSIER),
    "confirmer:consultation_etat": Ligne(_dans_le_dossier("clore"), None, ECRIRE_DOSSIER),
    "confirmer:consulter": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "confirmer:offres": Ligne(_dossier, FIGE, FIGE),
    "confirmer:informer": Ligne(_dossier, None, ECRIRE_DOSSIER),
    "confirmer:noter": Ligne(lambda m: [m.mission.pk, m.objets["offre"].pk], FIGE, FIGE),
    "confirmer:mes_consultations": Ligne(),
    "confirmer:mon_offre": Ligne(_objet("offre"), PRESTATAIRE, PRESTATAIRE),
    "confirmer:decliner": Ligne(_objet("offre"), None, PRESTATAIRE),
    "finaliser:seances": Ligne(_dossier, LIRE_DOSSIER),
    "finaliser:presences": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "finaliser:evaluation": Ligne(_dossier, LIRE_INTERNE),
    "finaliser:questionnaire": Ligne(
        _dans_le_dossier("structures"), ECRIRE_DOSSIER, ECRIRE_DOSSIER
    ),
    "finaliser:question": Ligne(
        _dans_le_dossier(methode.matrice().questions[0].code), LIRE_INTERNE, ECRIRE_DOSSIER
    ),
    "capitaliser:fiche": Ligne(_dossier, LIRE_DOSSIER),
    "capitaliser:word": Ligne(_dossier, LIRE_DOSSIER),
    "capitaliser:pdf": Ligne(_dossier, LIRE_DOSSIER),
    "capitaliser:etat": Ligne(_dans_le_dossier("publier"), None, ECRIRE_DOSSIER),
    "capitaliser:comparer": Ligne(_dossier, LIRE_DOSSIER),
    "capitaliser:comparer_les_fiches": Ligne(_objet("capitalisation")),
    "capitaliser:repartir": Ligne(_dossier, REPARTIR, REPARTIR),
    "capitaliser:repartir_de_la_fiche": Ligne(
        _objet("capitalisation"), AGENTS_DE_DLA, AGENTS_DE_DLA
    ),
    "capitaliser:bibliotheque": Ligne(),
    "capitaliser:publiee": Ligne(_objet("capitalisation")),
    "capitaliser:publiee_word": Ligne(_objet("capitalisation")),
    "capitaliser:publiee_pdf": Ligne(_objet("capitalisation")),
    "capitaliser:gabarits": Ligne(get=AGENTS_DE_DLA),
    "capitaliser:gabarit": Ligne(_gabarit, GABARIT, GABARIT),
    "capitaliser:gabarit_modele": Ligne(_gabarit, GABARIT),
    "capitaliser:gabarit_reprendre": Ligne(_gabarit, None, GABARIT),
    "ingenieries:liste": Ligne(),
    "ingenieries:ouvrir": Ligne(get=AGENTS_DE_DLA, post=AGENTS_DE_DLA),
    "ingenieries:dossier": Ligne(_dossier, LIRE_DOSSIER),
    "ingenieries:modifier": Ligne(_dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "ingenieries:etat": Ligne(_dans_le_dossier("suspendre"), None, ECRIRE_DOSSIER),
    "ingenieries:avancer": Ligne(_dans_le_dossier("identifier.cerner"), None, ECRIRE_DOSSIER),
    "ingenieries:demarche": Ligne(_dans_le_dossier("identifier.cerner"), LIRE_DOSSIER),
}

# Ce qui s'édite dans un dossier : pièce, élément, et les gestes que son édition offre.
TOUS = ("ajouter", "modifier", "retirer")
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
        return _dossier
    return lambda monde: [monde.mission.pk, monde.objets[element].pk]


def _du_parcours(objet: str, geste: str) -> Callable[[Monde], list[Any]]:
    def cles(monde: Monde) -> list[Any]:
        cle = monde.objets["parcours"].pk
        return [cle] if geste == "ajouter" else [cle, monde.objets[objet].pk]

    return cles


MATRICE |= _lignes_des_elements() | {
    f"accueillir:{code}_{geste}": Ligne(
        _du_parcours(objet, geste), ECRIRE_PARCOURS, ECRIRE_PARCOURS
    )
    for code, objet in (("action", "action"), ("point", "point"), ("note", "note_de_parcours"))
    for geste in TOUS
}
