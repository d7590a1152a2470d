"""Ce qui s'édite à l'étape « confirmer »."""

from __future__ import annotations

from maillage.confirmer import operations
from maillage.confirmer.droits import peut_ecrire_le_cahier, peut_preparer_la_consultation
from maillage.confirmer.forms import mobilisation, projet
from maillage.confirmer.groupes import forms as groupes
from maillage.confirmer.mobilisation import forms as campagne
from maillage.ingenieries.edition import Edition

PARTICIPATION = Edition(
    code="participation",
    nom="la structure mobilisée",
    formulaire=mobilisation.FormulaireDeParticipation,
    demarche="confirmer.mobiliser",
    aide="Ce qu’elle vous dit reste au DLA.",
)
VOIE = Edition(
    code="voie",
    nom="la façon de former le groupe",
    verbe="Choisir",
    formulaire=campagne.FormulaireDeVoie,
    page="confirmer:mobilisation",
    aide="Elle change ce que la page propose, rien de ce qui est déjà noté.",
    unique=True,
)
MESSAGE = Edition(
    code="message",
    nom="le message",
    verbe="Écrire",
    formulaire=campagne.FormulaireDeMessage,
    page="confirmer:inviter_contacts",
    aide="Ce que chaque contact recevra, avec son lien personnel pour répondre.",
    unique=True,
)
CRENEAU = Edition(
    code="creneau",
    nom="le créneau",
    verbe="Proposer",
    formulaire=campagne.FormulaireDeCreneau,
    page="confirmer:mobilisation",
    aide="Les structures cochent ceux où elles peuvent venir ; les groupes en tiennent compte.",
)
EFFECTIF = Edition(
    code="effectif",
    nom="l’effectif déclaré",
    formulaire=mobilisation.FormulaireDEffectif,
    demarche="confirmer.mobiliser",
    aide="Un nombre que votre source donne sans nommer les structures.",
)
CONCURRENCE = Edition(
    code="concurrence",
    nom="la concurrence présumée",
    formulaire=mobilisation.FormulaireDeConcurrence,
    demarche="confirmer.mobiliser",
    aide="Interne : ni export, ni fiche, ni journal lu par d’autres.",
)
GROUPE = Edition(
    code="groupe",
    nom="le groupe",
    formulaire=mobilisation.FormulaireDeGroupe,
    demarche="confirmer.mobiliser",
    aide="Une structure peut être de plusieurs groupes.",
)
EXIGENCE = Edition(
    code="exigence_de_groupe",
    nom="l’exigence",
    formulaire=groupes.FormulaireDExigence,
    page="confirmer:groupes",
    aide="Interne au DLA : aucune structure ne le saura.",
)
SOUHAIT = Edition(
    code="souhait_de_groupe",
    nom="le souhait",
    formulaire=groupes.FormulaireDeSouhait,
    page="confirmer:groupes",
    aide="Ce qu’une structure vous a dit d’un thème de travail.",
)
PROJET = Edition(
    code="projet",
    nom="le projet d’intervention",
    formulaire=projet.FormulaireDeProjet,
    demarche="confirmer.etablir",
    aide="Rien n’est obligatoire : écrivez ce qui est convenu, le reste viendra.",
    unique=True,
)
CAHIER = Edition(
    code="cahier",
    nom="le cahier des charges",
    formulaire=projet.FormulaireDeCahier,
    demarche="confirmer.regler",
    aide="Le document se compose du dossier : n’écrivez ici que ce qui doit s’y ajouter ou s’y "
    "dire autrement. Déjà émis, il ne change pour les prestataires qu’une fois réémis.",
    unique=True,
    droit=peut_ecrire_le_cahier,
    retirer=operations.retirer_cahier,
)
CONSULTATION = Edition(
    code="consultation",
    nom="la consultation",
    formulaire=projet.FormulaireDeConsultation,
    demarche="confirmer.regler",
    unique=True,
    droit=peut_preparer_la_consultation,
    retirer=operations.retirer_consultation,
)
OFFRE = Edition(
    code="offre",
    nom="l’offre reçue",
    formulaire=projet.FormulaireDOffreRecue,
    demarche="confirmer.regler",
    aide="Pour une offre arrivée par courriel ou par courrier.",
    droit=peut_preparer_la_consultation,
    modifier=operations.recevoir_offre,
    retirer=operations.retirer_offre,
)
