"""Qui obtient quoi : les issues possibles, et les profils que la matrice donne à ses adresses."""

from __future__ import annotations

from tests.droits.monde import ANONYME, PERSONNES

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
