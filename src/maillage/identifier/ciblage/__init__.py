"""Ciblage : choisir des structures sur les cinq critères, garder le résultat, le rejouer."""
