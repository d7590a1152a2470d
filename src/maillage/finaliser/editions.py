"""Ce qui s'édite à l'étape « finaliser »."""

from __future__ import annotations

from maillage.finaliser import forms, operations
from maillage.ingenieries.edition import Edition

SEANCE = Edition(
    code="seance",
    nom="la séance",
    formulaire=forms.FormulaireDeSeance,
    demarche="finaliser.realiser",
)
RESULTAT = Edition(
    code="resultat",
    nom="le résultat",
    formulaire=forms.FormulaireDeResultat,
    demarche="finaliser.evaluer",
    aide="Un résultat est plus que de l’argent levé : un lien, un projet, un échec instructif.",
)
REGISTRE = Edition(
    code="registre",
    nom="l’appréciation d’un registre",
    formulaire=forms.FormulaireDeRegistre,
    demarche="finaliser.evaluer",
    aide="Elle porte votre nom et la date.",
    ajouter=operations.signer_l_ajout,
    modifier=operations.signer_la_reprise,
)
QUESTION_AJOUTEE = Edition(
    code="question_ajoutee",
    nom="la question ajoutée",
    formulaire=forms.FormulaireDeQuestionAjoutee,
    demarche="finaliser.evaluer",
    aide="La matrice est un point de départ : posez ce que cette mission demande de savoir.",
)
MISE_DE_COTE = Edition(
    code="mise_de_cote",
    nom="la mise de côté",
    formulaire=forms.FormulaireDeMiseDeCote,
    demarche="finaliser.evaluer",
    aide="Une question ou un public que cette mission n’interroge pas, avec la raison.",
)
REPONSE = Edition(
    code="reponse",
    nom="la réponse",
    formulaire=forms.FormulaireDeReponse,
    demarche="finaliser.evaluer",
)
