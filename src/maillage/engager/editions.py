"""Ce que l'étape édite dans le dossier."""

from maillage.engager import forms, operations
from maillage.ingenieries.edition import Edition

PARTENAIRE = Edition(
    code="partenaire",
    nom="le partenaire",
    formulaire=forms.FormulaireDePartenariat,
    demarche="engager.lancer",
    ajouter=operations.ajouter_partenaire,
)
ATTENTES = Edition(
    code="attentes",
    nom="les attentes du partenaire",
    formulaire=forms.FormulaireDAttentes,
    demarche="engager.lancer",
    aide="Interne au DLA : ni le partenaire, ni export, ni fiche ne le montre jamais.",
    unique=True,
)
OBJECTIF = Edition(
    code="objectif",
    nom="l’objectif",
    formulaire=forms.FormulaireDObjectif,
    demarche="engager.convenir",
)
EVALUATION = Edition(
    code="evaluation",
    nom="le projet d’évaluation",
    formulaire=forms.FormulaireDeProjetDEvaluation,
    demarche="engager.convenir",
    unique=True,
)
VALIDATION = Edition(
    code="validation",
    nom="la validation du porteur",
    formulaire=forms.FormulaireDeValidation,
    demarche="engager.valider",
    unique=True,
)
AVIS = Edition(
    code="avis",
    nom="l’avis du comité d’appui",
    formulaire=forms.FormulaireDAvis,
    demarche="engager.valider",
    aide="Consultatif : il vient après le diagnostic et avant le cahier des charges.",
    ajouter=operations.demander_avis,
    modifier=operations.modifier_avis,
)
LIGNE = Edition(
    code="ligne",
    nom="la ligne de budget",
    formulaire=forms.FormulaireDeLigne,
    demarche="engager.valider",
    aide="Des jours et leur prix, ou un montant. Ce que vous ne savez pas encore reste vide.",
)
FINANCEMENT = Edition(
    code="financement",
    nom="le financement",
    formulaire=forms.FormulaireDeFinancement,
    demarche="engager.valider",
    aide="Un montant, ou une part du coût tant que le coût n’est pas connu.",
)
