"""Importer le RNA et SIRENE : vérifier tout le fichier, puis verser ses lignes par lots.

Le chemin d'un fichier : `sources` (zip, CSV, Parquet) → `verification` (rien n'est écrit tant que
le fichier n'est pas entièrement lisible) → `lecture` (blocs de lignes entières, en tableaux) →
`rna` ou `sirene` (nettoyage) → `versement` (COPY, puis une bascule par lot) ; `execution` enchaîne
et reprend. Le choix des moyens et ses chiffres : docs/decisions/0009.
"""
