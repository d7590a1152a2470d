"""L'histoire du Doubs, étape par étape : les faits et les chiffres de la mission de 2010.

Source : « Accompagnements collectifs dans le secteur culturel » (S1), le DLA du Doubs. Ce que la
source tait (le budget, le nom des structures) reste inconnu, ou vient de l'instance d'essai.
"""
